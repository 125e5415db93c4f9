import { describe, expect, it } from 'vitest';
import { amps, millis } from '@kerbside/kernel';
import { session } from './session.ts';

const setUp = [
  'supportedAppProtocolReq',
  'supportedAppProtocolRes',
  'SessionSetupReq',
  'SessionSetupRes',
  'ServiceDiscoveryReq',
  'ServiceDiscoveryRes',
  'PaymentServiceSelectionReq',
  'PaymentServiceSelectionRes',
  'AuthorizationReq',
  'AuthorizationRes',
  'ChargeParameterDiscoveryReq',
  'ChargeParameterDiscoveryRes',
];

describe('an AC session', () => {
  it('runs from the handshake to the end, and the EVSE learns each step', async () => {
    const s = session('AC');
    await s.run(30_000);
    expect(s.end()).toEqual({ report: 'done', reason: 'the car has enough' });
    expect(s.messages()).toEqual([
      ...setUp,
      'PowerDeliveryReq',
      'PowerDeliveryRes',
      'ChargingStatusReq',
      'ChargingStatusRes',
      'PowerDeliveryReq',
      'PowerDeliveryRes',
      'SessionStopReq',
      'SessionStopRes',
    ]);
    expect(s.evse.requests).toEqual([
      { request: 'session-setup', evccId: '024B53000101', protocol: 'ISO 15118-2' },
      { request: 'authorize' },
      {
        request: 'charge-parameters',
        mode: 'AC',
        maxVoltage: 400,
        maxCurrent: 32,
        minCurrent: 6,
        energyWanted: 20_000,
      },
      { request: 'power-off' },
      { request: 'session-stop', pause: false },
    ]);
    expect(s.states()).toEqual([
      'session-setup',
      'service-discovery',
      'service-selection',
      'authorization',
      'charge-parameters',
      'power-delivery',
      'powering-on',
      'charging',
      'power-off',
      'ended',
    ]);
    expect(s.log.lines).toEqual([]);
    expect(s.clock.pending).toBe(0);
  });

  it('moves the pilot before power, takes the offered current, and lets go of it at the end', async () => {
    const s = session('AC');
    await s.run(30_000);
    expect(s.car.orders.slice(0, 3)).toEqual([
      { order: 'pilot', state: 'C' },
      { order: 'charge' },
      { order: 'charge', maxCurrent: 16 },
    ]);
    expect(s.car.orders.slice(-3)).toEqual([
      { order: 'stop-charge' },
      { order: 'battery-contactor', closed: false },
      { order: 'pilot', state: 'B' },
    ]);
  });

  it('waits for the driver, for minutes if need be', async () => {
    const s = session('AC');
    const { request } = s.evse;
    s.evse.request = (r) => {
      if (r.request === 'authorize') s.evse.requests.push(r);
      else request(r);
    };
    await s.run(240_000);
    expect([s.secc.state, s.end()]).toEqual(['authorization', undefined]);
    expect(s.evse.requests.filter((r) => r.request === 'authorize')).toHaveLength(1);
    s.evse.live.authorization = 'accepted';
    await s.clock.run(millis(30_000), 5);
    expect(s.end()).toEqual({ report: 'done', reason: 'the car has enough' });
  });

  it('ends a session whose driver is refused', async () => {
    const s = session('AC');
    const { request } = s.evse;
    s.evse.request = (r) => {
      request(r);
      if (r.request === 'authorize') s.evse.live.authorization = 'rejected';
    };
    await s.run(30_000);
    expect(s.end()).toEqual({ report: 'failed', reason: 'FAILED in AuthorizationRes' });
    expect(s.evse.requests.at(-1)).toEqual({
      request: 'lost',
      reason: 'FAILED to AuthorizationReq',
    });
  });

  it('tells a new limit within one turn of the loop', async () => {
    const s = session('AC');
    s.car.turns = 1000;
    await s.run(5000);
    s.evse.live.maxCurrent = amps(7.5);
    await s.clock.run(millis(600), 5);
    expect(s.car.orders.at(-1)).toEqual({ order: 'charge', maxCurrent: 7.5 });
  });

  it('asks the car to stop, and the car stops in good order', async () => {
    const s = session('AC');
    s.car.turns = 1000;
    await s.run(5000);
    s.evse.live.stop = 'Remote';
    await s.clock.run(millis(3000), 5);
    expect(s.end()).toEqual({ report: 'done', reason: 'the EVSE asked to stop' });
    expect(s.evse.requests.slice(-2)).toEqual([
      { request: 'power-off' },
      { request: 'session-stop', pause: false },
    ]);
  });

  it('takes a pause as the end of this connection, and says so', async () => {
    const s = session('AC', { pause: true });
    await s.run(30_000);
    expect(s.end()?.report).toBe('done');
    expect(s.evse.requests.at(-1)).toEqual({ request: 'session-stop', pause: true });
  });

  it('failure 11: a pause ends what the car was given for the session, such as internet', async () => {
    const s = session('AC', { pause: true, internetSets: [3] });
    await s.run(30_000);
    expect(s.seccReports.filter(({ report }) => report === 'vas.selected')).toHaveLength(1);
    expect(s.evse.requests.at(-1)).toEqual({ request: 'session-stop', pause: true });
    expect(s.seccReports.at(-1)).toMatchObject({ report: 'state', state: 'ended' });
    expect(s.seccReports.filter(({ report }) => report === 'ended')).toHaveLength(1);
  });

  it('reports which internet service was selected', async () => {
    const s = session('AC', { internetSets: [3, 4] });
    await s.run(30_000);
    expect(s.end()?.report).toBe('done');
    expect(s.evccReports).toContainEqual({ report: 'services', offered: [3] });
    expect(s.seccReports).toContainEqual({
      report: 'vas.selected',
      services: [
        { serviceId: 3, parameterSetId: 3 },
        { serviceId: 3, parameterSetId: 4 },
      ],
    });
    expect(s.messages()).toContain('ServiceDetailRes');
  });
});

