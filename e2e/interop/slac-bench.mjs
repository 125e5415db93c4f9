// One program of the SLAC interop test, run inside a network namespace; prints JSON lines, ends with
// its standard input.
//   slac-bench.mjs rig IFACE HUB      the modems of the bench
//   slac-bench.mjs charger IFACE HUB  the charger's SLAC, the pilot in state B
//   slac-bench.mjs vehicle IFACE      the vehicle's SLAC
import {
  mergeFrameLinks,
  openPacketFrameLink,
  openSocketFrameLink,
  sha256,
  systemClock,
  systemRandom,
} from '@kerbside/host';
import { silentLogger } from '@kerbside/kernel';
import { createEvseSlac, createPevSlac } from '@kerbside/slac';
import { openPlc } from '../../apps/rig/dist/plc/open-plc.js';

const say = (line) => console.log(JSON.stringify(line));
const [role, iface, hubPath] = process.argv.slice(2);
const ports = { clock: systemClock, random: systemRandom, sha256, log: silentLogger };
const report = (line) => say(line);

async function rig() {
  const log = { ...silentLogger, info: (event, fields) => say({ event, ...fields }) };
  const plc = await openPlc({ iface, hubPath, clock: systemClock, log });
  say({ ready: true });
  return () => plc.close();
}
function charger() {
  const wire = openPacketFrameLink({ iface });
  const link = mergeFrameLinks(wire, openSocketFrameLink(hubPath, { mac: wire.mac }));
  const evse = createEvseSlac({ ports: { ...ports, link }, report });
  setTimeout(() => {
    evse.enterBcd();
    say({ ready: true });
  }, 1000);
  return () => {
    evse.stop();
    link.close();
  };
}
function vehicle() {
  const link = openPacketFrameLink({ iface });
  const pev = createPevSlac({ ports: { ...ports, link }, report });
  void pev.start();
  return () => {
    pev.stop();
    link.close();
  };
}

const stop = await { rig, charger, vehicle }[role]();
process.stdin.on('end', stop).resume();
