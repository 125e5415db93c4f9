// Loaded into the charger by NODE_OPTIONS: lets a test end the store's writer thread from outside, and keep it away.
import { rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
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
  const kill = (done) => {
    const { worker, guard } = writer;
    if (Atomics.compareExchange(guard, 0, OUTSIDE, CONDEMNED) === INSIDE)
      return setTimeout(() => kill(done), 1);
    void worker.terminate().then(done);
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
        return kill(answer);
      });
    });
    server.listen(file);
    server.unref();
  };

  threads.Worker = class extends Worker {
    constructor(program, options) {
      if (options?.name !== 'store-writer') return new Worker(program, options);
      serve();
      starts += 1;
      if (dead) return new Worker('process.exit(9)', { eval: true, stdout: true, stderr: true });
      const worker = new Worker(program, options);
      writer = { worker, guard: options.workerData.guard };
      return worker;
    }
  };
  syncBuiltinESMExports();
}
