import { describe, expect, it } from 'vitest';
import { type BenchFacts, childPlans } from './children.ts';

const listener = (fd: number) => ({ fd, host: '127.0.0.1', port: 8000 + fd, close: () => {} });
const inside = (name: string) => ({ name, path: `/run/netns/${name}` });

const facts: BenchFacts = {
  options: {
    vehicle: true,
    csms: true,
    evses: [{ id: 1 }, { id: 2 }],
    onInterfaces: false,
    id: 'CP1',
    data: '/d',
    host: '127.0.0.1',
    verbose: false,
  },
  mode: 'namespaces',
  network: {
    vehicle: inside('v'),
    charger: inside('c'),
    uplink: inside('u'),
    serviceHost: '198.18.0.1',
  },
  sockets: '/run/s',
  meterPort: 5020,
  web: listener(10),
  csms: { web: listener(11), ocpp: listener(12) },
  csmsUrl: 'ws://198.18.0.1:9000/ocpp',
};

describe('childPlans', () => {
  it('puts each program into its namespace, with its listeners', () => {
    const plans = childPlans(facts);
    expect(plans.map((plan) => [plan.name, plan.namespace?.name, plan.listeners.length])).toEqual([
      ['csms', undefined, 2],
      ['internet', 'u', 0],
      ['rig', 'c', 0],
      ['charger', 'c', 1],
      ['vehicle', 'v', 0],
    ]);
  });

  it('tells the charger all that it needs', () => {
    expect(childPlans(facts).find((plan) => plan.name === 'charger')?.env).toEqual({
      KERBSIDE_EXIT_WITH_PARENT: '1',
      KERBSIDE_BENCH: '1',
      KERBSIDE_DATA: '/d',
      KERBSIDE_NETWORK_MODE: 'namespaces',
      KERBSIDE_EVSES: '1=ev0,2=ev1',
      KERBSIDE_RIG_SOCKET: '/run/s',
      KERBSIDE_METER_PORT: '5020',
      KERBSIDE_CP_ID: 'CP1',
      KERBSIDE_CSMS_URL: 'ws://198.18.0.1:9000/ocpp',
      KERBSIDE_UPLINK: 'uplink0',
      KERBSIDE_RESOLVERS: '203.0.113.53,2001:db8::53',
      KERBSIDE_TEST_NAME: 'www.example',
      LISTEN_FDS: '1',
      LISTEN_FDNAMES: 'web',
    });
  });

  it('leaves out what is not wanted, and names the given interfaces', () => {
    const { network: _network, csms: _csms, csmsUrl: _url, ...rest } = facts;
    const options = {
      ...facts.options,
      vehicle: false,
      csms: false,
      evses: [{ id: 3, interface: 'plc0' }],
    };
    const plans = childPlans({ ...rest, options, mode: 'caller' });
    expect(plans.map((plan) => plan.name)).toEqual(['rig', 'charger']);
    expect(plans[1]?.env).toMatchObject({
      KERBSIDE_EVSES: '3=plc0',
      KERBSIDE_NETWORK_MODE: 'caller',
    });
    expect(plans[1]?.env).not.toHaveProperty('KERBSIDE_CSMS_URL');
    expect(plans[1]?.env).not.toHaveProperty('KERBSIDE_UPLINK');
  });

  it('names the uplink of the machine where it is told one', () => {
    const { network: _network, ...rest } = facts;
    const options = {
      ...facts.options,
      evses: [{ id: 3, interface: 'plc0' }],
      onInterfaces: true,
      uplink: 'eth0',
    };
    const charger = childPlans({ ...rest, options, mode: 'caller' }).find(
      ({ name }) => name === 'charger',
    );
    expect(charger?.env).toMatchObject({
      KERBSIDE_UPLINK: 'eth0',
      KERBSIDE_NETWORK_MODE: 'caller',
    });
    expect(charger?.env).not.toHaveProperty('KERBSIDE_RESOLVERS');
  });

  it('says that V2G goes over loopback where there are no interfaces', () => {
    const { network: _network, ...rest } = facts;
    const [, rig] = childPlans({ ...rest, mode: 'sockets' });
    expect(rig?.env).toMatchObject({ KERBSIDE_EVSES: '1=lo,2=lo', KERBSIDE_V2G_LOOPBACK: '1' });
  });
});
