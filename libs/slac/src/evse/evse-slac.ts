import {
  type Clock,
  equalBytes,
  type Logger,
  type Random,
  ReportLimit,
  runMachine,
  toHex,
} from '@kerbside/kernel';
import { FrameReporter } from '../frame-reporter.ts';
import { encodeFrame } from '../messages/codec.ts';
import { makeNetworkKey, nidOf } from '../network-key.ts';
import type { FrameLink, Sha256 } from '../ports.ts';
import { evseSettings, type EvseSlacConfig } from './config.ts';
import type { EvseSlacReport } from './report.ts';
import type { EvseEffect, EvseInput, EvseState } from './state.ts';
import { type EvseSlacStatus, statusOf } from './status.ts';
import { evseSlacMachine } from './step.ts';

export interface EvseSlacPorts {
  readonly link: FrameLink;
  readonly clock: Clock;
  readonly random: Random;
  readonly sha256: Sha256;
  readonly log: Logger;
}
export interface EvseSlacOptions {
  readonly config?: Partial<EvseSlacConfig>;
  readonly ports: EvseSlacPorts;
  /** Takes what is worth a journal entry. */
  readonly report: (report: EvseSlacReport) => void;
}
/** The charger's side of SLAC on one interface. */
export interface EvseSlac {
  /** The pilot is in B, C or D with 5 % or nominal duty: a car may match. Call it before 5 % is switched on. */
  enterBcd(): void;
  /** The pilot left B, C and D: ends at once. */
  leaveBcd(): void;
  /** D-LINK_TERMINATE.request */
  terminate(): void;
  /** D-LINK_ERROR.request */
  error(): void;
  /** D-LINK_PAUSE.request: `enterBcd` comes back to the same network. */
  pause(): void;
  /** The board saw the pilot go to B or C, at that monotonic time, to 20 ms; for CM_VALIDATE. */
  pilotEdge(state: 'B' | 'C', at: number): void;
  readonly state: EvseSlacStatus;
  /** Timers that run now, by name. */
  readonly armed: readonly string[];
  stop(): void;
}

/**
 * Starts the charger's side of SLAC: looks for the modem, gives it a key, and awaits `enterBcd`.
 * Throws `SlacConfigError` for a setting out of its range.
 */
export function createEvseSlac({ config, ports, report }: EvseSlacOptions): EvseSlac {
  const { link, clock, random, sha256, log } = ports;
  const settings = evseSettings(config ?? {});
  let address = link.mac.slice();
  /** What is to be told waits until the answer to a frame is out; undefined: nothing is being answered. */
  let held: (() => void)[] | undefined;
  function later(tell: () => void): void {
    if (held) held.push(tell);
    else tellOne(tell);
  }
  function answerFirst(act: () => void): void {
    if (held) return act();
    const waiting: (() => void)[] = [];
    held = waiting;
    try {
      act();
    } finally {
      held = undefined;
      for (const tell of waiting) tellOne(tell);
    }
  }
  function tellOne(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      failed(error, 'report');
    }
  }
  const frames = new FrameReporter(clock, report, later);
  /** Of its own, for frames in plenty are not to hide how the session of a car goes. */
  const sessionReports = new ReportLimit(clock, SESSION_REPORTS_PER_SECOND, (reports) =>
    report({ kind: 'suppressed', reports }),
  );
  function limitOf({ kind }: EvseSlacReport): ReportLimit | undefined {
    if (ofSessions.has(kind)) return sessionReports;
    return ofFrames.has(kind) ? frames.limit : undefined;
  }
  let linkFailed = false;

  function interfaceIs(ok: boolean, what: string): void {
    if (linkFailed === !ok) return;
    linkFailed = !ok;
    later(() => report({ kind: 'interface', ok, what }));
  }
  function perform(effect: Exclude<EvseEffect, { do: 'arm' | 'cancel' | 'ask' }>): void {
    if (effect.do === 'report') {
      const told = effect.report;
      const limit = effect.changesState ? undefined : limitOf(told);
      later(() => {
        if (limit && !limit.passes()) return;
        logReport(log, told);
        report(told);
      });
      return;
    }
    let bytes: Uint8Array;
    try {
      bytes = encodeFrame(effect.frame);
      link.send(bytes);
    } catch (error) {
      machine.feed({ on: 'unsent', frame: effect.frame });
      throw error;
    }
    interfaceIs(true, 'The interface sends again.');
    frames.note('out', effect.frame, bytes);
  }

  function failed(error: unknown, during: string): void {
    const what = error instanceof Error ? error.message : String(error);
    log.error('slac.failed', { during, error: what });
    if (during === 'send') interfaceIs(false, what);
  }
  const machine = runMachine<EvseState, EvseInput, EvseEffect>(
    evseSlacMachine(settings, toHex(address, ':')),
    {
      clock,
      perform,
      ask() {
        const nmk = settings.fixedKey;
        return nmk ? { nid: nidOf(nmk.reveal(), sha256), nmk } : makeNetworkKey(random, sha256);
      },
      changed(state, previous) {
        if (state.at !== previous.at) log.info('slac.state', { at: state.at, from: previous.at });
      },
      failed,
    },
  );
  const unwatch = link.onStatus?.(({ state, what }) => {
    interfaceIs(state === 'up', what);
    if (state !== 'up') return;
    readdress();
    machine.feed({ on: 'interfaceBack' });
  });
  const unsubscribe = link.onFrame((bytes) => {
    answerFirst(() => {
      readdress();
      const frame = frames.receive(bytes, link.mac);
      if (frame) machine.feed({ on: 'frame', frame });
    });
  });
  /** An interface that was replaced may come back with another address. */
  function readdress(): void {
    if (equalBytes(link.mac, address)) return;
    address = link.mac.slice();
    machine.feed({ on: 'address', mac: toHex(address, ':') });
  }
  machine.feed({ on: 'start' });

  const input = (on: 'enterBcd' | 'leaveBcd' | 'terminate' | 'error' | 'pause') => () => {
    readdress();
    machine.feed({ on });
  };
  return {
    enterBcd: input('enterBcd'),
    leaveBcd: input('leaveBcd'),
    terminate: input('terminate'),
    error: input('error'),
    pause: input('pause'),
    pilotEdge: (state, at) => machine.feed({ on: 'pilotEdge', state, at }),
    get state() {
      return statusOf(machine.state);
    },
    get armed() {
      return machine.armed;
    },
    stop() {
      unsubscribe();
      unwatch?.();
      machine.stop();
    },
  };
}

/** Sessions begun and ended that pass one by one: five cars, each beginning anew four times. */
const SESSION_REPORTS_PER_SECOND = 40;

/** What a stranger on the wire can cause without end: told of single frames, and of sessions. */
const ofFrames = new Set<EvseSlacReport['kind']>(['ignored', 'tolerated', 'validation', 'amp-map']);
const ofSessions = new Set<EvseSlacReport['kind']>(['matching-started', 'session-failed']);

function logReport(log: Logger, report: EvseSlacReport): void {
  const { kind, ...fields } = report;
  if (kind === 'failed' || kind === 'session-failed') log.warn(`slac.${kind}`, fields);
  else if (kind !== 'attenuation') log.info(`slac.${kind}`, fields);
}
