import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { millis } from '@kerbside/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { waitForLinkLocal } from './link-local.ts';
import {
  addNamespace,
  deleteNamespace,
  type NetworkNamespace,
  processesIn,
  runInNamespace,
  spawnInNamespace,
} from './network-namespace.ts';
import { runTool } from '../process/run-tool.ts';
import { addVethPair, deleteInterface } from './veth-pair.ts';

const notRoot = process.getuid?.() !== 0;

describe.skipIf(notRoot)('network namespaces (needs root)', () => {
  const made: NetworkNamespace[] = [];
  const add = async (name: string, directory?: string): Promise<NetworkNamespace> => {
    const namespace = await addNamespace(`kbt-${process.pid}-${name}`, directory);
    made.push(namespace);
    return namespace;
  };
  afterEach(async () => {
    for (const namespace of made.splice(0)) await deleteNamespace(namespace);
  });

  it('joins two namespaces by a cable that never shows in the caller’s own', async () => {
    const [a, b] = [await add('a'), await add('b')];
    await addVethPair(
      { namespace: a, name: 'ev0', mac: '02:00:00:00:00:01', linkLocal: 'at-once' },
      { namespace: b, name: 'ev7', addresses: ['10.9.8.7/24', 'fd00::7/64'], linkLocal: 'none' },
    );
    expect(await runInNamespace(a, 'ip', ['-br', 'link'])).toMatch(
      /^lo .*\nev0@\S+ +\S+ +02:00:00:00:00:01/,
    );
    const shown = await runInNamespace(b, 'ip', ['-br', 'address', 'show', 'dev', 'ev7']);
    expect(shown).toMatch(/10\.9\.8\.7\/24 fd00::7\/64/);
    expect(shown).not.toContain('fe80');
    const limit = millis(900);
    expect(await waitForLinkLocal('ev0', { namespace: a, limit })).toBe('fe80::ff:fe00:1');
  });

  it('waits until an address is known to be nobody else’s', async () => {
    const [a, b] = [await add('a'), await add('b')];
    await addVethPair({ namespace: a, name: 'ev0' }, { namespace: b, name: 'ev0' });
    await waitForLinkLocal('ev0', { namespace: a });
    const shown = await runInNamespace(a, 'ip', ['-6', 'address', 'show', 'dev', 'ev0']);
    expect(shown).toContain('fe80');
    expect(shown).not.toContain('tentative');
  });

  it('says that an interface gets no address', async () => {
    const a = await add('a');
    await expect(
      waitForLinkLocal('lo', { namespace: a, limit: millis(100) }),
    ).rejects.toMatchObject({ code: 'no-link-local' });
  });

  it('starts processes inside, under their own pid, and finds them', async () => {
    const a = await add('a');
    const child = spawnInNamespace(a, 'sleep', ['60'], { stdio: 'ignore' });
    const pid = child.pid ?? 0;
    while (!readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('sleep')) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(processesIn(a)).toEqual([pid]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(processesIn(a)).toEqual([]);
  });

  it('holds namespaces in any directory, for users who can’t write /run/netns', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'kbt-netns-'));
    const a = await add('a', directory);
    expect(await runInNamespace(a, 'ip', ['-br', 'link'])).toMatch(/^lo +UNKNOWN/);
    await deleteNamespace(a);
    expect(existsSync(a.path)).toBe(false);
    rmSync(directory, { recursive: true });
  });

  it('removes an interface once, and does not mind that it is gone', async () => {
    const name = `kbt${process.pid}x`;
    await addVethPair({ name, linkLocal: 'none' }, { namespace: await add('a'), name: 'x' });
    await deleteInterface(name);
    await deleteInterface(name);
    await expect(runTool('ip', ['link', 'show', 'dev', name])).rejects.toThrow('does not exist');
  });

  it('removes a namespace once, and does not mind that it is gone', async () => {
    const a = await add('a');
    await deleteNamespace(a);
    await deleteNamespace(a);
    expect(existsSync(a.path)).toBe(false);
  });
});
