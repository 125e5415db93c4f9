import type { FrameReport } from '../frame-reporter.ts';
import type { EvseSlacSettings } from '../evse/config.ts';
import type { CauseCode } from '../evse/causes.ts';
import type { EvseSlacReport, Pairing } from '../evse/report.ts';
import type { Mme } from '../messages/catalogue.ts';
import type { Attempt, AttemptFrame, AttemptResult, LastGood, SeenModem } from './attempt.ts';
import { KeptFrames } from './kept-frames.ts';
import type { ModemTrack } from './modem-track.ts';
import { type Mark, ProcessTrack, type Span, typeFault } from './process-track.ts';
import type { ReportTime } from './recorder.ts';
import { actorsOf, keptHex } from './seen-frame.ts';
import { levelOf, roundMs, type StepLimit, type StepName, type Timing } from './steps.ts';
import { stepsOf } from './step-results.ts';
import { type Seen, verdictOf } from './verdict.ts';

/** Processes that are kept; the charger matches with five vehicles at the same time. */
const MOST_PROCESSES = 10;
/** Different texts, names and addresses that are kept of each kind. */
const MOST_TEXTS = 20;
/** Repeats of the vehicle after the result that are news; anybody can send under its address. */
const MOST_REPEATS = 10;

export interface TrackOptions {
  readonly id: string;
  readonly time: ReportTime;
  readonly cycle: number;
  readonly session: string | undefined;
  readonly timers: EvseSlacSettings['timers'];
  readonly limits: Readonly<Record<StepName, StepLimit>>;
  readonly resumed: boolean;
  readonly lastGood: LastGood | undefined;
  readonly outside: number;
  readonly interfaceDown: boolean;
  readonly successResults: readonly number[];
  readonly modem: ModemTrack;
}

/** Follows one attempt. */
export class AttemptTrack {
  session: string | undefined;
  /** Takes reports: it runs, or was matched and the car is still there. */
  open = true;
  readonly #options: TrackOptions;
  readonly #setKeysBefore: number;
  readonly #frames = new KeptFrames();
  #result: AttemptResult = 'running';
  #cause: CauseCode | undefined;
  #endedAt: number | undefined;
  #now: number;
  #linkSeen: boolean | undefined;
  #linkLostAt: number | undefined;
  #lostBy: CauseCode | undefined;
  #evMac: string | undefined;
  #nid: string | undefined;
  #modemThen: { readonly facts: SeenModem; readonly setKeys: number } | undefined;
  #processes: ProcessTrack[] = [];
  #processesLeftOut = 0;
  #begins: number[] = [];
  #mostBegins = 0;
  #suppressed = 0;
  #undecodable = 0;
  #repeats = 0;
  #ignored = 0;
  #interfaceDown: boolean;
  #parmReqFault: string | undefined;
  readonly #tolerated = new Set<string>();
  readonly #stray = new Set<string>();
  readonly #others = new Map<string, number>();

  constructor(options: TrackOptions) {
    this.#options = options;
    this.session = options.session;
    this.#now = options.time.at;
    this.#setKeysBefore = options.modem.setKeyRequests;
    this.#interfaceDown = options.interfaceDown;
  }

  get cycle(): number {
    return this.#options.cycle;
  }
  get finished(): boolean {
    return this.#result !== 'running';
  }

