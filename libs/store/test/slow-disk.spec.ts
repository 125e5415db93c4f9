import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  sourceCommand,
  startChild,
  temporaryDirectory,
  underStrace,
  whyNoStrace,
} from './children/run-child.ts';
import { inspectWorkload } from './inspect.ts';

// real threads and disks, on a machine that may be busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const missing = whyNoStrace();
const DELAY_MS = 100;
const COMMITS = 15;

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

describe(`a disk that takes ${DELAY_MS} ms for each sync`, () => {
  it('slows the commits down, never the event loop that serves the car', async (test) => {
    if (missing !== undefined) test.skip(missing);
    const file = path.join(directory.path, 'k.db');
    const child = startChild(
      underStrace(
        `-o /dev/null -e trace=fsync,fdatasync -e inject=fsync,fdatasync:delay_exit=${DELAY_MS * 1000}`,
        sourceCommand('slow-disk.ts', file, String(COMMITS)),
      ),
    );
    const { code, errors } = await child.ended;
    expect(code, errors).toBe(0);
    const told = JSON.parse(child.lines.at(-1) ?? '') as {
      took: number[];
      health: string;
      ticks: number;
      lagP95: number;
      lagMax: number;
    };
    expect(told.took.length).toBe(COMMITS);
    // the delay is really there: each commit waits for one sync, and for little more
    expect(Math.min(...told.took)).toBeGreaterThan(DELAY_MS * 0.9);
    const median = told.took.toSorted((a, b) => a - b)[Math.floor(COMMITS / 2)];
    expect(median).toBeLessThan(DELAY_MS * 3);
    // and the loop runs on meanwhile: bounds for a machine that is busy with other tests, but one
    // sync on the main thread would break the last, and fifteen the one before
    expect(told.ticks).toBeGreaterThan((COMMITS * DELAY_MS) / 20);
    expect(told.lagP95).toBeLessThan(20);
    expect(told.lagMax).toBeLessThan(DELAY_MS * 0.9);
    expect(['ok', 'slow']).toContain(told.health);
    expect(inspectWorkload(file)).toBe(COMMITS + 1);
  });
});
