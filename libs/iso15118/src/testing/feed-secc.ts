import { volts } from '@kerbside/kernel';
import { ManualClock } from '@kerbside/kernel/testing';
import type { Iso2Request, RequestName } from '../iso2/body.ts';
import { readIso2, writeIso2 } from '../iso2/codec.ts';
import type { EvseView } from '../ports.ts';
import type { SeccConfig } from '../secc/config.ts';
import { seccMachine, type SeccState } from '../secc/machine.ts';
import type { PausedSession } from '../secc/paused-session.ts';
import { newSession, type SeccSession, type SeccStateName } from '../secc/session.ts';
import { fakeEvse } from './fake-evse.ts';
import { sampleRequests } from './sample-requests.ts';

/** Session id of every session that `feed` makes. */
export const ID = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
export const MOMENT = { now: 0, wall: Date.UTC(2026, 0, 1) };

export const testConfig = (kind: 'AC' | 'DC'): SeccConfig => ({
  evseId: 'DE*KRB*E1',
  energyTransferModes: kind === 'AC' ? ['AC_three_phase_core'] : ['DC_extended'],
  nominalVoltage: volts(230),
  services: [
    {
      id: 3,
      name: 'InternetAccess',
      category: 'Internet',
      free: true,
      parameterSets: [{ id: 3, parameters: [{ name: 'Port', value: 80 }] }],
    },
  ],
});

export const view = (kind: 'AC' | 'DC', more: Partial<EvseView> = {}): EvseView => ({
  ...fakeEvse(kind, new ManualClock()).view(),
  authorization: 'accepted',
  ...more,
});

export interface Case {
  readonly kind?: 'AC' | 'DC';
  readonly facts?: Partial<EvseView>;
  readonly session?: Partial<SeccSession>;
  readonly sessionId?: Uint8Array;
  readonly paused?: PausedSession;
  readonly now?: number;
}

/** Feeds one request to a machine in the given state. */
export function feed(at: SeccStateName, request: Iso2Request, options: Case = {}) {
  const { kind = 'AC', facts, session, sessionId = ID, paused, now = MOMENT.now } = options;
  const state: SeccState = {
    at,
    session: {
      ...newSession(ID),
      established: at !== 'session-setup' && at !== 'app-protocol',
      schedule: { pMax: 11_040, until: MOMENT.now + 86_400_000 },
      mode: kind === 'AC' ? 'AC_three_phase_core' : 'DC_extended',
      preCharged: true,
      powered: at === 'charging' || at === 'current-demand',
      ...session,
    },
  };
  const input = { on: 'request', sessionId, request, facts: view(kind, facts) } as const;
  const step = seccMachine(testConfig(kind), ID, paused).step(state, input, { ...MOMENT, now });
  const sent = step.effects.find((effect) => effect.do === 'send');
  const body = sent && (Object.values(sent.response)[0] as { ResponseCode: string });
  // Whatever is answered can be written and read again.
  if (sent) readIso2(writeIso2(ID, sent.response));
  return {
    state: step.state,
    effects: step.effects,
    code: body?.ResponseCode,
    body,
    name: sent && Object.keys(sent.response)[0],
    asks: step.effects.some((effect) => effect.do === 'ask'),
    told: step.effects.flatMap((effect) => (effect.do === 'tell' ? [effect.request] : [])),
  };
}

/** A sample request with some of its content replaced. */
export const req = (name: RequestName, body: object): Iso2Request =>
  ({ [name]: { ...(Object.values(sampleRequests[name])[0] as object), ...body } }) as never;
