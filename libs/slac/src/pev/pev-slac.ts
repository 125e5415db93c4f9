import { type Clock, type Logger, type Random, runMachine, toHex } from '@kerbside/kernel';
import { FrameReporter } from '../frame-reporter.ts';
import { encodeFrame } from '../messages/codec.ts';
import type { FrameLink } from '../ports.ts';
import { MOST_SOUNDS, type PevKnobs, pevSettings, type PevSlacConfig } from './config.ts';
import {
  pevCauseOf,
  type PevEffect,
  type PevInput,
  type PevResult,
  type PevSlacReport,
  type PevState,
  type ProcessNumbers,
} from './state.ts';
import { pevSlacMachine } from './step.ts';

export interface PevSlacOptions {
  readonly config?: Partial<PevSlacConfig>;
  readonly knobs?: PevKnobs;
  readonly ports: {
    readonly link: FrameLink;
    readonly clock: Clock;
    readonly random: Random;
    readonly log: Logger;
  };
  /** Puts the pilot into B or C, for CM_VALIDATE; without, no validation is asked for. */
  readonly pilot?: (state: 'B' | 'C') => void;
  readonly report?: (report: PevSlacReport) => void;
}
/** The vehicle's side of SLAC on one interface. */
export interface PevSlac {
  /** Begins to match; the promise ends with the key or the cause. While one runs, it is the same promise. */
  start(): Promise<PevResult>;
  /**
   * After a pause: awaits the link of the match of before, T_conn_resume long, with the key that the modem kept.
   * Ends as failed where it does not come back; `start` then matches anew. Without a match it is `start`.
   */
  rejoin(): Promise<PevResult>;
  readonly state: PevState['at'];
  /** Timers that run now, by name. */
  readonly armed: readonly string[];
  /** Ends at once; a running `start` ends as failed. */
  stop(): void;
}

/** Makes the vehicle's side of SLAC; nothing is sent before `start`. */
export function createPevSlac(options: PevSlacOptions): PevSlac {
  const { config, knobs = {}, ports, report, pilot } = options;
  const { link, clock, random, log } = ports;
  /** An interface that was replaced may come back with another address. */
  const ownMac = () => toHex(link.mac, ':');
  const settings = pevSettings({ ...config, ...(pilot ? {} : { validate: 'never' }) });
  const tell = report ?? (() => {});
  const frames = new FrameReporter(clock, tell);
  let running: Promise<PevResult> | undefined;
  let finish: (result: PevResult) => void = () => {};

  function perform(effect: Exclude<PevEffect, { do: 'arm' | 'cancel' | 'ask' }>): void {
    if (effect.do === 'send') {
      const bytes = encodeFrame(effect.frame);
      link.send(bytes);
      frames.note('out', effect.frame, bytes);
      return;
    }
    if (effect.do === 'pilot') {
      pilot?.(effect.state);
      return;
    }
    const told = effect.report;
    tell(told);
    if (told.kind !== 'matched' && told.kind !== 'failed') return;
    log.info(
      `slac.pev.${told.kind}`,
      told.kind === 'failed' ? { ...told.cause } : { nid: told.nid },
    );
    running = undefined;
    finish(told);
  }
  function numbers(): ProcessNumbers {
    const rnd = Array.from({ length: MOST_SOUNDS }, () => toHex(random.bytes(16)));
    return { mac: ownMac(), runId: toHex(random.bytes(8)), rnd };
  }

  const machine = runMachine<PevState, PevInput, PevEffect>(
    pevSlacMachine({ config: settings, knobs }),
    {
      clock,
      perform,
      ask: numbers,
      failed: (error, during) =>
        log.error('slac.pev.failed', {
          during,
          error: error instanceof Error ? error.message : String(error),
        }),
    },
  );
  const unsubscribe = link.onFrame((bytes) => {
    const frame = frames.receive(bytes, link.mac);
    if (frame) machine.feed({ on: 'frame', frame });
  });
  function run(input: Extract<PevInput, { on: 'start' | 'rejoin' }>): Promise<PevResult> {
    if (running) return running;
    const result = new Promise<PevResult>((resolve) => (finish = resolve));
    running = result;
    machine.feed(input);
    return result;
  }
  return {
    start: () => run({ on: 'start' }),
    rejoin: () =>
      run(machine.state.at === 'matched' ? { on: 'rejoin', mac: ownMac() } : { on: 'start' }),
    get state() {
      return machine.state.at;
    },
    get armed() {
      return machine.armed;
    },
    stop() {
      unsubscribe();
      machine.stop();
      finish({ kind: 'failed', cause: pevCauseOf('stopped') });
    },
  };
}