  frame(report: FrameReport, frame: Mme | undefined, now: number, own: string | undefined): void {
    this.#now = now;
    const at = now - this.#options.time.at;
    const n = this.#frames.next;
    const span = frame && this.#place(report, frame, { n, at }, own);
    const kept: Omit<AttemptFrame, 'n' | 'sinceMs'> = {
      at: roundMs(at),
      direction: report.direction,
      ...actorsOf(report.direction, report.name),
      source: report.from,
      target: report.to,
      name: report.name,
      hex: keptHex(report, frame),
      length: report.hex.length / 2,
      ...(span ? { timing: this.#timing(span, at) } : {}),
    };
    this.#frames.add(kept);
  }

  /** Whether a frame after the result tells something new: the vehicle of the attempt repeats itself. */
  amendedBy({ direction, from }: FrameReport): boolean {
    if (!this.finished || direction !== 'in' || from !== this.#evMac) return false;
    return this.#repeats++ < MOST_REPEATS;
  }

  #timing({ step, from }: Span, at: number): Timing {
    const limit = this.#options.limits[step];
    const elapsedMs = roundMs(at - from.at);
    return { ...limit, step, from: from.n, elapsedMs, level: levelOf(elapsedMs, limit.limitMs) };
  }

  /** Gives the frame to its process; returns what its time is measured from. */
  #place(report: FrameReport, frame: Mme, mark: Mark, own: string | undefined): Span | undefined {
    const evMac = report.direction === 'in' ? frame.OSA : frame.ODA;
    switch (frame.name) {
      case 'CM_SLAC_PARM.REQ':
        return this.#parmReq(frame, mark);
      case 'CM_SLAC_PARM.CNF':
      case 'CM_START_ATTEN_CHAR.IND':
      case 'CM_MNBC_SOUND.IND':
      case 'CM_ATTEN_CHAR.IND':
      case 'CM_ATTEN_CHAR.RSP':
      case 'CM_SLAC_MATCH.REQ':
      case 'CM_SLAC_MATCH.CNF': {
        const process = this.#process({ evMac, runId: frame.RunID });
        if (process) return process.take(frame, mark, own);
        if (this.#lastOf(evMac)) note(this.#stray, frame.name);
        else this.#other(frame.name);
        return undefined;
      }
      case 'CM_ATTEN_PROFILE.IND':
      case 'CM_VALIDATE.REQ':
      case 'CM_VALIDATE.CNF': {
        const process = this.#lastOf(frame.name === 'CM_ATTEN_PROFILE.IND' ? frame.PEV_MAC : evMac);
        if (process) return process.take(frame, mark, own);
        this.#other(frame.name);
        return undefined;
      }
      default:
        this.#other(frame.name);
        return undefined;
    }
  }

  #other(name: string): void {
    if (this.#others.has(name) || this.#others.size < MOST_TEXTS)
      this.#others.set(name, (this.#others.get(name) ?? 0) + 1);
  }

  #parmReq(frame: Extract<Mme, { name: 'CM_SLAC_PARM.REQ' }>, mark: Mark): Span | undefined {
    const fault = typeFault(frame);
    if (fault !== undefined) {
      this.#parmReqFault = fault;
      return undefined;
    }
    const pairing = { evMac: frame.OSA, runId: frame.RunID };
    const known = this.#process(pairing);
    const process = known ?? new ProcessTrack(pairing, mark.at, this.#options.timers);
    const first = this.#processes.length === 0 && this.#processesLeftOut === 0;
    if (!known) this.#join(process);
    process.take(frame, mark, undefined);
    return first ? { step: 'init', from: { n: 0, at: 0 } } : undefined;
  }

  /** Makes room: what was never answered goes first, then what is over, the oldest of each. */
  #join(process: ProcessTrack): void {
    if (this.#processes.length >= MOST_PROCESSES) {
      const out =
        this.#processes.find(({ result }) => result === 'unanswered') ??
        this.#processes.find(({ over }) => over) ??
        this.#processes[0];
      this.#processes = this.#processes.filter((one) => one !== out);
      this.#processesLeftOut++;
    }
    this.#processes.push(process);
  }

  #process({ evMac, runId }: Pairing): ProcessTrack | undefined {
    return this.#processes.find((one) => one.evMac === evMac && one.runId === runId);
  }
  #lastOf(evMac: string): ProcessTrack | undefined {
    return this.#processes.findLast((one) => one.evMac === evMac);
  }

  /** Takes a report that is not a frame; false when it says nothing of the attempt. */
  report(report: EvseSlacReport, now: number): boolean {
    this.#now = now;
    switch (report.kind) {
      case 'matching-started':
        this.#began(now);
        return true;
      case 'attenuation':
        this.#process(report)?.attenuationIs(report);
        return true;
      case 'confirmed':
        this.#evMac = report.evMac;
        this.#nid = report.nid;
        return true;
      case 'matched':
        this.#matched(report);
        return true;
      case 'session-failed':
        this.#sessionFailed(report);
        return true;
      case 'failed':
        this.#failed(report.cause.code, report.evMac);
        return true;
      case 'ended':
        if (!this.finished)
          this.#end('ended', report.why === 'unplugged' ? 'unplugged' : 'stopped');
        this.open = false;
        return true;
      case 'tolerated':
        note(this.#tolerated, report.what);
        return true;
      case 'ignored':
        this.#ignored++;
        return true;
      case 'undecodable':
        this.#undecodable++;
        return true;
      case 'suppressed':
        this.#suppressed += report.reports;
        return true;
      case 'interface':
        this.#interfaceDown ||= !report.ok;
        return true;
      case 'modem':
        return true;
      default:
        return false;
    }
  }

  #began(now: number): void {
    this.#begins = [...this.#begins, now]
      .filter((at) => now - at <= this.#options.timers.TT_matching_repetition)
      .slice(-99);
    this.#mostBegins = Math.max(this.#mostBegins, this.#begins.length);
  }

  #matched(report: Extract<EvseSlacReport, { kind: 'matched' }>): void {
    this.#evMac = report.evMac;
    this.#nid = report.nid;
    this.#linkSeen = report.linkSeen;
    const process = this.#process(report);
    if (process) process.result = 'matched';
    this.#end('matched', undefined);
  }

  #sessionFailed({ evMac, runId, cause }: Extract<EvseSlacReport, { kind: 'session-failed' }>) {
    const process = this.#process({ evMac, runId });
    if (!process) return;
    process.result = 'failed';
    process.cause = cause.code;
  }

  #failed(code: CauseCode, evMac: string | undefined): void {
    if (this.#result === 'matched') {
      this.#linkLostAt = this.#now - this.#options.time.at;
      this.#lostBy = code;
      this.open = false;
      return;
    }
    this.#evMac = evMac ?? this.#evMac;
    const process = this.#main;
    if (process && !process.over) {
      process.result = 'failed';
      process.cause = code;
    }
    this.#end('failed', code);
    this.open = false;
  }

  #end(result: AttemptResult, cause: CauseCode | undefined): void {
    const { modem, time } = this.#options;
    this.#result = result;
    this.#cause = cause;
    this.#endedAt = this.#now - time.at;
    // a new key may follow at once: the verdict is about the one that was in force
    this.#modemThen = { facts: modem.facts(time.at), setKeys: modem.setKeyRequests };
  }

  /** The process that the verdict is about: matched, of the vehicle that failed, or the one that came farthest. */
  get #main(): ProcessTrack | undefined {
    const matched = this.#processes.find(({ result }) => result === 'matched');
    if (matched) return matched;
    const evMac = this.#evMac;
    const candidates = this.#processes.filter((one) => evMac === undefined || one.evMac === evMac);
    const live = candidates.filter(({ result }) => result !== 'unanswered');
    const all = live.length > 0 ? live : candidates.length > 0 ? candidates : this.#processes;
    const cause = this.#cause;
    const same = all.filter((one) => cause !== undefined && one.cause === cause);
    return (same.length > 0 ? same : all).reduce<ProcessTrack | undefined>(
      (best, one) => (best && best.progress > one.progress ? best : one),
      undefined,
    );
  }

  /** What the next attempts of this outlet compare with. */
  good(): LastGood | undefined {
    const main = this.#result === 'matched' ? this.#main : undefined;
    if (!main?.attenuation) return undefined;
    const { id, time } = this.#options;
    const { groups, meanDb } = main.attenuation;
    return { attempt: id, began: time.wall, evMac: main.evMac, groups, meanDb };
  }

  #seen(process: ProcessTrack | undefined, modem: SeenModem): Seen {
    return {
      result: this.#result,
      cause: this.#cause,
      linkSeen: this.#linkSeen,
      lostBy: this.#lostBy,
      process,
      outside: this.#options.outside,
      parmReqFault: this.#parmReqFault,
      strayRunIds: [...this.#stray],
      others: this.#others,
      undecodable: this.#undecodable,
      interfaceDown: this.#interfaceDown,
      modem,
      successResults: this.#options.successResults,
      timers: this.#options.timers,
    };
  }

  view(evseMac: string | undefined): Attempt {
    const { id, time, cycle, lastGood, modem, limits, resumed } = this.#options;
    const main = this.#main;
    const process = main?.view();
    const facts = this.#modemThen?.facts ?? modem.facts(time.at);
    const setKeys = (this.#modemThen?.setKeys ?? modem.setKeyRequests) - this.#setKeysBefore;
    const { frames, leftOut } = this.#frames;
    const maybe = <K extends string, V>(key: K, value: V | undefined) =>
      (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
    return {
      id,
      began: time.wall,
      lasted: roundMs(this.#endedAt ?? this.#now - time.at),
      ...maybe('session', this.session),
      cycle,
      result: this.#result,
      ...maybe('cause', this.#cause),
      ...maybe('linkSeen', this.#linkSeen),
      ...maybe('linkLostAt', this.#linkLostAt && roundMs(this.#linkLostAt)),
      verdict: verdictOf(this.#seen(main, facts)),
      ...maybe('evMac', process?.evMac ?? this.#evMac),
      ...maybe('runId', process?.runId),
      ...maybe('runIdText', process?.runIdText),
      ...maybe('evseMac', evseMac),
      ...maybe('nid', this.#nid),
      steps: stepsOf(frames, limits, {
        process: main,
        joined: this.#result === 'matched' && this.#linkSeen === true ? this.#endedAt : undefined,
        result: this.#result,
        resumed,
      }),
      frames,
      framesLeftOut: leftOut,
      suppressed: this.#suppressed,
      undecodable: this.#undecodable,
      ignored: this.#ignored,
      processes: [
        ...(process ? [process] : []),
        ...this.#processes.filter((one) => one !== main).map((one) => one.view()),
      ],
      processesLeftOut: this.#processesLeftOut,
      processesIn10s: this.#mostBegins,
      foreignEvs: [...new Set(this.#processes.map(({ evMac }) => evMac))].filter(
        (mac) => mac !== process?.evMac,
      ),
      retries: {
        ...(process?.retries ?? { parmReq: 0, attenCharInd: 0, matchReq: 0 }),
        setKey: Math.max(0, setKeys - 1),
      },
      tolerated: [...this.#tolerated],
      modem: facts,
      ...maybe('lastGood', lastGood),
    };
  }
}

function note(texts: Set<string>, text: string): void {
  if (texts.size < MOST_TEXTS) texts.add(text);
}
