import { connect } from 'node:net';
import path from 'node:path';
import { inRepository } from './repository.ts';

/** For `startBench`: its charger's writer thread can be killed by `writerThread`. */
export const KILLABLE_WRITER = {
  NODE_OPTIONS: `--import=${inRepository('e2e/support/writer-hook.mjs')}`,
} as const;

/** The thread of a running charger that writes the database. */
export interface WriterThread {
  /** Kills it. */
  kill(): Promise<void>;
  /** Kills it, and each that is started in its place. */
  keepDead(): Promise<void>;
  /** The next one that is started lives. */
  letLive(): Promise<void>;
  /** How often one was started, since the charger's start. */
  starts(): Promise<number>;
}

export function writerThread(data: string): WriterThread {
  const order = (word: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const socket = connect(path.join(data, 'writer-hook.sock'), () => socket.write(word));
      let answer = '';
      socket.on('data', (piece) => (answer += piece.toString('utf8')));
      socket.on('error', reject);
      socket.on('close', () => resolve(Number(answer)));
    });
  return {
    kill: async () => void (await order('kill')),
    keepDead: async () => void (await order('keep-dead')),
    letLive: async () => void (await order('let-live')),
    starts: () => order('starts'),
  };
}
