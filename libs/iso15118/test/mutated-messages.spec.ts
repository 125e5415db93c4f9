import { describe, expect, it } from 'vitest';
import { SeededRandom, settle } from '@kerbside/kernel/testing';
import { encodeV2gtp, type SeccStateName } from '@kerbside/iso15118';
import { REQUEST_NAMES, type Iso2Request, type RequestName } from '../src/iso2/body.ts';
import { writeIso2 } from '../src/iso2/codec.ts';
import { encodeSap } from '../src/messages/sap/codec.ts';
import { sampleRequests } from '../src/testing/sample-requests.ts';
import { session } from './session.ts';

const SEED = 15118;
const MESSAGES = 5000;
/** The session id that the seeded random of every test session gives. */
const SESSION_ID = new SeededRandom(7).bytes(8);
const handshake = {
  element: 'supportedAppProtocolReq',
  value: {
    AppProtocol: [
      {
        ProtocolNamespace: 'urn:iso:15118:2:2013:MsgDef',
        VersionNumberMajor: 2,
        VersionNumberMinor: 0,
        SchemaID: 1,
        Priority: 1,
      },
    ],
  },
} as const;

const states: readonly [SeccStateName, 'AC' | 'DC'][] = [
  ['app-protocol', 'AC'],
  ['session-setup', 'AC'],
  ['service-discovery', 'AC'],
  ['service-selection', 'AC'],
  ['authorization', 'AC'],
  ['charge-parameters', 'AC'],
  ['cable-check', 'DC'],
  ['pre-charge', 'DC'],
  ['power-delivery', 'AC'],
  ['charging', 'AC'],
  ['current-demand', 'DC'],
  ['power-off', 'AC'],
];

function mutate(random: SeededRandom, bytes: Uint8Array): Uint8Array {
  const out = bytes.slice(0, random.int(8) === 0 ? random.int(bytes.length + 1) : bytes.length);
  for (let i = 1 + random.int(4); i > 0 && out.length > 0; i--) {
    // The EXI header stays in most, so that what follows is looked at.
    const at = random.int(10) === 0 ? random.int(out.length) : 1 + random.int(out.length - 1 || 1);
    if (at < out.length)
      out[at] = random.int(2) === 0 ? random.int(256) : (out[at] ?? 0) ^ (1 << random.int(8));
  }
  return out;
}

/** The requests that lead from one state to the next; `end` ends the charge loop. */
const way: readonly RequestName[] = [
  'SessionSetupReq',
  'ServiceDiscoveryReq',
  'PaymentServiceSelectionReq',
  'AuthorizationReq',
  'ChargeParameterDiscoveryReq',
  'CableCheckReq',
  'PreChargeReq',
  'PowerDeliveryReq',
];

const stop: Iso2Request = { PowerDeliveryReq: { ChargeProgress: 'Stop', SAScheduleTupleID: 1 } };
const dcParameters: Iso2Request = {
  ChargeParameterDiscoveryReq: {
    RequestedEnergyTransferMode: 'DC_extended',
    DC_EVChargeParameter: {
      DC_EVStatus: { EVReady: true, EVErrorCode: 'NO_ERROR', EVRESSSOC: 40 },
      EVMaximumCurrentLimit: { Multiplier: 0, Unit: 'A', Value: 100 },
      EVMaximumVoltageLimit: { Multiplier: 0, Unit: 'V', Value: 400 },
    },
  },
};

/** Brings a fresh SECC into a state with well-formed requests. */
async function into(at: SeccStateName, kind: 'AC' | 'DC') {
  const s = session(kind);
  s.evse.live.authorization = 'accepted';
  const { request } = s.evse;
  s.evse.request = (r) => {
    request(r);
    if (r.request === 'cable-check') s.evse.live.cableCheck = 'valid';
  };
  const feed = async (r: Iso2Request) => {
    s.secc.onBytes(encodeV2gtp('exi', writeIso2(SESSION_ID, r)));
    if ('PowerDeliveryReq' in r) await settle();
  };
  if (at === 'app-protocol') return s;
  s.secc.onBytes(encodeV2gtp('exi', encodeSap(handshake)));
  for (const name of way) {
    if (s.secc.state === at) return s;
    if (kind === 'AC' && (name === 'CableCheckReq' || name === 'PreChargeReq')) continue;
    const dc = kind === 'DC' && name === 'ChargeParameterDiscoveryReq';
    await feed(dc ? dcParameters : sampleRequests[name]);
    if (name === 'CableCheckReq' && s.secc.state === 'cable-check' && at !== 'cable-check')
      await feed(sampleRequests[name]);
    if (name === 'PreChargeReq' && at === 'pre-charge') return s;
  }
  if (at === 'power-off') await feed(stop);
  return s;
}

describe(`${MESSAGES} mutated messages at every state (seed ${SEED})`, () => {
  it.each(states)(
    '%s: nothing is thrown, and the next session is served',
    async (at, kind) => {
      const random = new SeededRandom(SEED + states.findIndex(([name]) => name === at));
      const sessionId = new SeededRandom(7).bytes(8);
      const samples = REQUEST_NAMES.map((name) => writeIso2(sessionId, sampleRequests[name]));
      let answered = 0;
      let malformed = 0;
      let s = await into(at, kind);
      for (let i = 0; i < MESSAGES; i++) {
        if (s.secc.state !== at || i % 500 === 0) s = await into(at, kind);
        const before = s.pipe.log.length;
        const bytes = encodeV2gtp('exi', mutate(random, random.pick(samples)));
        s.secc.onBytes(bytes);
        await settle();
        answered += s.pipe.log.length > before ? 1 : 0;
        malformed += s.seccReports.some((r) => r.report === 'malformed') ? 1 : 0;
        const errors = s.log.lines.filter(({ level }) => level === 'error');
        expect(errors).toEqual([]);
      }
      // Every one had its answer, or its entry in the journal; the rest were responses and empty bodies.
      expect(answered + malformed).toBeGreaterThan(MESSAGES * 0.8);
      expect(Math.min(answered, malformed)).toBeGreaterThan(
        at === 'app-protocol' ? -1 : MESSAGES * 0.1,
      );
      const next = session(kind);
      await next.run(20_000);
      expect(next.end()?.report).toBe('done');
    },
    120_000,
  );
});
