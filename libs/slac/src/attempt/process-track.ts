import type { EvseSlacSettings } from '../evse/config.ts';
import type { CauseCode } from '../evse/causes.ts';
import type { AttenuationReport, Pairing } from '../evse/report.ts';
import type { Mme, MmeOf } from '../messages/catalogue.ts';
import { C_EV_match_MNBC, CARRIER_GROUPS } from '../timings.ts';
import type { Attenuation, MatchingProcess, Sound } from './attempt.ts';
import { printableRunId } from './seen-frame.ts';
import { type StepName, roundMs } from './steps.ts';

/** A moment of the process and the frame that made it; `n` 0 is the begin of the attempt. */
export interface Mark {
  readonly n: number;
  readonly at: number;
}
/** From where a frame's time counts, and to which rung that belongs. */
export interface Span {
  readonly step: StepName;
  readonly from: Mark;
}

/** Sounds and profiles that are kept; a vehicle announces ten. */
const MOST_SOUNDS = 20;
const ZEROS_17 = '0'.repeat(34);

type MarkName =
  | 'parmReq'
  | 'parmCnf'
  | 'start'
  | 'lastSound'
  | 'lastProfile'
  | 'ind'
  | 'rsp'
  | 'matchReq'
  | 'matchCnf';

/** Follows what one vehicle does with one run id. */
export class ProcessTrack {
  readonly evMac: string;
  readonly runId: string;
  readonly began: number;
  readonly marks: Partial<Record<MarkName, Mark>> = {};
  result: MatchingProcess['result'] = 'unanswered';
  cause: CauseCode | undefined;
  attenuation: Attenuation | undefined;
  /** Messages by name, the ones that were not taken too. */
  readonly counts = new Map<string, number>();
  /** What was wrong with a message that was not taken, by its name. */
  readonly faults = new Map<string, string>();
  /** The vehicle named another charger in CM_SLAC_MATCH.REQ. */
  otherEvse: string | undefined;
  announced: number | undefined;
  readonly #timers: Pick<EvseSlacSettings['timers'], 'TT_EVSE_match_MNBC'>;
  #sounds: Sound[] = [];

  constructor(
    { evMac, runId }: Pairing,
    began: number,
    timers: Pick<EvseSlacSettings['timers'], 'TT_EVSE_match_MNBC'>,
  ) {
    this.#timers = timers;
    this.evMac = evMac;
    this.runId = runId;
    this.began = began;
  }

  count(name: string): number {
    return this.counts.get(name) ?? 0;
  }
  get over(): boolean {
    return this.result === 'failed' || this.result === 'matched';
  }
  /** How far it came: the number of rungs behind it. */
  get progress(): number {
    return Object.keys(this.marks).length;
  }

  /** Takes a frame of this process; returns what its time is measured from. */
  take(frame: Mme, mark: Mark, own: string | undefined): Span | undefined {
    this.counts.set(frame.name, this.count(frame.name) + 1);
    switch (frame.name) {
      case 'CM_SLAC_PARM.REQ':
        return this.#beginAnew(mark);
      case 'CM_SLAC_PARM.CNF':
        this.result = 'running';
        return this.#pass('parmCnf', mark, 'parameters', this.marks.parmReq);
      case 'CM_START_ATTEN_CHAR.IND':
        return this.#start(frame, mark);
      case 'CM_MNBC_SOUND.IND':
        return this.#sound(frame, mark);
      case 'CM_ATTEN_PROFILE.IND':
        return this.#profile(frame, mark);
      case 'CM_ATTEN_CHAR.IND':
        return this.#pass('ind', mark, 'average', this.#soundsOver(mark));
      case 'CM_ATTEN_CHAR.RSP':
        return this.#response(frame, mark);
      case 'CM_VALIDATE.REQ':
        return this.marks.rsp && { step: 'choice', from: this.marks.rsp };
      case 'CM_SLAC_MATCH.REQ':
        return this.#matchReq(frame, mark, own);
      case 'CM_SLAC_MATCH.CNF':
        return this.#pass('matchCnf', mark, 'confirmation', this.marks.matchReq);
      default:
        return undefined;
    }
  }

