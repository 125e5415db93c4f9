import type { EvseSlacSettings } from '../evse/config.ts';
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

const ofSession = {
  'wait-start': ['TT_match_sequence', 'CM_START_ATTEN_CHAR.IND'],
  sounding: ['TT_EVSE_match_MNBC', 'CM_ATTEN_PROFILE.IND'],
  averaging: ['TP_EVSE_avg_atten_calc', 'CM_ATTEN_CHAR.IND'],
  'wait-rsp': ['TT_match_response', 'CM_ATTEN_CHAR.RSP'],
  'wait-match': ['TT_EVSE_match_session', 'CM_SLAC_MATCH.REQ'],
} as const;

/** The timer that bounds the state; undefined where nothing does. `now` and `wall` are the same moment. */
export function waitingOf(
  status: EvseSlacStatus,
  { timers }: Pick<EvseSlacSettings, 'timers'>,
  { now, wall }: { readonly now: number; readonly wall: number },
): Waiting | undefined {
  const timer = (name: keyof typeof timers, since: number, awaits: string): Waiting => ({
    timer: name,
    limitMs: timers[name],
    until: Math.round(wall + since + timers[name] - now),
    awaits,
  });
  switch (status.at) {
    case 'waiting':
      return timer('TT_EVSE_SLAC_init', status.since, 'CM_SLAC_PARM.REQ');
    case 'joining':
      return timer('TT_match_join', status.since, 'link');
    case 'matching': {
      const live = status.sessions.filter(({ at }) => at !== 'failed');
      // the one that came farthest is what a person waits for
      const session = live.toSorted((a, b) => order(b.at) - order(a.at))[0];
      if (session && session.at in ofSession) {
        const [name, awaits] = ofSession[session.at as keyof typeof ofSession];
        return timer(name, session.since, awaits);
      }
      const since = Math.max(status.since, ...status.sessions.map((one) => one.since));
      return timer('TT_matching_repetition', since, 'CM_SLAC_PARM.REQ');
    }
    default:
      return undefined;
  }
}
const order = (at: string): number => Object.keys(ofSession).indexOf(at);
