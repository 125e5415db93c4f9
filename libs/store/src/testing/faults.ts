import { spawnWriter } from '../client/spawn-writer.ts';
import type { WriterEvents, WriterThread } from '../client/writer-client.ts';
import { startThread } from '../thread.ts';
import type { WriterData } from '../writer/protocol.ts';

/** What can be done to the writer's next commit: before it, inside its transaction, or unacknowledged. */
export const FAULTS = [
  undefined,
  'hang-before',
  'hang-inside',
  'hang-after',
  'die-before',
  'die-inside',
  'die-after',
] as const;
export type Fault = NonNullable<(typeof FAULTS)[number]>;

export interface FaultyWriter {
  /** For `startWriter` of the store. */
  readonly start: (data: Omit<WriterData, 'guard'>, events: WriterEvents) => WriterThread;
  /** Hurts the next commit, once. */
  next(fault: Fault): void;
  /** Lets a thread go on that hangs inside. */
  release(): void;
  /** Ends the thread as the store does: not inside a call of the driver. */
  kill(): void;
  /** Resolves when the fault that was set has happened. */
  struck(): Promise<void>;
  readonly starts: number;
}

/** A writer that a test can hurt. */
export function faultyWriter(): FaultyWriter {
  // the fault that is set, and whether a hung thread may go on
  const cell = new Int32Array(new SharedArrayBuffer(8));
  let thread: WriterThread | undefined;
  let starts = 0;
  return {
    start(data, events) {
      starts += 1;
      thread = spawnWriter(data, events, (workerData) =>
        startThread('./writer-with-faults', import.meta.url, { ...workerData, cell }),
      );
      return thread;
    },
    next: (fault) => void Atomics.store(cell, 0, FAULTS.indexOf(fault)),
    release() {
      Atomics.store(cell, 1, 1);
      Atomics.notify(cell, 1);
    },
    kill: () => thread?.kill(),
    async struck() {
      while (Atomics.load(cell, 0) !== 0) await new Promise((resolve) => setTimeout(resolve, 2));
    },
    get starts() {
      return starts;
    },
  };
}
