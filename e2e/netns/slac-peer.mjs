// One side of SLAC on the interfaces named, run inside a network namespace; prints JSON lines with the
// interface's name, ends with its standard input.
//   slac-peer.mjs chargers IFACE...            the charger's SLAC on each, the pilot in state B at `{"go":true}`
//   slac-peer.mjs vehicles IFACE...            a vehicle on each, which begins at `{"go":true}`
//   slac-peer.mjs modems CAR CHARGER [CAR CHARGER]...  both modems between each pair of interfaces
import { createInterface } from 'node:readline';
import { openPacketFrameLink, sha256, systemClock, systemRandom } from '@kerbside/host';
import { silentLogger } from '@kerbside/kernel';
import { createEvseSlac, createPevSlac } from '@kerbside/slac';
import { simulatedPlcModems } from '../../apps/rig/dist/plc/simulated-plc-modems.js';

const say = (line) => console.log(JSON.stringify(line));
const [role, ...interfaces] = process.argv.slice(2);
const ports = { clock: systemClock, random: systemRandom, sha256, log: silentLogger };
const told = new Set(['matched', 'failed', 'interface', 'modem', 'network']);
const report = (iface) => (line) => told.has(line.kind) && say({ iface, ...line });

const roles = {
  chargers(iface) {
    const link = openPacketFrameLink({ iface });
    const evse = createEvseSlac({ ports: { ...ports, link }, report: report(iface) });
    return {
      go: () => evse.enterBcd(),
      leave: () => evse.leaveBcd(),
      stop() {
        evse.stop();
        link.close();
      },
    };
  },
  vehicles(iface) {
    const link = openPacketFrameLink({ iface });
    const config = { validation: 'strict' };
    const pev = createPevSlac({ config, ports: { ...ports, link }, report: report(iface) });
    return {
      go: () => void pev.start(),
      stop() {
        pev.stop();
        link.close();
      },
    };
  },
  /** Passes on what is not for the modems, and acts as both of them. */
  modems(first, second) {
    const iface = openPacketFrameLink({ iface: first, hearAll: true });
    const charger = openPacketFrameLink({ iface: second, hearAll: true });
    const isForModem = (frame) => frame[0] === 0 && frame[1] === 0xb0 && frame[2] === 0x52;
    const pass = (to) => (frame) => {
      if (isForModem(frame)) return;
      try {
        to.send(frame);
      } catch {
        // a frame for an interface that is away is lost, as on a wire
      }
    };
    iface.onFrame(pass(charger));
    charger.onFrame(pass(iface));
    const modems = simulatedPlcModems({ iface, charger, clock: systemClock, log: silentLogger });
    return {
      stop() {
        modems.stop();
        iface.close();
        charger.close();
      },
    };
  },
};
const sides =
  role === 'modems'
    ? interfaces.flatMap((first, i) => (i % 2 ? [] : [roles.modems(first, interfaces[i + 1])]))
    : interfaces.map(roles[role]);
say({ ready: true });
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const order = JSON.parse(line);
    for (const side of sides) {
      if (order.go) side.go?.();
      if (order.leave) side.leave?.();
    }
  })
  .on('close', () => {
    for (const side of sides) side.stop();
  });
