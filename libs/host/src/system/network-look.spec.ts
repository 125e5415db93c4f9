import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { defaultsIn4, defaultsIn6, interfacesIn, lookAtNetwork } from './network-look.ts';

const dev = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets
    lo: 193558815  102276    0    0
 plc0: 0 0
eth0.7:12 0
`;
const zero = '0'.repeat(32);
const route6 = (destination: string, length: string, flags: string, name: string) =>
  `${destination} ${length} ${zero} 00 ${zero} 00000400 00000003 00000000 ${flags}     ${name}`;

describe('what the kernel says of the network', () => {
  it('names every interface, also one that is down', () => {
    expect([...interfacesIn(dev)]).toEqual(['lo', 'plc0', 'eth0.7']);
    expect([...interfacesIn('')]).toEqual([]);
  });

  it('finds the default routes of IPv4 that are up', () => {
    const route = [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
      'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
      'eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
      'wwan0\t00000000\t00000000\t0002\t0\t0\t0\t00000000\t0\t0\t0',
      'tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0',
      '',
    ].join('\n');
    expect(defaultsIn4(route)).toEqual(['eth0']);
  });

  it('finds the default routes of IPv6 that lead somewhere', () => {
    const routes = [
      route6(zero, '00', '00000003', 'eth0'),
      route6(`fe80${'0'.repeat(28)}`, '40', '00000001', 'plc0'),
      route6(zero, '00', '00200200', 'lo'),
      route6(zero, '00', '00000203', 'eth1'),
      '',
    ].join('\n');
    expect(defaultsIn6(routes)).toEqual(['eth0']);
  });

  it('looks at this machine as it is', () => {
    const look = lookAtNetwork();
    for (const name of Object.keys(networkInterfaces())) {
      expect(look.present).toContain(name);
      expect(look.running).toContain(name);
    }
    expect(look.present).toContain('lo');
    expect(look.linkLocal).not.toContain('lo');
  });
});
