import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@kerbside/kernel';
import { expect, it } from 'vitest';
import { createNetworkControl } from './network-control.ts';

it('a step of a record that names another file than a setting of the network changes nothing', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'kbt-record-'));
  try {
    const control = createNetworkControl({ directory, log: silentLogger });
    mkdirSync(join(directory, 'other'));
    const file = join(directory, 'other', 'file');
    writeFileSync(file, 'as it was');
    const key = `net.ipv6.conf.../../../../..${directory}/other.file`;
    const step = { do: 'sysctl', shared: 'x', key, value: '1', prior: '0' } as const;
    await expect(control.undo(step)).rejects.toThrow('is no setting');
    await expect(control.apply(step)).rejects.toThrow('is no setting');
    expect(readFileSync(file, 'utf8')).toBe('as it was');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
