import type { EvseSlacSettings } from '../evse/config.ts';
import type { CauseCode } from '../evse/causes.ts';
import type { AttemptResult, SeenModem } from './attempt.ts';
import type { ProcessTrack } from './process-track.ts';
import { roundMs } from './steps.ts';
import { type VerdictCode, verdictWords } from './verdict-words.ts';

export interface Verdict {
  readonly code: VerdictCode;
  readonly what: string;
  /** What to check, the likeliest first. */
  readonly next: readonly string[];
  /** What `what` was filled in with. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** What a verdict is derived from. */
export interface Seen {
  readonly result: AttemptResult;
  readonly cause: CauseCode | undefined;
  readonly linkSeen: boolean | undefined;
  /** What ended the match afterwards. */
  readonly lostBy: CauseCode | undefined;
  /** The process that the verdict is about. */
  readonly process: ProcessTrack | undefined;
  /** CM_SLAC_PARM.REQ before the attempt began, and what was wrong with those that came in it. */
  readonly outside: number;
  readonly parmReqFault: string | undefined;
  /** Names of messages that came with a run id that is not of the vehicle's process. */
  readonly strayRunIds: readonly string[];
  /** Frames by name that belong to no process. */
  readonly others: ReadonlyMap<string, number>;
  readonly undecodable: number;
  readonly interfaceDown: boolean;
  readonly modem: SeenModem;
  readonly successResults: readonly number[];
  readonly timers: EvseSlacSettings['timers'];
}

/** Mean attenuation, dB: from 20 to 35 good, over 40 poor, under 20 implausible. DIN/TS 70121 Annex C */
export const ATTENUATION_POOR_DB = 40;
export const ATTENUATION_IMPLAUSIBLE_DB = 20;

type Told = VerdictCode | readonly [VerdictCode, Readonly<Record<string, string | number>>];

const finer: Readonly<Record<CauseCode, (seen: Seen) => Told>> = {
  'no-parm-req': noParmReq,
  'no-start-atten-char': noStart,
  'no-profiles': noProfiles,
  'no-atten-char-rsp': noResponse,
  'no-match-req': noMatchReq,
  'validation-stalled': () => 'validation-stalled',
  'validation-aborted': () => 'validation-aborted',
  'no-toggles': () => 'no-toggles',
  'no-match-after-validation': () => 'no-match-after-validation',
  'no-amp-map-cnf': () => 'no-amp-map-cnf',
  'link-not-formed': noLink,
  'link-lost': () => 'link-lost',
  unplugged: ({ process }) => (process ? 'unplugged' : 'unplugged-unasked'),
  restarted: () => 'restarted',
  displaced: () => 'displaced',
  stopped: () => 'stopped',
};

/** The verdict on what was seen: one for each cause, finer where more is known. */
export function verdictOf(seen: Seen): Verdict {
  const told = tell(seen);
  const [code, facts] = typeof told === 'string' ? [told, {}] : told;
  const words = verdictWords[code];
  const what = words.what.replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
    String((facts as Readonly<Record<string, unknown>>)[name] ?? '?'),
  );
  return { code, what, next: words.next, facts };
}

function tell(seen: Seen): Told {
  if (seen.lostBy) return finer[seen.lostBy](seen);
  if (seen.result === 'running') return 'running';
  if (seen.result === 'matched') return matched(seen);
  return finer[seen.cause ?? 'stopped'](seen);
}

function matched({ process, linkSeen }: Seen): Told {
  const meanDb = process?.attenuation?.meanDb;
  if (meanDb !== undefined && meanDb > ATTENUATION_POOR_DB)
    return ['matched-attenuation-poor', { meanDb }];
  if (meanDb !== undefined && meanDb < ATTENUATION_IMPLAUSIBLE_DB)
    return ['matched-attenuation-implausible', { meanDb }];
  if (linkSeen === false) return 'matched-link-not-checked';
  const repeated = ['CM_SLAC_PARM.REQ', 'CM_ATTEN_CHAR.IND', 'CM_SLAC_MATCH.REQ'];
  return repeated.some((name) => (process?.count(name) ?? 0) > 1)
    ? 'matched-after-retries'
    : 'matched';
}

