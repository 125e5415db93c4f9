import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  inletMessages,
  vehicleMessages,
  type InletMessage,
  type VehicleMessage,
} from '@kerbside/charging';
import { serveJsonLines, type JsonLinePeer } from '@kerbside/host';

/** The rig's pilot socket with nothing behind it: the test plays the cable. */
export async function pilotSocket() {
  const directory = mkdtempSync(join(tmpdir(), 'kbt-pilot-'));
  const said: VehicleMessage[] = [];
  const bad: string[] = [];
  let peer: JsonLinePeer<InletMessage> | undefined;
  let seq = 0;
  const server = await serveJsonLines<VehicleMessage, InletMessage>({
    address: { path: join(directory, 'pilot-1.sock') },
    incoming: vehicleMessages,
    outgoing: inletMessages,
    accept(made) {
      peer = made;
      return {
        message(message) {
          said.push(message);
          if (message.say !== 'hello') return;
          const hello = { see: 'hello', protocol: 'kerbside-pilot', version: 1 } as const;
          made.send({ ...hello, evse: 1, phases: 3, stepMs: 100 });
        },
        badLine: (error) => bad.push(error.message),
        closed: () => {},
      };
    },
  });
  return {
    directory,
    said,
    /** The newest message of a kind. */
    last: <Say extends VehicleMessage['say']>(say: Say) =>
      said.findLast((m): m is Extract<VehicleMessage, { say: Say }> => m.say === say),
    see: (message: InletMessage) => peer?.send(message),
    duty(dutyPercent: number) {
      peer?.send({ see: 'pilot', output: 'duty', dutyPercent, voltage: 9 });
    },
    tick(voltage: number[], current: number[], dtMs: number) {
      peer?.send({ see: 'tick', seq: seq++, dtMs, voltage, current });
    },
    async close() {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
      if (bad.length > 0) throw new Error(`the vehicle sent nonsense: ${bad.join('; ')}`);
    },
  };
}
