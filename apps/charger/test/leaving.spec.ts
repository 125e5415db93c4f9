import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@kerbside/host';
import { millis, silentLogger } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { connect, openStore } from '@kerbside/store';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

// real processes, one after the other
vi.setConfig({ testTimeout: 120_000 });

const root = fileURLToPath(new URL('../../..', import.meta.url));
const RUNS = 12;
const SEED = Number(process.env['KERBSIDE_SEED'] ?? 7);

let directory: string;
beforeEach(() => void (directory = mkdtempSync(path.join(tmpdir(), 'kbt-leaving-'))));
afterEach(() => rmSync(directory, { recursive: true }));

interface Left {
  readonly end: number | string;
  readonly lines: readonly string[];
}

function run(data: string, way: string, afterMs: number): Promise<Left> {
  const program = path.join(root, 'apps/charger/test/children/dying.mjs');
  const child = spawn(process.execPath, [program, data, way, String(afterMs)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (piece: Buffer) => (text += piece.toString()));
  return new Promise((resolve) =>
    child.on('close', (code, signal) =>
      resolve({ end: code ?? signal ?? 'none', lines: text.trim().split('\n') }),
    ),
  );
}

it(`ends with its exit code amid calls of the driver (as built), ${RUNS} times (seed ${SEED})`, async () => {
  const random = new SeededRandom(SEED);
  const one = async (way: 'die' | '78', at: number): Promise<void> => {
    const data = path.join(directory, String(at));
    const { end, lines } = await run(data, way, random.int(60));
    expect(end, `run ${at}: ${lines.slice(-4).join(', ')}`).toBe(way === 'die' ? 1 : 78);
    if (way === 'die') {
      // opened before all else, and once more at the end
      expect(lines[lines.indexOf('now') + 1]).toBe('open');
      expect(lines.filter((line) => line === 'open')).toHaveLength(2);
    }
    const commits = lines.filter((line) => line.startsWith('committed')).length;
    expect(commits, 'the writer was at work').toBeGreaterThan(2);
    const db = connect(path.join(data, 'k.db'));
    const { n } = db.prepare('SELECT count(*) AS n FROM "AuditEntry"').get() as { n: number };
    db.close();
    // whole batches of two: all that was told of, and at most the one under way
    expect([commits * 2, commits * 2 + 2]).toContain(n);
  };
  for (let at = 0; at < RUNS; at += 2) await Promise.all([one('die', at), one('78', at + 1)]);
});

it('halt lets the transaction under way finish, begins no other, and ends nobody', async () => {
  const store = openStore({
    path: path.join(directory, 'k.db'),
    clock: systemClock,
    log: silentLogger,
  });
  const add = (at: number) => ({
    op: 'audit.add' as const,
    at,
    actor: 'test',
    action: 'fill',
    object: '',
    detail: '{}',
  });
  await store.commit([add(1)]);
  expect(store.ended).toBe(false);
  void store.commit(Array.from({ length: 3000 }, (_, n) => add(n))).catch(() => {});
  // the group is with the thread
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  expect(store.halt(millis(5000))).toBe(true);
  expect(store.halt(millis(0)), 'again').toBe(true);
  const db = connect(path.join(directory, 'k.db'));
  const { n } = db.prepare('SELECT count(*) AS n FROM "AuditEntry"').get() as { n: number };
  db.close();
  expect([1, 3001]).toContain(n);
  await expect(store.commit([add(2)])).rejects.toMatchObject({ code: 'store.closed' });
});

it('a store that was closed in peace has ended', async () => {
  const store = openStore({
    path: path.join(directory, 'k.db'),
    clock: systemClock,
    log: silentLogger,
  });
  await store.close();
  expect(store.ended).toBe(true);
});
