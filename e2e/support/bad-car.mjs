// A car that does one thing wrong; run in the vehicle's namespace, plugged in by the rig.
// node bad-car.mjs IFACE KIND [AT] -> {"sent":[...],"received":[...],"end":"..."}
// KIND: a misbehaviour of the EVCC, `false-inverse`, `dribble`, `junk-frames` (SLAC), or `slac` with the knobs of
// the car's side of SLAC as JSON in place of AT.
import { randomBytes } from 'node:crypto';
import { connectV2g, discoverSecc, openPacketFrameLink } from '../../libs/host/dist/index.js';
import { systemClock as clock, systemRandom as random } from '../../libs/host/dist/index.js';
import { createEvcc, ipv6ToText } from '../../libs/iso15118/dist/index.js';
import {
  amps,
  percent,
  silentLogger as log,
  volts,
  wattHours,
  watts,
} from '../../libs/kernel/dist/index.js';
import { createPevSlac } from '../../libs/slac/dist/index.js';

const [iface, kind, at] = process.argv.slice(2);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const tell = (what) => process.stdout.write(JSON.stringify(what), () => process.exit(0));

const link = openPacketFrameLink({ iface, clock });
if (kind === 'junk-frames') {
  const header = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, ...link.mac, 0x88, 0xe1];
  // CM_SLAC_PARM.REQ without its end, then anything
  const whole = Buffer.from([...header, 0x01, 0x64, 0x60, 0, 0, 0, 0, ...randomBytes(8)]);
  let frames = 0;
  for (let length = 14; length <= whole.length; length++, frames++)
    link.send(whole.subarray(0, length));
  for (; frames < 3000; frames++) {
    link.send(Buffer.from([...header, ...randomBytes(frames % 1400)]));
    if (frames % 50 === 0) await pause(5);
  }
  tell({ frames });
} else if (kind === 'slac') {
  const slac = createPevSlac({ knobs: JSON.parse(at), ports: { link, clock, random, log } });
  tell(await slac.start());
} else {
  const slac = createPevSlac({ ports: { link, clock, random, log } });
  const matched = await slac.start();
  if (matched.kind === 'failed') throw new Error(`no match: ${matched.cause.what}`);
  const { address, port } = await discoverSecc({ interface: iface }, 'none', clock).found;
  const sent = [];
  const received = [];
  let end = (reason) => tell({ sent, received, end: reason });
  let writes = Promise.resolve();
  const car = {
    view: () => ({
      soc: percent(40),
      wantsEnergy: true,
      energyWanted: wattHours(10_000),
      capacity: wattHours(60_000),
      maxVoltage: volts(450),
      maxCurrent: amps(200),
      minCurrent: amps(0),
      maxPower: watts(90_000),
      batteryVoltage: volts(350),
      target: { voltage: volts(360), current: amps(100) },
    }),
    order: () => {},
  };
  const misbehaviour = at === undefined ? {} : { misbehaviour: { kind, at } };
  await connectV2g(`${ipv6ToText(address)}%${iface}`, port, (transport) => {
    const wire = {
      ...transport,
      close: () => transport.close(),
      send(bytes) {
        if (kind === 'false-inverse') transport.send(bytes.with(1, 0xff));
        else if (kind === 'dribble')
          writes = writes.then(async () => {
            for (const byte of bytes) {
              transport.send(Uint8Array.of(byte));
              await pause(1);
            }
          });
        else transport.send(bytes);
      },
    };
    const evcc = createEvcc({
      config: {
        evccId: random.bytes(6),
        mode: 'DC_extended',
        internetSets: [3],
        loopInterval: 250,
        ...misbehaviour,
      },
      car,
      ports: { clock, log },
      transport: wire,
      report(entry) {
        if (entry.report === 'message') {
          (entry.direction === 'out' ? sent : received).push(
            `${entry.name}${entry.responseCode ? ` ${entry.responseCode}` : ''}`,
          );
          if (entry.name === 'AuthorizationRes') setTimeout(() => end('authorization'), 50);
        }
        if (entry.report === 'failed' || entry.report === 'done')
          setTimeout(() => end(entry.reason), 50);
      },
    });
    setTimeout(() => evcc.start(), 0);
    return {
      onBytes: (bytes) => evcc.onBytes(bytes),
      onClosed(reason) {
        evcc.onClosed(reason);
        end(`closed: ${reason}`);
      },
    };
  });
}
