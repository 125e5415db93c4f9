// `kerbside start` with a charger whose disk takes 100 ms for each sync.
import { fileURLToPath } from 'node:url';
import { runCommand, runStart } from '../../apps/kerbside/dist/index.js';

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const app = (name) => file(`../../apps/${name}/dist/main.js`);
const programs = {
  launcher: file('launch-slow-disk.mjs'),
  csms: app('csms'),
  internet: fileURLToPath(new URL('../../apps/kerbside/dist/internet/main.js', import.meta.url)),
  rig: app('rig'),
  charger: file('charger-on-slow-disk.mjs'),
  vehicle: app('vehicle'),
};
const io = {
  input: process.stdin,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};
const start = { name: 'start', summary: '', run: (args) => runStart(args, io, programs) };
process.exitCode = await runCommand(process.argv.slice(2), [start], io);
