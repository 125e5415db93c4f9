import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { cameOver } from './ev-side.ts';

const on = (address: string) => ({ address }) as NetworkInterfaceInfo;
const interfaces = {
  ev0: [on('fe80::1'), on('192.168.37.1')],
  eth0: [on('10.0.0.5'), on('fe80::2')],
};

it.each([
  ['our link-local address of the EV interface', 'fe80::1', 'fe80::99%ev0', true],
  ['our IPv4 address of the EV interface', '::ffff:192.168.37.1', '::ffff:192.168.37.9', true],
  ['another address of ours, reached over the EV interface', '10.0.0.5', 'fe80::99%ev0', true],
  ['the uplink', '10.0.0.5', '10.0.0.9', false],
  ['the uplink by link-local address', 'fe80::2', 'fe80::77%eth0', false],
  ['loopback', '127.0.0.1', '127.0.0.1', false],
])('knows %s', (_, localAddress, remoteAddress, refused) => {
  expect(cameOver({ localAddress, remoteAddress }, ['ev0'], interfaces)).toBe(refused);
});
