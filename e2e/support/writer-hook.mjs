// Loaded into the charger by NODE_OPTIONS: lets a test end the store's writer thread from outside, and keep it away.
import { rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import threads from 'node:worker_threads';

const OUTSIDE = 0;
const INSIDE = 1;
const CONDEMNED = 2;

if (threads.isMainThread) {
  const { Worker } = threads;
  let starts = 0;
  let dead = false;
  let writer;
  let served = false;

  /** Ends the thread as a failure would: at once, but between two calls of the driver, which else aborts all. */
  const kill = async () => {
    const { worker, guard } = writer;
    while (Atomics.compareExchange(guard, 0, OUTSIDE, CONDEMNED) === INSIDE) await pause(1);
    await worker.terminate();
  };

  const serve = () => {
    if (served) return;
    served = true;
    const file = path.join(process.env.KERBSIDE_DATA, 'writer-hook.sock');
    rmSync(file, { force: true });
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (word) => {
        const order = String(word).trim();
        const answer = () => socket.end(String(starts));
        if (order === 'starts') return answer();
        if (order === 'let-live') {
          dead = false;
          return answer();
        }
        dead = order === 'keep-dead';
        return void kill().then(answer);
      });
    });
    server.listen(file);
    server.unref();
  };

  threads.Worker = new Proxy(Worker, {
    construct(Thread, [program, options]) {
      if (options?.name !== 'store-writer') return new Thread(program, options);
      serve();
      starts += 1;
      if (dead) return new Thread('process.exit(9)', { eval: true, stdout: true, stderr: true });
      const worker = new Thread(program, options);
      writer = { worker, guard: options.workerData.guard };
      return worker;
    },
  });
  syncBuiltinESMExports();
}
