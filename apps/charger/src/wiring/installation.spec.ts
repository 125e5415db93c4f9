import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { benchInstallation, parseInstallation } from './installation.ts';

const evse = (id: number, more: object = {}) => ({
  id,
  interface: `ev${id}`,
  board: { path: `/run/board-${id}.sock` },
  meter: { host: '10.0.0.9', unit: id },
  ...more,
});

describe('an installation', () => {
  it('may have EVSEs that differ in all that is theirs', () => {
    expect(parseInstallation({ evses: [evse(1), evse(2)] }, 'test').evses).toHaveLength(2);
    const pilotAlone = [evse(1, { interface: undefined }), evse(2, { interface: undefined })];
    expect(parseInstallation({ evses: pilotAlone }, 'test').evses).toHaveLength(2);
  });

  it.each([
    ['EVSE id', evse(1, { board: { path: '/b' }, meter: { host: 'm' }, interface: 'x' })],
    ['OCPP connector', evse(2, { connector: 1 })],
    ['board', evse(2, { board: { path: '/run/board-1.sock' } })],
    ['meter', evse(2, { meter: { host: '10.0.0.9', port: 502, unit: 1 } })],
    ['EV interface', evse(2, { interface: 'ev1' })],
  ])('is refused where two EVSEs share one %s', (what, second) => {
    expect(() => parseInstallation({ evses: [evse(1), second] }, 'test')).toThrow(
      `${what} is given twice`,
    );
  });
});

describe('the bench', () => {
  const bench = (
    mode: string,
    uplink: { KERBSIDE_UPLINK?: string } = { KERBSIDE_UPLINK: 'uplink0' },
  ) =>
    benchInstallation(
      parseConfig({
        KERBSIDE_DATA: '/nowhere',
        KERBSIDE_BENCH: '1',
        KERBSIDE_RIG_SOCKET: '/run/rig',
        KERBSIDE_EVSES: '1=plc0',
        KERBSIDE_NETWORK_MODE: mode,
        ...uplink,
        KERBSIDE_RESOLVERS: '203.0.113.53,2001:db8::53',
      }),
    );

  it('gives cars the internet of its own namespace', () => {
    expect(bench('namespaces')).toMatchObject({
      internet: true,
      vas: { uplink: 'uplink0', resolvers: ['203.0.113.53', '2001:db8::53'] },
    });
  });

  it('gives none on interfaces of the machine until it is told to', () => {
    expect(bench('caller', {}).internet).toBe(false);
  });

  it('gives it on interfaces of the machine by the uplink that it is told', () => {
    expect(bench('caller', { KERBSIDE_UPLINK: 'eth0' })).toMatchObject({
      internet: true,
      vas: { uplink: 'eth0' },
    });
  });
});
