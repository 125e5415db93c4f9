import { describe, expect, it } from 'vitest';
import { millis } from '@kerbside/kernel';
import {
  EVCC_REQUESTS,
  MISBEHAVIOURS,
  type EvccRequestName,
  type MisbehaviourKind,
} from '@kerbside/iso15118';
import { session } from './session.ts';

/** How the SECC takes each misbehaviour once a session is established. */
const outcome: { readonly [K in MisbehaviourKind]: RegExp } = {
  'wrong-session-id': /^FAILED_UnknownSession to /,
  'out-of-sequence': /^FAILED_SequenceError to SessionSetupReq$/,
  'malformed-exi': /^malformed message: exi\.header$/,
  'unknown-message': /^SessionStopRes is no request$/,
  'unknown-payload-type': /^malformed message: v2gtp\.type$/,
  'false-v2gtp-length': /^V2G_SECC_Sequence_Timeout ran out$|^the car closed the connection/,
  'promise-4-gib': /^malformed message: v2gtp\.length$/,
  truncated: /^malformed message: exi\./,
  silent: /^V2G_SECC_Sequence_Timeout ran out$|^the car closed the connection/,
  'abrupt-close': /^the car closed the connection/,
};

const isDcOnly = (at: EvccRequestName) =>
  ['CableCheckReq', 'PreChargeReq', 'CurrentDemandReq', 'WeldingDetectionReq'].includes(at);

describe.each(MISBEHAVIOURS)('a car that does wrong: %s', (kind) => {
  it.each(EVCC_REQUESTS)(
    'at %s: the session ends, power is off, and it is in the journal',
    async (at) => {
      const s = session(isDcOnly(at) ? 'DC' : 'AC', {
        misbehaviour: { kind, at },
        internetSets: [3],
      });
      await s.run(100_000);
      expect(s.secc.state).toBe('ended');
      expect(s.evse.live.contactor).toBe('open');
      expect(s.closed).toHaveLength(2);
      expect(s.clock.pending).toBe(0);
      expect(s.log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
      if (kind === 'wrong-session-id' && at === 'SessionSetupReq') {
        // Whatever session it comes with, it gets a new one.
        expect(s.end()?.report).toBe('done');
        return;
      }
      expect(s.evccReports.some((r) => r.report === 'failed')).toBe(true);
      const ended = s.seccReports.filter((r) => r.report === 'ended');
      expect(ended).toHaveLength(1);
      const early = at === 'supportedAppProtocolReq' || at === 'SessionSetupReq';
      if (!early) expect(ended[0]?.reason).toMatch(outcome[kind]);
      expect(s.evse.requests.at(-1)?.request).toBe('lost');
    },
  );
});

describe('what a bad message leaves in the journal', () => {
  it('a malformed message: its code, place and bytes', async () => {
    const s = session('AC', { misbehaviour: { kind: 'malformed-exi', at: 'AuthorizationReq' } });
    await s.run(5000);
    expect(s.seccReports).toContainEqual({
      report: 'malformed',
      code: 'exi.header',
      reason: expect.stringContaining('0x80') as string,
      offset: 0,
      raw: Uint8Array.of(1, 2, 3, 4),
    });
  });

  it('a refused request and its refusal, never flagged as a repeat', async () => {
    const s = session('AC', {
      misbehaviour: { kind: 'wrong-session-id', at: 'ChargingStatusReq' },
    });
    await s.run(5000);
    const last = s.seccReports.filter((r) => r.report === 'message').slice(-2);
    expect(last).toMatchObject([
      { direction: 'in', name: 'ChargingStatusReq' },
      { direction: 'out', responseCode: 'FAILED_UnknownSession', loop: false },
    ]);
  });
});

describe('time limits', () => {
  it('ends the session 60 s after the last response (V2G_SECC_Sequence_Timeout)', async () => {
    const s = session('AC', {
      misbehaviour: { kind: 'silent', at: 'AuthorizationReq' },
      patience: 1000,
    });
    await s.run(59_900);
    expect(s.secc.state).toBe('authorization');
    await s.clock.run(millis(300), 5);
    expect(s.secc.state).toBe('ended');
    expect(s.seccReports.at(-1)).toEqual({
      report: 'state',
      state: 'ended',
      previous: 'authorization',
    });
  });

  it('ends a connection without a session after 20 s (V2G_SECC_CommunicationSetup_Timeout)', async () => {
    const s = session('AC', {
      misbehaviour: { kind: 'silent', at: 'SessionSetupReq' },
      patience: 1000,
    });
    await s.run(19_900);
    expect(s.secc.state).toBe('session-setup');
    await s.clock.run(millis(200), 5);
    expect(s.secc.state).toBe('ended');
    expect(s.evse.requests).toEqual([
      { request: 'lost', reason: 'V2G_SECC_CommunicationSetup_Timeout ran out' },
    ]);
  });

  it('answers PowerDelivery within 4.5 s, and the contactor that closes late is opened', async () => {
    const s = session('AC');
    s.evse.powering = () =>
      new Promise((resolve) => s.clock.arm(millis(6000), () => resolve({ on: true })));
    await s.run(30_000);
    expect(s.end()).toEqual({
      report: 'failed',
      reason: 'FAILED_PowerDeliveryNotApplied in PowerDeliveryRes',
    });
    expect(s.evse.requests.at(-1)).toEqual({
      request: 'lost',
      reason: 'FAILED_PowerDeliveryNotApplied to PowerDeliveryReq',
    });
  });

  it('waits 5 s for the car to close after the last response, then closes', async () => {
    const misbehaviour = { kind: 'out-of-sequence', at: 'AuthorizationReq' } as const;
    const s = session('AC', { misbehaviour, patience: 1000 });
    // A car that does not close by itself.
    s.pipe.own(
      { onBytes: (bytes) => s.secc.onBytes(bytes), onClosed: (reason) => s.secc.onClosed(reason) },
      {
        onBytes: (bytes) => {
          if (s.secc.state !== 'ended') s.evcc.onBytes(bytes);
        },
        onClosed: (reason) => s.closed.push(reason),
      },
    );
    s.evcc.start();
    await s.clock.run(millis(500), 5);
    expect([s.secc.state, s.closed]).toEqual(['ended', []]);
    await s.clock.run(millis(4000), 5);
    expect(s.closed).toEqual([]);
    await s.clock.run(millis(1000), 5);
    expect(s.closed).toEqual(['closed by the peer']);
  });
});
