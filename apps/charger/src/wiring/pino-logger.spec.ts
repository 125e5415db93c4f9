import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../../..');
let child: ChildProcess | undefined;
afterEach(() => void child?.kill('SIGKILL'));

/** Lines of standard output of a process that logs, until `enough`. */
async function logs(enough: (lines: number) => boolean, read: (chunk: Buffer) => void) {
  child = spawn(
    process.execPath,
    [
      '--conditions=@kerbside/source',
      '--import',
      path.join(root, 'tools/source/register.mjs'),
      path.join(root, 'apps/charger/test/children/logging.ts'),
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  if (read !== unread) child.stderr?.on('data', read);
  let lines = 0;
  for await (const _ of createInterface({ input: child.stdout as NodeJS.ReadableStream }))
    if (enough(++lines)) return lines;
  return lines;
}
const unread = () => {};

it('a log that nobody reads does not stop the process, nor fill its memory', async () => {
  // 4 times 50 turns are 2.6 MB, a pipe takes 64 KiB
  expect(await logs((lines) => lines === 4, unread)).toBe(4);
});

it('a log that is read comes whole lines', async () => {
  let text = '';
  await logs(
    (lines) => lines >= 1 && text.length > 100_000,
    (chunk) => (text += chunk.toString()),
  );
  const lines = text.split('\n').slice(0, -1);
  expect(lines.length).toBeGreaterThan(400);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ event: 'test.line' });
});
