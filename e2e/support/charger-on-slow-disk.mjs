// The real charger, each of its syncs delayed by strace; the trace goes beside its data.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const charger = fileURLToPath(new URL('../../apps/charger/dist/main.js', import.meta.url));
const listeners = Array.from({ length: Number(process.env.LISTEN_FDS ?? 0) }, (_, at) => 3 + at);
const trace = path.join(process.env.KERBSIDE_DATA ?? '.', 'syncs.trace');
const inject = 'inject=fsync,fdatasync:delay_exit=100000';
const options = `-f --seccomp-bpf -qq -ttt -e trace=fsync,fdatasync -e ${inject} -o`.split(' ');
const strace = spawn(
  'strace',
  [...options, trace, process.execPath, '--enable-source-maps', charger],
  {
    stdio: ['inherit', 'inherit', 'inherit', ...listeners],
  },
);
strace.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
process.on('SIGTERM', () => {
  const children = readFileSync(`/proc/${strace.pid}/task/${strace.pid}/children`, 'latin1');
  for (const pid of children.trim().split(' ').filter(Boolean))
    process.kill(Number(pid), 'SIGTERM');
});
