import type { Worker } from 'node:worker_threads';
import { type Cancel, type Clock, type Duration, type Logger, minutes } from '@kerbside/kernel';
import { storageError } from '../database/sqlite-error.ts';
import { StoreClosed } from '../errors.ts';
import { startThread } from '../thread.ts';
import { type FromReader, type Reader, READER_VERBS, type ReaderVerb } from './reader.ts';

export interface ReaderClient {
  readonly reader: Reader;
  close(): Promise<void>;
}

interface Asked {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

export const spawnReader = (file: string): Worker =>
  startThread(
    './main',
    import.meta.url,
    { file },
    // a small young generation: the thread answers a page at a time
    { name: 'store-reader', resourceLimits: { maxYoungGenerationSizeMb: 4 } },
  );

/** The main thread's side of the reader: starts it with the first question, ends it when it is idle. */
export function createReaderClient(options: {
  readonly file: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly idle?: Duration | undefined;
  /** Starts the thread; replaced by tests that hurt it. */
  readonly spawn?: () => Worker;
}): ReaderClient {
  const { file, clock, log, idle = minutes(5) } = options;
  const spawn = options.spawn ?? (() => spawnReader(file));
  const asked = new Map<number, Asked>();
  let worker: Worker | undefined;
  let sleep: Cancel | undefined;
  let next = 1;
  let closed = false;

  function start(): Worker {
    const started = spawn();
    let reason = 'it ended';
    started.on('message', answered);
    started.on('error', (error: Error) => (reason = error.message));
    started.on('exit', () => {
      if (worker !== started) return;
      worker = undefined;
      if (!closed) log.error('store.reader-ended', { reason });
      // a question may be what killed it: it is not asked again
      const waiting = [...asked.values()];
      asked.clear();
      for (const one of waiting)
        one.reject(storageError(file, { code: 'EREADER', message: `reader thread: ${reason}` }));
    });
    // a program that only reads may end
    started.unref();
    return started;
  }

  function answered(message: FromReader): void {
    const one = asked.get(message.id);
    asked.delete(message.id);
    if ('failure' in message) one?.reject(storageError(file, message.failure));
    else one?.resolve(message.result as never);
    if (asked.size > 0) return;
    worker?.unref();
    sleep?.();
    sleep = clock.arm(idle, () => {
      if (asked.size > 0) return;
      const idler = worker;
      worker = undefined;
      idler?.postMessage({ end: true });
    });
  }

  function ask(verb: ReaderVerb, argument: unknown): Promise<never> {
    if (closed) return Promise.reject(new StoreClosed());
    sleep?.();
    worker ??= start();
    worker.ref();
    const id = next++;
    return new Promise((resolve, reject) => {
      asked.set(id, { resolve, reject });
      worker?.postMessage({ id, verb, argument });
    });
  }

  const reader = Object.fromEntries(
    READER_VERBS.map((verb) => [verb, (argument: unknown) => ask(verb, argument)]),
  ) as unknown as Reader;
  return {
    reader,
    async close() {
      closed = true;
      sleep?.();
      const last = worker;
      for (const one of asked.values()) one.reject(new StoreClosed());
      asked.clear();
      if (!last) return;
      const ended = new Promise<void>((resolve) => last.once('exit', () => resolve()));
      last.ref();
      last.postMessage({ end: true });
      await ended;
    },
  };
}
