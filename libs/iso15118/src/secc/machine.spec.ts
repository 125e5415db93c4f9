import { describe, expect, it } from 'vitest';
import { REQUEST_NAMES, type RequestName } from '../iso2/body.ts';
import { ID, feed, req } from '../testing/feed-secc.ts';
import { sampleRequests } from '../testing/sample-requests.ts';
import type { SeccStateName } from './session.ts';

/** What each state answers; everything else is out of sequence. ISO 15118-2 8.8.4 */
const answered: { readonly [S in SeccStateName]?: readonly RequestName[] } = {
  'session-setup': ['SessionSetupReq'],
  'service-discovery': ['ServiceDiscoveryReq', 'SessionStopReq'],
  'service-selection': ['ServiceDetailReq', 'PaymentServiceSelectionReq', 'SessionStopReq'],
  authorization: ['AuthorizationReq', 'SessionStopReq'],
  'charge-parameters': ['ChargeParameterDiscoveryReq', 'SessionStopReq'],
  'cable-check': ['CableCheckReq', 'SessionStopReq'],
  'pre-charge': ['PreChargeReq', 'PowerDeliveryReq', 'SessionStopReq'],
  'power-delivery': ['PowerDeliveryReq', 'SessionStopReq'],
  'powering-on': [],
  charging: ['ChargingStatusReq', 'SessionStopReq'],
  'current-demand': ['CurrentDemandReq', 'SessionStopReq'],
  'power-off': ['WeldingDetectionReq', 'SessionStopReq'],
};

describe('sequence control', () => {
  for (const [at, names] of Object.entries(answered) as [SeccStateName, RequestName[]][]) {
    it.each(REQUEST_NAMES.map((name) => [name, names.includes(name)] as const))(
      `in ${at} %s is answered: %s`,
      (name, good) => {
        const { code, name: response, asks, state, told } = feed(at, sampleRequests[name]);
        if (good) {
          expect(asks || code?.startsWith('OK')).toBe(true);
          return;
        }
        expect([response, code]).toEqual([name.replace('Req', 'Res'), 'FAILED_SequenceError']);
        expect(state.at).toBe('ended');
        expect(told.at(-1)).toEqual({
          request: 'lost',
          reason: `FAILED_SequenceError to ${name}`,
        });
      },
    );
  }

  it('in ended nothing is answered at all', () => {
    for (const name of REQUEST_NAMES)
      expect(feed('ended', sampleRequests[name]).effects).toEqual([]);
  });

  it('a start while power is on is out of sequence, a stop is not', () => {
    const start = sampleRequests.PowerDeliveryReq;
    const stop = req('PowerDeliveryReq', { ChargeProgress: 'Stop' });
    for (const at of ['charging', 'current-demand'] as const) {
      expect(feed(at, start).code).toBe('FAILED_SequenceError');
      expect(feed(at, stop)).toMatchObject({ code: 'OK', state: { at: 'power-off' } });
    }
  });

  it('a start before any pre-charge is out of sequence', () => {
    const { code } = feed('pre-charge', sampleRequests.PowerDeliveryReq, {
      kind: 'DC',
      session: { preCharged: false },
    });
    expect(code).toBe('FAILED_SequenceError');
  });
});

describe('session id', () => {
  const established = Object.keys(answered).filter((at) => at !== 'session-setup');
  it.each(established as SeccStateName[])('another one in %s: FAILED_UnknownSession', (at) => {
    const name = answered[at]?.[0] ?? 'ChargingStatusReq';
    for (const sessionId of [new Uint8Array(8), ID.slice(0, 7), new Uint8Array(0)]) {
      const { code, state, told } = feed(at, sampleRequests[name], { sessionId });
      expect([code, state.at, told.at(-1)?.request]).toEqual([
        'FAILED_UnknownSession',
        'ended',
        'lost',
      ]);
    }
  });

  it('a car that comes with an old one gets a new session', () => {
    const sessionId = Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9);
    const { code } = feed('session-setup', sampleRequests.SessionSetupReq, { sessionId });
    expect(code).toBe('OK_NewSessionEstablished');
  });
});
