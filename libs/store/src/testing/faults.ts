import type { Worker } from 'node:worker_threads';
import { spawnWriter } from '../client/spawn-writer.ts';
import type { WriterEvents, WriterThread } from '../client/writer-client.ts';
import { startThread } from '../thread.ts';
import type { WriterData } from '../writer/protocol.ts';

/** What can be done to the writer's next commit: before it reaches the disk, or after, unacknowledged. */
export const FAULTS = [undefined, 'hang-before', 'hang-after', 'die-before', 'die-after'] as const;
export type Fault = NonNullable<(typeof FAULTS)[number]>;

export interface FaultyWriter {
  /** For `startWriter` of the store. */
  readonly start: (data: WriterData, events: WriterEvents) => WriterThread;
  /** Hurts the next commit, once. */
  next(fault: Fault): void;
  /** Ends the thread now, wherever it is. */
  terminate(): void;
  /** Resolves when the fault that was set has happened. */
  struck(): Promise<void>;
  readonly starts: number;
}

/** A writer that a test can hurt. */
export function faultyWriter(): FaultyWriter {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  let worker: Worker | undefined;
  let starts = 0;
  return {
    start: (data, events) =>
      spawnWriter(data, events, (workerData) => {
        starts += 1;
        worker = startThread('./writer-with-faults', import.meta.url, { ...workerData, cell });
        return worker;
      }),
    next: (fault) => void Atomics.store(cell, 0, FAULTS.indexOf(fault)),
    terminate: () => void worker?.terminate(),
    async struck() {
      while (Atomics.load(cell, 0) !== 0) await new Promise((resolve) => setTimeout(resolve, 2));
    },
    get starts() {
      return starts;
    },
  };
}