  #pass(name: MarkName, mark: Mark, step: StepName, from: Mark | undefined): Span | undefined {
    this.marks[name] = mark;
    return from && { step, from };
  }

  /** A repeated request begins the process anew: what was measured before counts no more. */
  #beginAnew(mark: Mark): undefined {
    for (const name of Object.keys(this.marks) as MarkName[]) delete this.marks[name];
    this.#sounds = [];
    this.attenuation = undefined;
    this.announced = undefined;
    this.result = 'unanswered';
    this.cause = undefined;
    this.marks.parmReq = mark;
  }

  #start(frame: MmeOf<'CM_START_ATTEN_CHAR.IND'>, mark: Mark): Span | undefined {
    const { NUM_SOUNDS, Time_Out, RESP_TYPE } = frame;
    const wrong =
      NUM_SOUNDS === 0
        ? 'NUM_SOUNDS 0'
        : Time_Out === 0
          ? 'Time_Out 0'
          : RESP_TYPE > 1
            ? `RESP_TYPE ${RESP_TYPE}`
            : typeFault(frame);
    if (wrong) this.faults.set(frame.name, wrong);
    if (this.marks.start) return undefined;
    this.marks.start = mark;
    this.announced = NUM_SOUNDS;
    return this.marks.parmCnf && { step: 'start', from: this.marks.parmCnf };
  }

  #sound(frame: MmeOf<'CM_MNBC_SOUND.IND'>, mark: Mark): Span | undefined {
    if (this.#sounds.length < MOST_SOUNDS) this.#sounds.push({ cnt: frame.Cnt, heardAt: mark.at });
    return this.#pass('lastSound', mark, 'sounds', this.marks.start);
  }

  #profile(frame: MmeOf<'CM_ATTEN_PROFILE.IND'>, mark: Mark): Span | undefined {
    if (frame.NumGroups !== CARRIER_GROUPS) {
      this.faults.set(frame.name, `${frame.NumGroups} groups`);
      return undefined;
    }
    const measured = {
      measuredAt: mark.at,
      meanDb: meanOf(frame.AAG),
      lowestDb: Math.min(...frame.AAG),
      highestDb: Math.max(...frame.AAG),
    };
    // no run id and no number: it measures the sound before it, if that one has none yet
    const last = this.#sounds.at(-1);
    if (last && last.measuredAt === undefined) this.#sounds.splice(-1, 1, { ...last, ...measured });
    else if (this.#sounds.length < MOST_SOUNDS) this.#sounds.push(measured);
    return this.#pass('lastProfile', mark, 'sounds', this.marks.start);
  }

  /** Averaging begins with the last profile, or when no more are awaited. */
  #soundsOver(mark: Mark): Mark | undefined {
    const { ind, start, lastProfile } = this.marks;
    if (ind || !start) return undefined; // a repeat
    const complete = this.#measured >= (this.announced ?? C_EV_match_MNBC);
    if (lastProfile && complete) return lastProfile;
    const at = Math.min(start.at + this.#timers.TT_EVSE_match_MNBC, mark.at);
    return { n: lastProfile?.n ?? start.n, at };
  }
  get #measured(): number {
    return this.#sounds.filter(({ measuredAt }) => measuredAt !== undefined).length;
  }

  #response(frame: MmeOf<'CM_ATTEN_CHAR.RSP'>, mark: Mark): Span | undefined {
    const wrong =
      frame.SOURCE_ADDRESS !== this.evMac
        ? 'SOURCE_ADDRESS'
        : frame.SOURCE_ID !== ZEROS_17
          ? 'SOURCE_ID'
          : frame.RESP_ID !== ZEROS_17
            ? 'RESP_ID'
            : frame.Result !== 0
              ? `Result ${frame.Result}`
              : typeFault(frame);
    const span: Span | undefined = this.marks.ind && { step: 'response', from: this.marks.ind };
    if (wrong) this.faults.set(frame.name, wrong);
    else this.marks.rsp = mark;
    return span;
  }

  #matchReq(
    frame: MmeOf<'CM_SLAC_MATCH.REQ'>,
    mark: Mark,
    own: string | undefined,
  ): Span | undefined {
    if (own !== undefined && frame.EVSE_MAC !== own) this.otherEvse = frame.EVSE_MAC;
    const length = frame.MVFLength;
    const wrong =
      frame.PEV_MAC !== this.evMac
        ? 'PEV_MAC'
        : length !== 62 && length !== 0x3e00
          ? `MVFLength ${length}`
          : (typeFault(frame) ??
            (this.otherEvse === undefined ? undefined : 'EVSE_MAC') ??
            (/[^0]/.test(frame.PEV_ID) ? 'PEV_ID' : undefined) ??
            (/[^0]/.test(frame.EVSE_ID) ? 'EVSE_ID' : undefined));
    if (wrong) this.faults.set(frame.name, wrong);
    const first = this.marks.matchReq === undefined;
    this.marks.matchReq = mark;
    const from = this.marks.rsp ?? this.marks.ind;
    return first && from ? { step: 'choice', from } : undefined;
  }

  attenuationIs({ groups, lowest, highest, meanDb, profiles, soundsHeard }: AttenuationReport) {
    this.attenuation = { groups, lowest, highest, meanDb, profiles, soundsHeard };
  }

  view(): MatchingProcess {
    const { evMac, runId, began, result, cause, announced, attenuation } = this;
    const text = printableRunId(runId);
    const expected = this.marks.start ? Math.min(announced ?? 0, MOST_SOUNDS) : 0;
    const numbers = Array.from({ length: expected }, (_, i) => expected - 1 - i);
    const heard = new Set(this.#sounds.map(({ cnt }) => cnt));
    const measured = new Set(
      this.#sounds.filter(({ measuredAt }) => measuredAt !== undefined).map(({ cnt }) => cnt),
    );
    return {
      evMac,
      runId,
      ...(text === undefined ? {} : { runIdText: text }),
      began: roundMs(began),
      result,
      ...(cause === undefined ? {} : { cause }),
      ...(announced === undefined ? {} : { announced }),
      sounds: [...this.#sounds],
      unheard: numbers.filter((cnt) => !heard.has(cnt)),
      unmeasured: numbers.filter((cnt) => heard.has(cnt) && !measured.has(cnt)),
      ...(attenuation ? { attenuation } : {}),
      retries: {
        parmReq: beyondFirst(this.count('CM_SLAC_PARM.REQ')),
        attenCharInd: beyondFirst(this.count('CM_ATTEN_CHAR.IND')),
        matchReq: beyondFirst(this.count('CM_SLAC_MATCH.REQ')),
      },
    };
  }
}

const beyondFirst = (count: number): number => Math.max(0, count - 1);
const meanOf = (groups: readonly number[]): number =>
  Math.round((groups.reduce((sum, db) => sum + db, 0) / groups.length) * 10) / 10;

/** APPLICATION_TYPE and SECURITY_TYPE are 0 in every message of SLAC. */
export function typeFault(frame: {
  readonly APPLICATION_TYPE: number;
  readonly SECURITY_TYPE: number;
}): string | undefined {
  if (frame.APPLICATION_TYPE !== 0) return `APPLICATION_TYPE ${frame.APPLICATION_TYPE}`;
  return frame.SECURITY_TYPE === 0 ? undefined : `SECURITY_TYPE ${frame.SECURITY_TYPE}`;
}
