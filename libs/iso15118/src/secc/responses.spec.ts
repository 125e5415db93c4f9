import { describe, expect, it } from 'vitest';
import { amps, volts } from '@kerbside/kernel';
import type { Iso2Request } from '../iso2/body.ts';
import type { EvseView } from '../ports.ts';
import { ID, MOMENT, feed, req, testConfig, view } from '../testing/feed-secc.ts';
import { sampleRequests } from '../testing/sample-requests.ts';
import type { SeccEffect } from './inputs.ts';
import { seccMachine } from './machine.ts';
import { newSession } from './session.ts';

describe('service and payment selection', () => {
  const select = (option: string, services: readonly object[]) =>
    feed(
      'service-selection',
      req('PaymentServiceSelectionReq', {
        SelectedPaymentOption: option,
        SelectedServiceList: { SelectedService: services },
      }),
    ).code;
  const charge = { ServiceID: 1 };

  it.each([
    ['ExternalPayment', [charge], 'OK'],
    ['ExternalPayment', [charge, { ServiceID: 3, ParameterSetID: 3 }], 'OK'],
    ['Contract', [charge], 'FAILED_PaymentSelectionInvalid'],
    ['ExternalPayment', [{ ServiceID: 3, ParameterSetID: 3 }], 'FAILED_NoChargeServiceSelected'],
    ['ExternalPayment', [charge, { ServiceID: 3 }], 'FAILED_ServiceSelectionInvalid'],
    [
      'ExternalPayment',
      [charge, { ServiceID: 3, ParameterSetID: 4 }],
      'FAILED_ServiceSelectionInvalid',
    ],
    [
      'ExternalPayment',
      [charge, { ServiceID: 2, ParameterSetID: 1 }],
      'FAILED_ServiceSelectionInvalid',
    ],
  ])('%s %j: %s', (option, services, code) => expect(select(option, services)).toBe(code));

  it.each([
    [1, 'OK'],
    [3, 'OK'],
    [2, 'FAILED_ServiceIDInvalid'],
    [65535, 'FAILED_ServiceIDInvalid'],
  ])('details of service %i: %s', (ServiceID, code) => {
    expect(feed('service-selection', req('ServiceDetailReq', { ServiceID })).code).toBe(code);
  });

  it.each([
    [{}, true],
    [{ ServiceCategory: 'Internet' }, true],
    [{ ServiceCategory: 'EVCharging' }, false],
    [{ ServiceScope: 'city' }, false],
  ])('discovery with %j lists the internet service: %s', (body, listed) => {
    const res = feed('service-discovery', { ServiceDiscoveryReq: body } as Iso2Request).body as {
      ServiceList?: object;
    };
    expect(res.ServiceList !== undefined).toBe(listed);
  });
});

