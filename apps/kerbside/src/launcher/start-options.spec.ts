import { parseCommandLine, UsageError } from '@kerbside/host';
import { describe, expect, it } from 'vitest';
import { startOptions, startPlans } from './start-options.ts';

const read = (...args: string[]) =>
  startOptions(parseCommandLine(args, startPlans).options, '/home/.kerbside');

describe('options of start', () => {
  it('gives the whole bench by default', () => {
    expect(read('--bench')).toEqual({
      vehicle: true,
      csms: true,
      evses: [{ id: 1 }, { id: 2 }],
      onInterfaces: false,
      id: 'KERBSIDE-1',
      data: '/home/.kerbside',
      host: '127.0.0.1',
      verbose: false,
    });
  });

  it('gives the charger alone, for foreign vehicles and back-ends', () => {
    const args =
      '--bench --no-vehicle --no-csms --evse 1=eth1,2=plc0 --csms ws://10.0.0.1:9000/ocpp/ ' +
      '--id CP=7 --data /tmp/d --port 80 --listen 0.0.0.0';
    expect(read(...args.split(' '))).toEqual({
      vehicle: false,
      csms: false,
      evses: [
        { id: 1, interface: 'eth1' },
        { id: 2, interface: 'plc0' },
      ],
      onInterfaces: true,
      csmsUrl: 'ws://10.0.0.1:9000/ocpp',
      id: 'CP=7',
      data: '/tmp/d',
      port: 80,
      host: '0.0.0.0',
      verbose: false,
    });
  });

  it('starts no vehicle on real interfaces, and no CSMS beside another', () => {
    expect(read('--evse', '1=eth1')).toMatchObject({ vehicle: false, csms: true });
    expect(read('--csms', 'wss://csms.example')).toMatchObject({ vehicle: true, csms: false });
  });

  it('offers internet on real interfaces where an uplink is named', () => {
    expect(read('--evse', '1=plc0')).not.toHaveProperty('uplink');
    expect(read('--evse', '1=plc0', '--uplink', 'eth0')).toMatchObject({ uplink: 'eth0' });
  });

  it.each([
    [['--uplink', 'eth0'], '--uplink goes with --evse'],
    [['--evse', '1=eth1', '--uplink', 'a-name-too-long-for-one'], '--uplink takes the name'],
    [['--evse', '1=eth1', '--uplink', 'eth1'], 'name the same interface'],
    [['--evse', 'eth1'], '--evse takes 1=IFACE'],
    [['--evse', '0=eth1'], '--evse takes 1=IFACE'],
    [['--evse', '1=a-name-too-long-for-one'], '--evse takes 1=IFACE'],
    [['--evse', '1=a,1=b'], 'twice'],
    [['--evse', '1=a,2=a'], 'twice'],
    [['--evses', '0'], 'from 1 to 16'],
    [['--port', '0'], 'from 1 to 65535'],
    [['--port', '80.5'], 'from 1 to 65535'],
    [['--listen', 'charger.local'], 'takes an IP address'],
    [['--csms', 'http://csms.example'], '--csms takes an address such as'],
    [['--id', 'a/b'], '--id takes'],
  ])('refuses %j', (args, message) => {
    expect(() => read(...args)).toThrow(UsageError);
    expect(() => read(...args)).toThrow(message);
  });
});
