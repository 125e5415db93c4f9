import { startThread } from '../thread.ts';
import type { FromWriter, WriterData } from '../writer/protocol.ts';
import type { WriterEvents, WriterThread } from './writer-client.ts';

/** Starts the writer's program in a thread of its own. */
export function spawnWriter(
  data: WriterData,
  events: WriterEvents,
  start = (workerData: WriterData) =>
    startThread('../writer/main', import.meta.url, workerData, {
      name: 'store-writer',
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    }),
): WriterThread {
  const worker = start(data);
  let reason: string | undefined;
  worker.on('message', (message: FromWriter) => events.message(message));
  worker.on('error', (error) => (reason = error.message));
  worker.on('exit', (code) => events.ended(reason ?? `exit code ${code}`));
  return {
    send: (message) => worker.postMessage(message),
    kill: () => void worker.terminate(),
  };
}
