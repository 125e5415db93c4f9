// The reader thread.
import { parentPort, workerData } from 'node:worker_threads';
import { reportOf } from '../database/sqlite-error.ts';
import { connectReader } from './connect.ts';
import type { FromReader, ReaderVerb, ToReader } from './reader.ts';
import { readerVerbs } from './verbs.ts';

const { file } = workerData as { file: string };
const verbs = readerVerbs(connectReader(file)) as unknown as Readonly<
  Record<ReaderVerb, (argument: unknown) => Promise<unknown>>
>;
const port = parentPort;
const tell = (message: FromReader) => port?.postMessage(message);

port?.on('message', (message: ToReader) => {
  if ('end' in message) process.exit();
  const { id, verb, argument } = message;
  verbs[verb](argument).then(
    (result) => tell({ id, result }),
    (error: unknown) => tell({ id, failure: reportOf(error) }),
  );
});