describe('charge parameters', () => {
  const A = (Value: number, Unit = 'A') => ({ Multiplier: 0, Unit, Value });
  const ac = (mode: string, more: object) =>
    feed(
      'charge-parameters',
      req('ChargeParameterDiscoveryReq', {
        RequestedEnergyTransferMode: mode,
        AC_EVChargeParameter: {
          EAmount: A(9000, 'Wh'),
          EVMaxVoltage: A(400, 'V'),
          EVMaxCurrent: A(32),
          EVMinCurrent: A(6),
          ...more,
        },
      }),
    );
  const dcParameter = {
    DC_EVStatus: { EVReady: true, EVErrorCode: 'NO_ERROR', EVRESSSOC: 40 },
    EVMaximumCurrentLimit: A(100),
    EVMaximumVoltageLimit: A(400, 'V'),
  };
  const dc = (more: object, facts: Partial<EvseView> = {}) =>
    feed(
      'charge-parameters',
      {
        ChargeParameterDiscoveryReq: {
          RequestedEnergyTransferMode: 'DC_extended',
          DC_EVChargeParameter: { ...dcParameter, ...more },
        },
      } as Iso2Request,
      { kind: 'DC', facts },
    );

  it.each([
    ['AC_three_phase_core', {}, 'OK'],
    ['AC_three_phase_core', { EVMinCurrent: A(0) }, 'OK'],
    ['AC_single_phase_core', {}, 'FAILED_WrongEnergyTransferMode'],
    ['DC_extended', {}, 'FAILED_WrongEnergyTransferMode'],
    ['AC_three_phase_core', { EVMaxCurrent: A(32, 'V') }, 'FAILED_WrongChargeParameter'],
    ['AC_three_phase_core', { EVMaxCurrent: A(-1) }, 'FAILED_WrongChargeParameter'],
    ['AC_three_phase_core', { EVMinCurrent: A(33) }, 'FAILED_WrongChargeParameter'],
    ['AC_three_phase_core', { EVMaxVoltage: A(0, 'V') }, 'FAILED_WrongChargeParameter'],
  ])('AC %s %j: %s', (mode, more, code) => {
    const answer = ac(mode, more);
    expect(answer.code).toBe(code);
    expect(answer.state.at).toBe(code === 'OK' ? 'power-delivery' : 'ended');
  });

  it('AC mode with the parameters of DC: FAILED_WrongChargeParameter', () => {
    const request = {
      ChargeParameterDiscoveryReq: {
        RequestedEnergyTransferMode: 'AC_three_phase_core',
        DC_EVChargeParameter: dcParameter,
      },
    } as Iso2Request;
    expect(feed('charge-parameters', request).code).toBe('FAILED_WrongChargeParameter');
  });

  it.each([
    [{}, 'OK'],
    [{ EVMaximumVoltageLimit: A(0, 'V') }, 'FAILED_WrongChargeParameter'],
    [{ EVMaximumVoltageLimit: A(149, 'V') }, 'FAILED_WrongChargeParameter'],
    [{ EVMaximumCurrentLimit: A(0) }, 'FAILED_WrongChargeParameter'],
    [{ EVMaximumCurrentLimit: A(10, 'W') }, 'FAILED_WrongChargeParameter'],
  ])('DC %j: %s', (more, code) => expect(dc(more).code).toBe(code));

  it('offers a schedule of all that the EVSE has', () => {
    const { body } = ac('AC_three_phase_core', { DepartureTime: 7200 });
    expect(body).toMatchObject({
      EVSEProcessing: 'Finished',
      SAScheduleList: {
        SAScheduleTuple: [
          {
            SAScheduleTupleID: 1,
            PMaxSchedule: {
              PMaxScheduleEntry: [
                {
                  RelativeTimeInterval: { start: 0, duration: 7200 },
                  PMax: { Multiplier: 0, Unit: 'W', Value: 11_040 },
                },
              ],
            },
          },
        ],
      },
      AC_EVSEChargeParameter: { EVSEMaxCurrent: { Multiplier: 0, Unit: 'A', Value: 16 } },
    });
  });

  it('holds the car with Ongoing while the supply has not told what it can do', () => {
    const answer = dc({}, { supply: undefined });
    expect(answer.body).toMatchObject({ ResponseCode: 'OK', EVSEProcessing: 'Ongoing' });
    expect(answer.state.at).toBe('charge-parameters');
  });
});

describe('power delivery', () => {
  const W = (Value: number, Multiplier = 0) => ({ Multiplier, Unit: 'W', Value });
  const start = (more: object) => feed('power-delivery', req('PowerDeliveryReq', more));
  const profile = (power: object) => ({
    ChargingProfile: {
      ProfileEntry: [{ ChargingProfileEntryStart: 0, ChargingProfileEntryMaxPower: power }],
    },
  });

  it.each([
    [{ SAScheduleTupleID: 2 }, 'FAILED_TariffSelectionInvalid'],
    [profile(W(11_041 + 1)), 'FAILED_ChargingProfileInvalid'],
    [profile(W(12, 3)), 'FAILED_ChargingProfileInvalid'],
    [{ ChargeProgress: 'Renegotiate' }, 'FAILED_PowerDeliveryNotApplied'],
  ])('%j: %s', (more, code) => expect(start(more).code).toBe(code));

  it.each([profile(W(11_040)), profile(W(11, 3)), {}])('%j asks for power', (more) => {
    const { asks, code, state } = start(more);
    expect([asks, code, state.at]).toEqual([true, undefined, 'powering-on']);
  });

  const powering = (kind: 'AC' | 'DC') => ({
    at: 'powering-on' as const,
    session: {
      ...newSession(ID),
      established: true,
      mode: kind === 'AC' ? ('AC_three_phase_core' as const) : ('DC_extended' as const),
    },
    pending: view(kind),
  });
  const answer = (kind: 'AC' | 'DC', on: boolean, facts: Partial<EvseView> = {}) => {
    const step = seccMachine(testConfig(kind), ID).step(
      powering(kind),
      {
        on: 'answer',
        id: 'power-on',
        answer: { result: on ? { on } : { on, reason: 'no' }, facts: view(kind, facts) },
      },
      MOMENT,
    );
    return { at: step.state.at, sent: codeIn(step.effects) };
  };
  const codeIn = (effects: readonly SeccEffect[]) => {
    const sent = effects.find((effect) => effect.do === 'send');
    return sent && (Object.values(sent.response)[0] as { ResponseCode: string }).ResponseCode;
  };

  it('goes into the charge loop of its kind when the contactor has closed', () => {
    expect(answer('AC', true)).toEqual({ at: 'charging', sent: 'OK' });
    expect(answer('DC', true)).toEqual({ at: 'current-demand', sent: 'OK' });
  });

  it('says why it does not close', () => {
    expect(answer('AC', false).sent).toBe('FAILED_PowerDeliveryNotApplied');
    expect(answer('AC', false, { fault: 'contactor-stuck' }).sent).toBe('FAILED_ContactorError');
    expect(answer('DC', false, { fault: 'x' }).sent).toBe('FAILED_PowerDeliveryNotApplied');
  });

  it('answers within its performance time when the contactor does not', () => {
    const machine = seccMachine(testConfig('AC'), ID);
    const first = start({});
    expect(first.effects).toContainEqual({ do: 'arm', timer: 'power-on', after: 4500 });
    const late = machine.step(powering('AC'), { on: 'timeout', timer: 'power-on' }, MOMENT);
    expect(codeIn(late.effects)).toBe('FAILED_PowerDeliveryNotApplied');
    expect(late.state.at).toBe('ended');
  });

  it('a late answer changes nothing', () => {
    const ended = { ...powering('AC'), at: 'ended' as const };
    const input = {
      on: 'answer',
      id: 'power-on',
      answer: { result: { on: true }, facts: view('AC') },
    };
    expect(seccMachine(testConfig('AC'), ID).step(ended, input as never, MOMENT).effects).toEqual(
      [],
    );
  });
});

