import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFrameHub, openSocketFrameLink, systemClock } from '@kerbside/host';
import { fromHex, toHex } from '@kerbside/kernel';
import type { FrameLink } from '@kerbside/slac';
import { afterEach, expect, it, vi } from 'vitest';
import type { EvseInstallation } from '../wiring/installation.ts';
import { openFrameLink } from './frame-link.ts';

/** The EV interface, whose address changes while it is open. */
const iface = vi.hoisted(() => ({ mac: Uint8Array.of(2, 0, 0, 0, 0xee, 1) }));
vi.mock('@kerbside/host', async (original) => ({
  ...(await original<typeof import('@kerbside/host')>()),
  openPacketFrameLink: (): FrameLink => ({
    get mac() {
      return iface.mac;
    },
    send: () => {},
    onFrame: () => () => {},
    close: () => {},
  }),
}));

const directory = mkdtempSync(join(tmpdir(), 'kbt-link-'));
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  rmSync(directory, { recursive: true, force: true });
});

it('the modem reaches the charger at the address that its EV interface has now', async () => {
  const modemSocket = join(directory, 'modem.sock');
  const hub = await openFrameHub(modemSocket);
  closers.push(() => hub.close());
  const link = openFrameLink(
    { id: 1, interface: 'ev1', modemSocket } as EvseInstallation,
    systemClock,
  );
  const modem = openSocketFrameLink(modemSocket, { mac: fromHex('00018700ee01'), hearAll: true });
  closers.push(
    () => link.close(),
    () => modem.close(),
  );
  const got: string[] = [];
  link.onFrame((bytes) => got.push(toHex(bytes.subarray(0, 6))));
  await vi.waitFor(() => expect(hub.members).toHaveLength(2), { timeout: 5000 });
  const frameTo = (mac: string) => fromHex(`${mac}00018700ee0188e1`.padEnd(120, '0'));
  iface.mac = Uint8Array.of(2, 0, 0, 0, 0xee, 9);
  modem.send(frameTo('02000000ee01'));
  modem.send(frameTo('02000000ee09'));
  await vi.waitFor(() => expect(got).toEqual(['02000000ee09']), { timeout: 5000 });
});
