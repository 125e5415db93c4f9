import { type Clock, type Logger, runMachine, WireError } from '@kerbside/kernel';
import { decodeFrame, encodeFrame, type FrameLink, type Mme } from '@kerbside/slac';
import { defaultPlcConfig, type PlcConfig } from './plc-config.ts';
import {
  isLinked,
  type PlcEffect,
  type PlcInput,
  plcMachine,
  type PlcState,
} from './plc-machine.ts';

export interface PlcModemsOptions {
  /** The charger's EV interface: hears everything of the vehicle's side. */
  readonly iface: FrameLink;
  /** To the charger's SLAC: hears everything that it sends. */
  readonly charger: FrameLink;
  readonly clock: Clock;
  readonly log: Logger;
  readonly config?: Partial<PlcConfig>;
}
export interface PlcModems {
  readonly linked: boolean;
  /** A modem on the wire answers itself; these two are silent. */
  readonly silent: boolean;
  /** Changes the attenuation, or brings in a fault. */
  configure(change: Partial<PlcConfig>): void;
  stop(): void;
}

/** Acts as the charger's and the vehicle's modem, unless real ones are on the wire. */
export function simulatedPlcModems(options: PlcModemsOptions): PlcModems {
  const { iface, charger, clock, log } = options;
  const machine = runMachine<PlcState, PlcInput, PlcEffect>(
    plcMachine({ ...defaultPlcConfig, ...options.config }),
    {
      clock,
      perform(effect) {
        if (effect.do === 'silent')
          log.info('plc.silent', { because: effect.because, from: effect.from });
        else (effect.to === 'charger' ? charger : iface).send(encodeFrame(effect.frame));
      },
      failed: (error, during) =>
        log.warn('plc.failed', {
          during,
          error: error instanceof Error ? error.message : String(error),
        }),
    },
  );
  const hear = (on: 'wire' | 'charger') => (bytes: Uint8Array) => {
    const frame = decoded(bytes);
    if (frame) machine.feed({ on, frame });
  };
  const ends = [iface.onFrame(hear('wire')), charger.onFrame(hear('charger'))];
  return {
    get linked() {
      return isLinked(machine.state);
    },
    get silent() {
      return machine.state.silent;
    },
    configure: (change) => machine.feed({ on: 'configure', change }),
    stop() {
      for (const end of ends) end();
      machine.stop();
    },
  };
}

function decoded(bytes: Uint8Array): Mme | undefined {
  try {
    return decodeFrame(bytes);
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}
