import { stat } from 'node:fs/promises';
import {
  type Cancel,
  type Clock,
  type Duration,
  type Logger,
  millis,
  minutes,
  seconds,
  silentLogger,
} from '@kerbside/kernel';
import type { PruneTarget } from './operations.ts';
import type { Store } from './store.ts';

/** How long what is kept. What the back-end has not confirmed is kept beyond it. */
export interface RetentionPolicy {
  /** Raw bytes of messages, the captures. */
  readonly captureDays: number;
  readonly journalDays: number;
  /** Messages to the back-end, once confirmed or dropped. */
  readonly messageDays: number;
  /** Sessions and their transactions. */
  readonly sessionDays: number;
  readonly auditDays: number;
  /** Attempts to match a car; the last 20 of each EVSE stay. */
  readonly attemptDays: number;
  /** Logins that nobody used. */
  readonly loginDays: number;
  /** Beyond this size the oldest captures, attempts, entries and messages go, however young. */
  readonly maxBytes: number;
}

export const DEFAULT_RETENTION: RetentionPolicy = {
  captureDays: 14,
  journalDays: 90,
  messageDays: 90,
  sessionDays: 730,
  auditDays: 730,
  attemptDays: 90,
  loginDays: 30,
  maxBytes: 512 * 1024 * 1024,
};

export interface RetentionOptions {
  readonly clock: Clock;
  readonly log?: Logger;
  /** Read at each round, so that a change takes effect without a restart. */
  readonly policy?: () => RetentionPolicy;
  /** Bytes that the database takes on the disk; measured when absent. */
  readonly size?: () => Promise<number>;
}

const DAY_MS = 86_400_000;
/** Rows in one slice: some 3 ms, the longest that a commit waits for it. */
export const SLICE_ROWS = 200;
/** An attempt holds all its frames, some ten pages: fewer of them make a slice. */
const SLICE_ATTEMPTS = 10;
const sliceOf = (what: PruneTarget): number => (what === 'attempts' ? SLICE_ATTEMPTS : SLICE_ROWS);
const SLICES_PER_ROUND = 50;
/** The size on disk follows only with the next checkpoint: a few slices, then measure again. */
const SLICES_BY_SIZE = 10;
const BETWEEN_SLICES = millis(50);
const FIRST_ROUND = minutes(2);
const NEXT_ROUND = minutes(10);
const NEXT_WHEN_UNFINISHED = seconds(10);

const AGES = [
  ['captures', 'captureDays'],
  ['journal', 'journalDays'],
  ['messages', 'messageDays'],
  ['sessions', 'sessionDays'],
  ['audit', 'auditDays'],
  ['gaps', 'journalDays'],
  ['attempts', 'attemptDays'],
  ['logins', 'loginDays'],
] as const satisfies readonly (readonly [PruneTarget, keyof RetentionPolicy])[];
const BY_SIZE = [
  'captures',
  'attempts',
  'journal',
  'messages',
] as const satisfies readonly PruneTarget[];

/** Prunes what is older or more than the policy keeps, in slices that commits overtake. Returns its end. */
export function startRetention(store: Store, options: RetentionOptions): Cancel {
  const { clock, log = silentLogger, policy = () => DEFAULT_RETENTION } = options;
  const size = options.size ?? (() => sizeOnDisk(store.path));
  let stopped = false;
  let timer: Cancel | undefined;

  const pause = (length: Duration) =>
    new Promise<void>((resolve) => {
      timer = clock.arm(length, resolve);
    });

  /** Deletes slice after slice; returns the rows, and whether more may be left. */
  async function prune(what: PruneTarget, before: number, slices: number) {
    let rows = 0;
    for (let slice = 0; slice < slices && !stopped; slice++) {
      const limit = sliceOf(what);
      const { changes } = await store.background([{ op: 'prune', what, before, limit }]);
      rows += changes;
      if (changes < limit) return { rows, more: false };
      await pause(BETWEEN_SLICES);
    }
    return { rows, more: true };
  }

  /** True when there is more to do. */
  async function round(): Promise<boolean> {
    const now = clock.now();
    const kept = policy();
    let unfinished = false;
    for (const [what, days] of AGES) {
      const { rows, more } = await prune(what, now - kept[days] * DAY_MS, SLICES_PER_ROUND);
      unfinished ||= more;
      if (rows > 0) log.info('store.pruned', { what, rows, because: 'age' });
    }
    const bytes = await size();
    if (bytes <= kept.maxBytes) return unfinished;
    for (const what of BY_SIZE) {
      const { rows } = await prune(what, now, SLICES_BY_SIZE);
      if (rows === 0) continue;
      log.info('store.pruned', { what, rows, because: 'size', bytes });
      return true;
    }
    log.warn('store.over-budget', { bytes, maxBytes: kept.maxBytes });
    return unfinished;
  }

  async function run(): Promise<void> {
    await pause(FIRST_ROUND);
    while (!stopped) {
      const unfinished = await round().catch((error: unknown) => {
        if (!stopped) log.warn('store.prune-failed', { reason: String(error) });
        return false;
      });
      if (!stopped) await pause(unfinished ? NEXT_WHEN_UNFINISHED : NEXT_ROUND);
    }
  }
  void run();

  return () => {
    stopped = true;
    timer?.();
  };
}

async function sizeOnDisk(file: string): Promise<number> {
  const sizes = await Promise.all(
    [file, `${file}-wal`].map((name) =>
      stat(name).then(
        (found) => found.size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, one) => sum + one, 0);
}
