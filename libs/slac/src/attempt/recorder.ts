import { type EvseSlacSettings, evseSettings } from '../evse/config.ts';
import type { EvseSlacReport } from '../evse/report.ts';
import type { Attempt, LastGood } from './attempt.ts';
import { AttemptTrack } from './attempt-track.ts';
import { ModemTrack } from './modem-track.ts';
import { frameOf } from './seen-frame.ts';
import { limitsOf } from './steps.ts';

/** When a report came. */
export interface ReportTime {
  /** Monotonic milliseconds. */
  readonly at: number;
  /** Milliseconds since 1970. */
  readonly wall: number;
}
export interface RecorderOptions {
  /** A new id for each attempt, unique for ever. */
  readonly id: () => string;
  /** As configured when an attempt begins; absent: the standard's values. */
  readonly settings?: () => Pick<EvseSlacSettings, 'timers' | 'setKeySuccess'>;
}
/**
 * `began`, `changed`: see `current`. `finished`: the attempt has its result. `amended`: one that was
 * finished goes on a little: its link is lost, or its vehicle repeats itself, at most ten times.
 */
export type Recorded = 'nothing' | 'began' | 'changed' | 'finished' | 'amended';

/** Makes attempts of what the charger's side of SLAC reports, bounded in memory whatever is sent. */
export interface AttemptRecorder {
  observe(report: EvseSlacReport, time: ReportTime, session?: string): Recorded;
  /** The attempt that runs, or the last one. */
  readonly current: Attempt | undefined;
  /** The newest attenuation of a match. */
  readonly lastGood: LastGood | undefined;
  /** Tells the last good attenuation from before a restart; one of this run stays. */
  lastGoodIs(lastGood: LastGood): void;
}

/** CM_SLAC_PARM.REQ from before an attempt counts for its verdict so long, milliseconds, and so many. */
const OUTSIDE_MS = 60_000;
const MOST_OUTSIDE = 20;

/** A recorder for one charger's side of SLAC. Pure: it is told the time. */
export function createAttemptRecorder(options: RecorderOptions): AttemptRecorder {
  const modem = new ModemTrack();
  const settings = options.settings ?? (() => evseSettings({}));
  let track: AttemptTrack | undefined;
  let lastGood: LastGood | undefined;
  let evseMac: string | undefined;
  let interfaceDown = false;
  let outside: number[] = [];

  function begin(report: EvseSlacReport, time: ReportTime, session: string | undefined): Recorded {
    const same = session !== undefined && track?.session === session;
    const slacInitMs = report.kind === 'waiting' ? report.timeoutMs : 0;
    outside = outside.filter((at) => time.at - at < OUTSIDE_MS);
    const { timers, setKeySuccess } = settings();
    track = new AttemptTrack({
      id: options.id(),
      time,
      cycle: same ? (track?.cycle ?? 0) + 1 : 1,
      session,
      timers,
      limits: limitsOf(timers, slacInitMs),
      resumed: report.kind === 'resumed',
      lastGood,
      outside: outside.length,
      interfaceDown,
      successResults: setKeySuccess === 'any' ? [0, 1] : [setKeySuccess],
      modem,
    });
    outside = [];
    return 'began';
  }

  function finished(): Recorded {
    const good = track?.good();
    if (good) lastGood = good;
    return 'finished';
  }

  function onFrame(report: Extract<EvseSlacReport, { kind: 'frame' }>, at: number): Recorded {
    const frame = frameOf(report);
    if (report.direction === 'out') evseMac = report.from;
    if (frame) modem.take(frame, at);
    if (track?.open) {
      track.frame(report, frame, at, evseMac);
      return track.amendedBy(report) ? 'amended' : 'changed';
    }
    if (report.direction === 'in' && report.name === 'CM_SLAC_PARM.REQ')
      outside = [...outside, at].slice(-MOST_OUTSIDE);
    return 'nothing';
  }

  function observe(
    report: EvseSlacReport,
    time: ReportTime,
    session: string | undefined,
  ): Recorded {
    if (report.kind === 'interface') interfaceDown = !report.ok;
    if (report.kind === 'modem') modem.told(report);
    if (report.kind === 'waiting' || report.kind === 'resumed') return begin(report, time, session);
    if (report.kind === 'frame') return onFrame(report, time.at);
    if (!track?.open) return 'nothing';
    const before = track.finished;
    if (session !== undefined) track.session ??= session;
    const took = track.report(report, time.at);
    if (!before && track.finished) return finished();
    // of what comes after the result only the loss of the link is news: the rest anybody can cause
    return took ? (before && report.kind === 'failed' ? 'amended' : 'changed') : 'nothing';
  }

  return {
    observe: (report, time, session) => observe(report, time, session),
    get current() {
      return track?.view(evseMac);
    },
    get lastGood() {
      return lastGood;
    },
    lastGoodIs(good) {
      lastGood ??= good;
    },
  };
}
