import { createSocket } from 'node:dgram';
import { systemClock, systemRandom } from '@kerbside/host';
import { encodeSdpRequest } from '@kerbside/iso15118';
import { InternalError, silentLogger } from '@kerbside/kernel';
import { afterEach, expect, it } from 'vitest';
import { createHighLevelComm } from '../src/unit/v2g.ts';
import type { V2gListening } from '../src/unit/v2g-health.ts';
import { parseInstallation } from '../src/wiring/installation.ts';

const PORT = 25_118;
const cleanup: (() => void)[] = [];
afterEach(() => {
  for (const undo of cleanup.splice(0)) undo();
});

/** Sends a datagram `times` over. */
async function flood(datagram: Uint8Array, times: number): Promise<void> {
  const socket = createSocket('udp6');
  cleanup.push(() => socket.close());
  for (let sent = 0; sent < times; sent++) {
    socket.send(datagram, PORT, '::1');
    if (sent % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

it('a flood of discovery does not flood the journal, and is told of', async () => {
  const [installation] = parseInstallation(
    { evses: [{ id: 1, board: { path: '/nowhere' }, meter: { host: '127.0.0.1' } }] },
    'test',
  ).evses;
  const noted = new Map<string, number>();
  let suppressed = 0;
  const listening: V2gListening[] = [];
  if (!installation) throw new InternalError('no installation');
  const comm = createHighLevelComm({
    installation,
    vas: { offered: () => [], selected: () => {}, ended: () => {} },
    loopbackPort: PORT,
    side() {
      throw new InternalError('no car talks here');
    },
    ports: { clock: systemClock, random: systemRandom, log: silentLogger },
    journal: {
      note(_, type, data) {
        noted.set(type, (noted.get(type) ?? 0) + 1);
        if (type === 'v2g.suppressed') suppressed += Number(data['entries']);
      },
    },
    answered: () => {},
    listening: (state) => listening.push(state),
  });
  expect(listening).toEqual([{ at: 'waiting' }]);
  cleanup.push(() => comm.close('over'));
  comm.open();
  await expect.poll(() => noted.has('v2g.listening')).toBe(true);
  expect(listening.slice(1)).toEqual([
    { at: 'opening' },
    { at: 'listening', on: expect.stringMatching(/^\[0:0:0:0:0:0:0:1\]:\d+$/) as string },
  ]);
  await flood(encodeSdpRequest({ security: 'none' }), 1500);
  await flood(Uint8Array.of(1, 2, 3), 1500);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await flood(encodeSdpRequest({ security: 'none' }), 1);
  await expect.poll(() => suppressed).toBeGreaterThan(1000);
  const entries = (noted.get('sdp.request') ?? 0) + (noted.get('v2g.malformed') ?? 0);
  expect(entries).toBeGreaterThan(10);
  expect(entries).toBeLessThan(1000);
  comm.close('over');
  expect(listening.at(-1)).toEqual({ at: 'waiting' });
});
