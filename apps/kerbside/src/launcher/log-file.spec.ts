import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLog } from './log-file.ts';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'kerbside-log-'))));
afterEach(() => rmSync(directory, { recursive: true }));

it('a log makes way for a new one when it is full, also while it is written', async () => {
  const log = openLog(join(directory, 'logs'), 'charger', 1000);
  for (let line = 0; line < 300; line += 1) {
    log.write(`line ${line} ${'x'.repeat(20)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await log.close();
  const kept = [`${log.path}.1`, log.path].map((path) => readFileSync(path, 'utf8')).join('');
  expect(kept.trimEnd().split('\n').at(-1)).toContain('line 299');
  expect(kept.length).toBeLessThan(2200);
  expect(log.tail(1)).toEqual([`line 299 ${'x'.repeat(20)}`]);
  expect(statSync(log.path).mode & 0o777).toBe(0o600);
  expect(statSync(join(directory, 'logs')).mode & 0o777).toBe(0o700);
});
