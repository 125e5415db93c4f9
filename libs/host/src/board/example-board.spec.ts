import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BoardEvent } from '@kerbside/charging';
import { silentLogger } from '@kerbside/kernel';
import { afterEach, expect, it } from 'vitest';
import { systemClock as clock } from '../system/system-clock.ts';
import { openBoardLink } from './board-link.ts';

const program = fileURLToPath(new URL('../../../../docs/examples/board.mjs', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'kbt-example-'));
let board: ChildProcess | undefined;

afterEach(() => {
  board?.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});
async function until(holds: () => boolean, what: string): Promise<void> {
  const start = clock.monotonic();
  while (!holds()) {
    if (clock.monotonic() - start > 5000) throw new Error(`not within 5 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

it('the example board of the documentation works with the real link, and opens when it ends', async () => {
  const path = join(directory, 'board-1.sock');
  board = spawn(process.execPath, [program, path], { stdio: 'inherit' });
  await until(() => existsSync(path), 'socket');
  const open = () => {
    const events: BoardEvent[] = [];
    const link = openBoardLink({ address: { path }, evse: 1, clock, log: silentLogger });
    link.board.onEvent((event) => events.push(event));
    return { link, events };
  };
  const { link, events } = open();
  await link.ready;
  expect(events.map((event) => event.event)).toEqual([
    'cable',
    'contactor',
    'lock',
    'pilot',
    'link',
  ]);
  link.board.setLock(true);
  link.board.closeContactor();
  await until(() => events.at(-1)?.event === 'contactor', 'closed');
  expect(events.at(-1)).toEqual({ event: 'contactor', state: 'closed' });
  link.close();
  const second = open();
  await second.link.ready;
  expect(second.events).toContainEqual({ event: 'contactor', state: 'open' });
  expect(second.events).toContainEqual({ event: 'lock', state: 'locked' });
  second.link.close();
});
