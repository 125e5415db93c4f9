import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { EXIT_WITH_PARENT } from './exit-with-parent.ts';

const built = new URL('../../dist/index.js', import.meta.url).href;
const program = `
  const { exitWithParent } = await import(${JSON.stringify(built)});
  const alive = setInterval(() => {}, 1000);
  exitWithParent((reason) => {
    console.log(reason);
    return process.env.HANG ? new Promise(() => {}) : undefined;
  }, { limit: 300 });
  console.log('up');
`;

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

async function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  started.push(child);
  let text = '';
  child.stdout.on('data', (data: Buffer) => (text += data.toString()));
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  const end = async (): Promise<{ code: unknown; said: string }> => {
    const [code] = await closed;
    return { code, said: text.trim().split('\n').at(-1) ?? '' };
  };
  return { child, end };
}

describe('exitWithParent (as built)', () => {
  it('ends when standard input ends, as it does when the launcher dies', async () => {
    const { child, end } = await start({ [EXIT_WITH_PARENT]: '1' });
    child.stdin?.end();
    expect(await end()).toEqual({ code: 0, said: 'parent-gone' });
  });

  it('does not watch standard input unless asked to, as under systemd', async () => {
    const { child, end } = await start({});
    child.stdin?.end();
    const first = await Promise.race([
      end().then(() => 'ended'),
      new Promise((resolve) => setTimeout(resolve, 300, 'still up')),
    ]);
    expect(first).toBe('still up');
    child.kill('SIGTERM');
    expect(await end()).toEqual({ code: 0, said: 'SIGTERM' });
  });

  it('ends with exit code 1 when stopping hangs', async () => {
    const { child, end } = await start({ HANG: '1' });
    child.kill('SIGINT');
    expect(await end()).toEqual({ code: 1, said: 'SIGINT' });
  });
});
