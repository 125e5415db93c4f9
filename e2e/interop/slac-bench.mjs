// One program of the SLAC interop test, run inside a network namespace; prints JSON lines, ends with
// its standard input.
//   slac-bench.mjs rig IFACE HUB      the modems of the bench
//   slac-bench.mjs charger IFACE HUB  the charger's SLAC, the pilot in state B
//   slac-bench.mjs vehicle IFACE      the vehicle's SLAC
//   slac-bench.mjs between IFACE IFACE2  both modems between a vehicle's and a charger's host
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
import { simulatedPlcModems } from '../../apps/rig/dist/plc/simulated-plc-modems.js';

const say = (line) => console.log(JSON.stringify(line));
const [role, first, second] = process.argv.slice(2);
const [iface, hubPath] = [first, second];
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

/** Passes on what is not for the modems, and acts as both of them. */
function between() {
  const iface = openPacketFrameLink({ iface: first, hearAll: true });
  const charger = openPacketFrameLink({ iface: second, hearAll: true });
  const isForModem = (frame) => frame[0] === 0 && frame[1] === 0xb0 && frame[2] === 0x52;
  iface.onFrame((frame) => isForModem(frame) || charger.send(frame));
  charger.onFrame((frame) => isForModem(frame) || iface.send(frame));
  const modems = simulatedPlcModems({ iface, charger, clock: systemClock, log: silentLogger });
  say({ ready: true });
  return () => {
    modems.stop();
    iface.close();
    charger.close();
  };
}

const stop = await { rig, charger, vehicle, between }[role]();
process.stdin.on('end', stop).resume();
