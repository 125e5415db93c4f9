import { startThread } from '../thread.ts';
import { condemn, condemnWithin, createGuard } from '../writer/guard.ts';
import type { FromWriter, WriterData } from '../writer/protocol.ts';
import type { WriterEvents, WriterThread } from './writer-client.ts';

/** Starts the writer's program in a thread of its own. */
export function spawnWriter(
  data: Omit<WriterData, 'guard'>,
  events: WriterEvents,
  start = (workerData: WriterData) =>
    startThread('../writer/main', import.meta.url, workerData, {
      name: 'store-writer',
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    }),
): WriterThread {
  const guard = createGuard();
  const worker = start({ ...data, guard });
  let reason: string | undefined;
  let killed = false;
  worker.on('message', (message: FromWriter) => events.message(message));
  worker.on('error', (error) => (reason = error.message));
  let ended = false;
  worker.on('exit', (code) => {
    ended = true;
    events.ended(reason ?? `exit code ${code}`);
  });
  return {
    send: (message) => worker.postMessage(message),
    kill() {
      // inside the driver it can't be ended; it must not keep the process alive either
      if (killed) return;
      killed = condemn(guard);
      if (killed) void worker.terminate();
      else worker.unref();
    },
    halt: (within) => ended || condemnWithin(guard, within),
  };
}
