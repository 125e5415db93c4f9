import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Machine, type MachineState, startMachine } from '../support/machine.ts';
import { inRepository, noNamespaces } from '../support/repository.ts';
import { eventually, follow, type Running } from '../support/running.ts';

const EVSES = 'http://127.0.0.1:8080/api/v1/evses';

describe.skipIf(noNamespaces)('the bench as built (needs root, for network namespaces)', () => {
  let machine: Machine;
  let before: MachineState;
  let data: string;
  let owner: NodeJS.ProcessEnv;

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'kbt-bench-'));
    owner = {};
    machine = await startMachine();
    before = await machine.state();
  });
  afterEach(async () => {
    await machine?.close();
    rmSync(data, { recursive: true, force: true });
  });

  const kerbside = (...args: string[]): Running =>
    follow(
      machine.spawn(process.execPath, [inRepository('bin/kerbside.mjs'), ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...owner },
      }),
    );
  const started = async (...args: string[]): Promise<Running> => {
    const running = kerbside('start', '--bench', '--data', data, ...args);
    await running.printed(/Kerbside is ready/, 45_000);
    return running;
  };
  /** The status of an answer, or the code of the error. */
  const status = async (address: string, token?: string): Promise<string> => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const script = `fetch(${JSON.stringify(address)}, ${JSON.stringify({ headers })}).then(
      (response) => console.log(response.status),
      (error) => console.log(error.cause?.code ?? error.name))`;
    return (await machine.run(process.execPath, ['-e', script])).trim();
  };

  it('serves the API, shows how to claim the unit, and leaves nothing after Ctrl-C', async () => {
    const running = await started();
    expect(running.output()).toMatch(/Claim code: [A-Z0-9]{4}-[A-Z0-9-]+\n/);
    const code = /Claim code: (\S+)/.exec(running.output())?.[1] ?? '';
    expect(await status('http://127.0.0.1:8080/api/v1/health')).toBe('200');
    const logged = machine.run('grep', ['-rF', code, join(data, 'logs')]);
    await expect(logged, 'grep finds the claim code in no log').rejects.toMatchObject({
      exitCode: 1,
    });
    running.kill('SIGINT');
    expect(await running.ended(10_000)).toBe(0);
    expect(await machine.state()).toEqual(before);
    expect(existsSync(join(data, 'control.sock'))).toBe(false);
  });

  it('starts again on the same data after kill -9: a token made before still opens the API', async () => {
    const passwordFile = join(data, 'password');
    writeFileSync(passwordFile, 'correct horse battery staple\n', { mode: 0o600 });
    owner = { KERBSIDE_OWNER: 'olga', KERBSIDE_OWNER_PASSWORD_FILE: passwordFile };
    const first = await started();
    expect(first.output()).not.toContain('Claim code');
    const made = kerbside('token', 'create', '--data', data, '--scope', 'status.read');
    expect(await made.ended()).toBe(0);
    const token = made.output().trim();
    expect(await status(EVSES)).toBe('401');
    expect(await status(EVSES, token)).toBe('200');
    first.kill('SIGKILL');
    await first.ended();
    await eventually('its programs end', async () => {
      const left = await machine.run('pgrep', ['-f', 'dist/main.js']).catch(() => '');
      return left.trim() === '';
    });
    const second = await started();
    expect(second.output()).toContain('of a launcher that was killed, removed');
    expect(await status(EVSES, token)).toBe('200');
    second.kill('SIGINT');
    expect(await second.ended(10_000)).toBe(0);
    expect(await machine.state()).toEqual(before);
  });
});