describe('a DC session', () => {
  it('runs from the handshake to the end, and the EVSE learns each step', async () => {
    const s = session('DC');
    await s.run(30_000);
    expect(s.end()).toEqual({ report: 'done', reason: 'the car has enough' });
    expect(s.messages()).toEqual([
      ...setUp,
      'CableCheckReq',
      'CableCheckRes',
      'PreChargeReq',
      'PreChargeRes',
      'PowerDeliveryReq',
      'PowerDeliveryRes',
      'CurrentDemandReq',
      'CurrentDemandRes',
      'PowerDeliveryReq',
      'PowerDeliveryRes',
      'WeldingDetectionReq',
      'WeldingDetectionRes',
      'SessionStopReq',
      'SessionStopRes',
    ]);
    const told = s.evse.requests.map(({ request }) => request);
    expect(told.filter((name, i) => name !== told[i - 1])).toEqual([
      'session-setup',
      'authorize',
      'charge-parameters',
      'cable-check',
      'pre-charge',
      'demand',
      'power-off',
      'welding-detection',
      'session-stop',
    ]);
    expect(s.evse.requests.find(({ request }) => request === 'demand')).toEqual({
      request: 'demand',
      voltage: 365,
      current: 30,
      soc: 40,
    });
    expect(s.log.lines).toEqual([]);
    expect(s.clock.pending).toBe(0);
  });

  it('closes the battery contactor between pre-charge and power, opens it before welding detection', async () => {
    const s = session('DC');
    await s.run(30_000);
    expect(s.car.orders).toEqual([
      { order: 'pilot', state: 'C' },
      { order: 'battery-contactor', closed: true },
      { order: 'charge' },
      { order: 'stop-charge' },
      { order: 'battery-contactor', closed: false },
      { order: 'pilot', state: 'B' },
    ]);
  });

  it('does not take an old result for that of its own cable check', async () => {
    const s = session('DC');
    s.evse.live.cableCheck = 'valid';
    const { request } = s.evse;
    s.evse.request = (r) => {
      request(r);
      if (r.request === 'cable-check') s.evse.live.cableCheck = 'fault';
    };
    await s.run(30_000);
    expect(s.end()).toEqual({ report: 'failed', reason: 'FAILED in CableCheckRes' });
    expect(s.evse.requests.map((r) => r.request)).not.toContain('pre-charge');
  });

  it('shows a fault in the status while charging, and the car stops', async () => {
    const s = session('DC');
    s.car.turns = 100_000;
    await s.run(8000);
    expect(s.secc.state).toBe('current-demand');
    s.evse.live.fault = 'overheated';
    await s.clock.run(millis(3000), 5);
    expect(s.end()).toEqual({ report: 'done', reason: 'the EVSE asked to stop' });
  });
});
