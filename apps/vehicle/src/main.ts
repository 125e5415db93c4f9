import { EXIT_WITH_PARENT } from '@kerbside/host';
import { runVehicle } from './run-vehicle.ts';

process.exitCode = await runVehicle(process.argv.slice(2), {
  env: process.env,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  onStop(stop) {
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    if (process.env[EXIT_WITH_PARENT] !== '1') return;
    process.stdin.once('end', stop).once('error', stop);
    process.stdin.resume();
  },
});
// Under a launcher standard input is still open, and would keep the process alive.
process.stdin.unref?.();
