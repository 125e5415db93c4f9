import type { SlacAttempt, SlacAttemptSummary, SlacFrame, SlacLive } from '@kerbside/contracts';
import { fromHex, Secret, WireError } from '@kerbside/kernel';
import {
  type Attempt,
  type AttemptFrame,
  decodeFrame,
  type EvseSlacStatus,
  type Mme,
  tolerances,
  type Verdict,
  type Waiting,
} from '@kerbside/slac';

const iso = (at: number) => new Date(at).toISOString();
const maybe = <K extends string, T>(key: K, value: T | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };

/** The fields of a frame as a person reads them; keys are masked, what can't be read is left out. */
function fieldsOf({ hex }: AttemptFrame): SlacFrame['fields'] {
  let frame: Mme;
  try {
    frame = decodeFrame(fromHex(hex));
  } catch (error) {
    if (error instanceof WireError) return {};
    throw error;
  }
  return Object.fromEntries(
    Object.entries(frame)
      .filter(
        ([name, value]) => name !== 'name' && !(name === 'trailing' && /^0*$/.test(String(value))),
      )
      .map(([name, value]) => [name, value instanceof Secret ? '***' : (value as unknown)]),
  );
}

const toVerdict = ({ code, what, next, facts }: Verdict) => ({
  code,
  what,
  next: [...next],
  facts: { ...facts },
});

const head = (attempt: Attempt, evse: number) => ({
  id: attempt.id,
  evse,
  ...maybe('session', attempt.session),
  began: iso(attempt.began),
  lasted: attempt.lasted,
  cycle: attempt.cycle,
  result: attempt.result,
  ...maybe('cause', attempt.cause),
  verdict: toVerdict(attempt.verdict),
  ...maybe('evMac', attempt.evMac),
  ...maybe('runId', attempt.runId),
  ...maybe('runIdText', attempt.runIdText),
});

/** What a list shows of an attempt. */
export function toSlacSummary(attempt: Attempt, evse: number): SlacAttemptSummary {
  const [process] = attempt.processes;
  const { parmReq, attenCharInd, matchReq, setKey } = attempt.retries;
  return {
    ...head(attempt, evse),
    ...maybe('meanDb', process?.attenuation?.meanDb),
    ...maybe('profiles', process?.attenuation?.profiles),
    ...maybe('announced', process?.announced),
    retried: parmReq + attenCharInd + matchReq + setKey,
  };
}

/** All of an attempt, its frames decoded. */
export function toSlacAttempt(attempt: Attempt, evse: number): SlacAttempt {
  const { lastGood, frames, processes, ...rest } = attempt;
  return {
    ...rest,
    ...head(attempt, evse),
    steps: [...attempt.steps],
    frames: frames.map((frame) => ({ ...frame, fields: fieldsOf(frame) })),
    processes: processes.map((process) => ({
      ...process,
      sounds: [...process.sounds],
      unheard: [...process.unheard],
      unmeasured: [...process.unmeasured],
      ...(process.attenuation
        ? {
            attenuation: {
              ...process.attenuation,
              groups: [...process.attenuation.groups],
              lowest: [...process.attenuation.lowest],
              highest: [...process.attenuation.highest],
            },
          }
        : {}),
    })) as SlacAttempt['processes'],
    foreignEvs: [...attempt.foreignEvs],
    tolerated: [...attempt.tolerated],
    ...(lastGood
      ? { lastGood: { ...lastGood, began: iso(lastGood.began), groups: [...lastGood.groups] } }
      : {}),
  } as SlacAttempt;
}

export interface LiveFacts {
  readonly evse: number;
  /** Milliseconds since 1970 of the start: a state that was never left has this since. */
  readonly started: number;
  readonly interfaceName: string | undefined;
  /** Why the interface can't be used, since when. */
  readonly trouble: { readonly reason: string; readonly since: number } | undefined;
  readonly waiting: Waiting | undefined;
  readonly attempt: Attempt | undefined;
}

const toleratedOf = (tolerated: EvseSlacStatus['tolerated']): SlacLive['tolerated'] =>
  Object.entries(tolerated).map(([code, count]) => ({
    code,
    what: tolerances[code as keyof typeof tolerances],
    count,
  }));

/** SLAC of one EVSE now; without `status` it has none, or its interface is missing. */
export function toSlacLive(status: EvseSlacStatus | undefined, facts: LiveFacts): SlacLive {
  const { evse, trouble, waiting, attempt, interfaceName, started } = facts;
  const common = {
    evse,
    interface: {
      ...maybe('name', interfaceName),
      ok: trouble === undefined,
      ...maybe('reason', trouble?.reason),
    },
    ...(attempt ? { attempt: toSlacSummary(attempt, evse) } : {}),
  };
  if (!status)
    return {
      ...common,
      state: trouble ? 'interface-missing' : 'off',
      since: iso(trouble?.since ?? started),
      what: trouble
        ? 'The interface of the modem can not be used.'
        : 'This outlet charges by pilot alone.',
      waitsFor: trouble ? 'the interface' : 'nothing',
      next: trouble
        ? 'Check the interface, its driver and the modem; it is tried every 2 s.'
        : 'Nothing to do.',
      sessions: [],
      modem: { at: 'none', vendor: 'unknown' },
      tolerated: [],
    };
  const { at, what, waitsFor, next, failure, nid, match, modem, tolerated } = status;
  return {
    ...common,
    state: at,
    since: iso(Math.max(status.sinceWall, started)),
    what,
    waitsFor,
    next,
    ...(waiting ? { waiting: { ...waiting, until: iso(waiting.until) } } : {}),
    ...maybe('failure', failure && { ...failure }),
    ...maybe('nid', nid),
    ...maybe('match', match && { ...match }),
    sessions: status.sessions.map(({ since: _since, ...session }) => session),
    modem: {
      at: modem.at,
      vendor: modem.vendor,
      ...maybe('mac', modem.mac),
      ...maybe('version', modem.version),
      ...maybe('trouble', modem.trouble),
      ...maybe('firmware', modem.firmware),
      ...(at === 'matched' ? { stations: modem.stations.map((station) => ({ ...station })) } : {}),
    },
    tolerated: toleratedOf(tolerated),
  };
}
