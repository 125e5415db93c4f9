// `kerbside start` with stand-ins in place of the programs.
import { fileURLToPath } from 'node:url';
import { runCommand, runStart } from '../../apps/kerbside/dist/index.js';

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const programs = {
  launcher: file('launch-stand-ins.mjs'),
  csms: file('stand-ins/csms.mjs'),
  internet: file('stand-ins/internet.mjs'),
  rig: file('stand-ins/rig.mjs'),
  charger: file('stand-ins/charger.mjs'),
  vehicle: file('stand-ins/vehicle.mjs'),
};
const io = {
  input: process.stdin,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};
const start = { name: 'start', summary: '', run: (args) => runStart(args, io, programs) };
process.exitCode = await runCommand(process.argv.slice(2), [start], io);
