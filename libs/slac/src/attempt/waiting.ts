import { runOf, type SessionTimer } from '../evse/state.ts';
import type { EvseSlacStatus } from '../evse/status.ts';

/** What the charger waits for, and until when. */
export interface Waiting {
  /** By the standard's name. */
  readonly timer: string;
  readonly limitMs: number;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** The message or event that is awaited. */
  readonly awaits: string;
}

type SessionAt = EvseSlacStatus['sessions'][number]['at'];

/** The timer that bounds each state of a session, and what is awaited, in the order of the process. */
const ofSession: Record<SessionAt, readonly [timer: SessionTimer, awaits: string] | undefined> = {
  failed: undefined,
  'wait-start': ['TT_match_sequence', 'CM_START_ATTEN_CHAR.IND'],
  sounding: ['TT_EVSE_match_MNBC', 'CM_ATTEN_PROFILE.IND'],
  averaging: ['TP_EVSE_avg_atten_calc', 'CM_ATTEN_CHAR.IND'],
  'wait-rsp': ['TT_match_response', 'CM_ATTEN_CHAR.RSP'],
  'wait-match': ['TT_EVSE_match_session', 'CM_SLAC_MATCH.REQ'],
  validating: ['TT_match_sequence', 'CM_VALIDATE.REQ'],
  counting: ['TT_EVSE_vald_toggle', 'toggles of the pilot'],
  validated: ['TT_match_sequence', 'CM_SLAC_MATCH.REQ'],
};
const order = (at: SessionAt): number => Object.keys(ofSession).indexOf(at);

/** The timer that bounds the state; undefined where nothing does. `now` and `wall` are the same moment. */
export function waitingOf(
  status: EvseSlacStatus,
  { now, wall }: { readonly now: number; readonly wall: number },
): Waiting | undefined {
  const timer = (name: string, awaits: string, run?: string): Waiting | undefined => {
    const found = status.deadlines.get(run === undefined ? name : `${name} ${run}`);
    if (!found) return undefined;
    const until = Math.round(wall + found.until - now);
    return { timer: name, limitMs: found.limitMs, until, awaits };
  };
  switch (status.at) {
    case 'waiting':
      return timer('TT_EVSE_SLAC_init', 'CM_SLAC_PARM.REQ');
    case 'joining':
      return timer('TT_match_join', 'link') ?? timer('TP_link_ready_notification', 'link');
    case 'matching': {
      // the one that came farthest is what a person waits for
      const [session] = status.sessions.toSorted((a, b) => order(b.at) - order(a.at));
      const bound = session && ofSession[session.at];
      if (bound) return timer(...bound, runOf(session));
      return timer('TT_matching_repetition', 'CM_SLAC_PARM.REQ');
    }
    default:
      return undefined;
  }
}