describe('status of the EVSE', () => {
  const demand = (facts: Partial<EvseView>) =>
    feed('current-demand', sampleRequests.CurrentDemandReq, { kind: 'DC', facts })
      .body as unknown as {
      DC_EVSEStatus: object;
    };
  it.each([
    [{ cableCheck: 'valid' }, 'None', 'EVSE_Ready', 'Valid'],
    [{ cableCheck: 'warning' }, 'None', 'EVSE_Ready', 'Warning'],
    [{ cableCheck: 'valid', stop: 'Remote' }, 'StopCharging', 'EVSE_Shutdown', 'Valid'],
    [
      { cableCheck: 'valid', stop: 'EmergencyStop' },
      'StopCharging',
      'EVSE_EmergencyShutdown',
      'Valid',
    ],
    [{ cableCheck: 'valid', fault: 'hot' }, 'StopCharging', 'EVSE_Malfunction', 'Valid'],
    [{ cableCheck: 'fault' }, 'None', 'EVSE_Malfunction', 'Fault'],
  ] as const)('%j', (facts, EVSENotification, EVSEStatusCode, EVSEIsolationStatus) => {
    expect(demand(facts).DC_EVSEStatus).toEqual({
      NotificationMaxDelay: 0,
      EVSENotification,
      EVSEStatusCode,
      EVSEIsolationStatus,
    });
  });

  it('tells which limit is reached, and what the meter shows', () => {
    const facts = { maxCurrent: amps(30), present: { voltage: volts(360), current: amps(30) } };
    expect(demand(facts)).toMatchObject({
      EVSECurrentLimitAchieved: true,
      EVSEVoltageLimitAchieved: false,
      EVSEPowerLimitAchieved: false,
      ReceiptRequired: false,
      MeterInfo: { MeterID: 'KB-1', MeterReading: 12_345n },
    });
  });

  it('leaves the meter out while it does not answer', () => {
    const { body } = feed('charging', sampleRequests.ChargingStatusReq, {
      facts: { meter: undefined },
    });
    expect(body).not.toHaveProperty('MeterInfo');
    expect(body).toMatchObject({ AC_EVSEStatus: { EVSENotification: 'None', RCD: false } });
  });

  it('refuses a demand in a wrong unit or below nothing', () => {
    const bad = [
      { EVTargetCurrent: { Multiplier: 0, Unit: 'V', Value: 1 } },
      { EVTargetVoltage: { Multiplier: 0, Unit: 'V', Value: -1 } },
    ];
    for (const more of bad) {
      const { code, told } = feed('current-demand', req('CurrentDemandReq', more), { kind: 'DC' });
      expect([code, told.map(({ request }) => request)]).toEqual(['FAILED', ['power-off', 'lost']]);
    }
  });
});
