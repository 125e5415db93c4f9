import { amps, millis, volts, wattHours, watts, type Clock } from '@kerbside/kernel';
import type { EvseSide, EvseView, HlcRequest, PowerOnResult } from '../ports.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface FakeEvse extends EvseSide {
  /** The live state; a test writes to it. */
  readonly live: Mutable<EvseView>;
  readonly requests: HlcRequest[];
  /** What `powerOn` comes to; a test replaces it. */
  powering: () => Promise<PowerOnResult>;
}

/** An EVSE that says yes: it authorises at once, tests the cable in 500 ms, and follows every set point. */
export function fakeEvse(kind: 'AC' | 'DC', clock: Clock): FakeEvse {
  const live: Mutable<EvseView> = {
    authorization: 'waiting',
    transaction: undefined,
    contactor: 'open',
    stop: undefined,
    fault: undefined,
    cableCheck: 'idle',
    present: { voltage: volts(0), current: amps(0) },
    maxCurrent: amps(kind === 'AC' ? 16 : 125),
    supply:
      kind === 'AC'
        ? undefined
        : {
            minVoltage: volts(150),
            maxVoltage: volts(920),
            minCurrent: amps(1),
            maxCurrent: amps(125),
            maxPower: watts(50_000),
          },
    meter: { id: 'KB-1', energy: wattHours(12_345) },
  };
  const requests: HlcRequest[] = [];
  const evse: FakeEvse = {
    live,
    requests,
    view: () => ({ ...live }),
    powering: () => Promise.resolve({ on: true }),
    async powerOn() {
      const result = await evse.powering();
      if (result.on) live.contactor = 'closed';
      return result;
    },
    request(request) {
      requests.push(request);
      switch (request.request) {
        case 'authorize':
          live.authorization = 'accepted';
          live.transaction = 'T1';
          return;
        case 'cable-check':
          live.cableCheck = 'ongoing';
          clock.arm(millis(500), () => (live.cableCheck = 'valid'));
          return;
        case 'pre-charge':
          live.present = { voltage: request.voltage, current: amps(0) };
          return;
        case 'demand':
          live.present = { voltage: request.voltage, current: request.current };
          return;
        case 'power-off':
        case 'lost':
          live.contactor = 'open';
          live.present = { voltage: volts(0), current: amps(0) };
          return;
        case 'session-setup':
        case 'charge-parameters':
        case 'welding-detection':
        case 'session-stop':
      }
    },
  };
  return evse;
}