function noParmReq(seen: Seen): Told {
  const { modem, undecodable, parmReqFault } = seen;
  if (parmReqFault !== undefined) return ['parm-req-invalid', { fault: parmReqFault }];
  if (seen.interfaceDown) return 'interface-down';
  if (seen.outside > 0) return 'parm-req-outside';
  if (modem.trouble === 'waits-for-firmware') return 'modem-without-firmware';
  if (modem.trouble === 'no-answer') return 'modem-silent';
  if (undecodable > 0) return ['frames-unreadable', { undecodable }];
  return 'no-parm-req';
}

function noStart({ process, strayRunIds, timers }: Seen): Told {
  const message = 'CM_START_ATTEN_CHAR.IND';
  const fault = process?.faults.get(message);
  if (fault !== undefined) return ['start-atten-char-invalid', { fault }];
  const { start, parmCnf } = process?.marks ?? {};
  if (start && parmCnf && start.at - parmCnf.at >= timers.TT_match_sequence)
    return ['start-atten-char-late', { elapsedMs: roundMs(start.at - parmCnf.at) }];
  if (strayRunIds.includes(message)) return ['wrong-run-id', { message }];
  const requests = process?.count('CM_SLAC_PARM.REQ') ?? 0;
  return requests > 1 ? ['parm-cnf-not-taken', { requests }] : 'no-start-atten-char';
}

function noProfiles({ process, strayRunIds, others }: Seen): Told {
  const fault = process?.faults.get('CM_ATTEN_PROFILE.IND');
  if (fault !== undefined) return ['profiles-wrong-groups', { fault }];
  if (others.has('VS_ATTENUATION_CHARACTERISTICS.IND')) return 'profiles-wrong-modem';
  if (others.has('CM_ATTEN_PROFILE.IND')) return 'profiles-of-another-car';
  const message = 'CM_MNBC_SOUND.IND';
  if (strayRunIds.includes(message)) return ['wrong-run-id', { message }];
  const sounds = process?.count(message) ?? 0;
  return sounds > 0 ? ['no-profiles', { sounds }] : 'no-sounds';
}

function noResponse({ process, strayRunIds, timers }: Seen): Told {
  const message = 'CM_ATTEN_CHAR.RSP';
  const fault = process?.faults.get(message);
  if (fault !== undefined) return ['atten-char-rsp-invalid', { fault }];
  const { ind, rsp } = process?.marks ?? {};
  if (ind && rsp && rsp.at - ind.at >= timers.TT_match_response)
    return ['atten-char-rsp-late', { elapsedMs: roundMs(rsp.at - ind.at) }];
  if (strayRunIds.includes(message)) return ['wrong-run-id', { message }];
  return ['no-atten-char-rsp', { sent: process?.count('CM_ATTEN_CHAR.IND') ?? 0 }];
}

function noMatchReq({ process, strayRunIds, modem }: Seen): Told {
  const message = 'CM_SLAC_MATCH.REQ';
  const otherEvse = process?.otherEvse;
  if (otherEvse !== undefined && otherEvse !== modem.mac)
    return ['match-req-other-evse', { otherEvse }];
  const fault = process?.faults.get(message);
  if (fault !== undefined) return ['match-req-invalid', { fault }];
  if (strayRunIds.includes(message)) return ['wrong-run-id', { message }];
  if ((process?.count('CM_VALIDATE.REQ') ?? 0) > 0) return 'validation-wanted';
  const meanDb = process?.attenuation?.meanDb ?? 0;
  if (meanDb > ATTENUATION_POOR_DB) return ['no-match-req-attenuation-poor', { meanDb }];
  if (meanDb < ATTENUATION_IMPLAUSIBLE_DB)
    return ['no-match-req-attenuation-implausible', { meanDb }];
  return ['no-match-req', { meanDb }];
}

function noLink({ process, modem, successResults }: Seen): Told {
  const { setKey, trouble } = modem;
  const result = setKey?.result;
  if (result !== undefined && !successResults.includes(result))
    return ['link-key-refused', { result }];
  if (trouble === 'no-answer' || (setKey && result === undefined)) return 'link-key-unconfirmed';
  const requests = process?.count('CM_SLAC_MATCH.REQ') ?? 0;
  return requests > 2 ? ['match-cnf-not-taken', { requests }] : 'link-not-formed';
}
