// Tries every TCP port of the station on the other end of an EV interface; run in the vehicle's namespace.
// node scan-ports.mjs IFACE -> {"open":[...],"scanned":n}
import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';

const [, , iface] = process.argv;
// the neighbour answers the all-nodes ping with its link-local address, if it is not known yet
const neighbours = () =>
  execFileSync('ip', ['-6', '-j', 'neigh', 'show', 'dev', iface], { encoding: 'utf8' });
const other = JSON.parse(neighbours()).find((entry) => entry.dst.startsWith('fe80'))?.dst;
if (!other) throw new Error(`no neighbour is known on ${iface}`);

const open = [];
let next = 1;
let scanned = 0;
function probe() {
  if (next > 65_535) return Promise.resolve();
  const port = next++;
  return new Promise((resolve) => {
    const socket = connect({ host: `${other}%${iface}`, port });
    const done = (isOpen) => {
      if (isOpen) open.push(port);
      scanned++;
      socket.destroy();
      resolve();
    };
    socket.setTimeout(1000, () => done(false));
    socket.on('connect', () => done(true));
    socket.on('error', () => done(false));
  }).then(probe);
}
await Promise.all(Array.from({ length: 100 }, probe));
process.stdout.write(JSON.stringify({ open, scanned }));
