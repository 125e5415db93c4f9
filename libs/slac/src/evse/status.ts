import type { Cause } from './causes.ts';
import type { ModemVendor, Pairing } from './report.ts';
import type { Station } from './modem/adapter.ts';
import { wordsOf } from './modem/keying.ts';
import type { EvseState, ModemState, Session } from './state.ts';
import type { ToleranceCode } from './tolerance.ts';

/** What a person sees of a state: what, since when, why, what it waits for, what to do next. */
export interface EvseSlacStatus {
  readonly at: EvseState['at'];
  /** Monotonic milliseconds of the clock. */
  readonly since: number;
  /** Milliseconds since 1970. */
  readonly sinceWall: number;
  readonly what: string;
  readonly waitsFor: string;
  readonly next: string;
  readonly failure: Cause | undefined;
  readonly nid: string | undefined;
  readonly match: (Pairing & { readonly linkSeen: boolean }) | undefined;
  readonly sessions: readonly (Pairing &
    Pick<Session, 'at' | 'since' | 'profiles' | 'soundsHeard'>)[];
  /** The timers that run, by the names that they are armed with. */
  readonly deadlines: EvseState['deadlines'];
  readonly modem: {
    readonly at: ModemState['at'];
    readonly vendor: ModemVendor;
    readonly mac: string | undefined;
    readonly version: string | undefined;
    /** The firmware by its own name. */
    readonly firmware: string | undefined;
    readonly trouble: ModemState['trouble'];
    readonly what: string;
    readonly next: string;
    /** Stations of its network with their rates, while matched. */
    readonly stations: readonly Station[];
  };
  /** How often each deviation was let pass since the start. */
  readonly tolerated: Readonly<Partial<Record<ToleranceCode, number>>>;
}

const words: Record<EvseState['at'], readonly [what: string, waitsFor: string, next: string]> = {
  unmatched: ['No car is to be matched.', 'pilot state B, C or D', 'Plug in a car.'],
  waiting: [
    'A car is plugged in.',
    'CM_SLAC_PARM.REQ of the car',
    'Wait; check the pilot if it lasts.',
  ],
  matching: ['The car is matching.', 'the next message of the car', 'Wait.'],
  joining: ['The car has the key.', 'the power line link', 'Wait.'],
  matched: ['The car is matched.', 'the end of the session', 'Nothing to do.'],
  failed: ['Matching failed.', 'the error routine of the pilot, or the car to be unplugged', ''],
  paused: ['The session is paused.', 'a wake-up by the car or the charger', 'Nothing to do.'],
};

const modemWords: Record<ModemState['at'], string> = {
  starting: 'The modem was not asked yet.',
  probing: 'The modem is asked who it is.',
  keying: 'The modem is given the network key.',
  resetting: 'The modem restarts.',
  ready: 'The modem has the network key.',
  none: 'No modem is configured: the link cannot be checked.',
};

/** The state in words, without any key. */
export function statusOf(state: EvseState): EvseSlacStatus {
  const [what, waitsFor, next] = words[state.at];
  const { modem, match, failure, sessions } = state;
  return {
    at: state.at,
    since: state.since,
    sinceWall: state.sinceWall,
    what: state.at === 'failed' && failure ? `${what} ${failure.what}` : what,
    waitsFor,
    next: state.at === 'failed' && failure ? failure.next : next,
    failure,
    nid: state.key?.nid,
    match: match && { evMac: match.evMac, runId: match.runId, linkSeen: match.linkSeen },
    sessions: sessions.map(({ evMac, runId, at, since, profiles, soundsHeard }) => ({
      evMac,
      runId,
      at,
      since,
      profiles,
      soundsHeard,
    })),
    deadlines: state.deadlines,
    modem: {
      at: modem.at,
      vendor: modem.vendor,
      mac: modem.macs.at(-1),
      version: modem.version,
      firmware: modem.firmware,
      trouble: modem.trouble,
      ...(modem.trouble ? wordsOf(modem.trouble) : { what: modemWords[modem.at], next: '' }),
      stations: modem.stations ?? [],
    },
    tolerated: state.tolerated,
  };
}
