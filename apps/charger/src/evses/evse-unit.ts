import type { SlacWatch } from '../slac/slac-watch.ts';
import type { CommandAnswer, EvseCommand, EvseConfig, EvseSnapshot } from '@kerbside/charging';
import type { SlacLayers } from '../installation/slac-settings.ts';

/** One EVSE with all that belongs to it: actor, board, meter, SLAC, V2G. Made by the factory in wiring/. */
export interface EvseUnit {
  readonly config: EvseConfig;
  /** Absent where the pilot alone is used. */
  readonly slac?: SlacWatch;
  snapshot(): EvseSnapshot;
  onSnapshot(listener: (snapshot: EvseSnapshot) => void): void;
  command(command: EvseCommand): Promise<CommandAnswer>;
  /** New settings of SLAC and of the pilot: for the next step of the pilot, and the next stay's matching. */
  configure(layers: SlacLayers): void;
  /** Orders the contactor open, past the actor. */
  emergencyOpen(): void;
  /** Ends the session in order and lets go of everything; resolves when the facts are on disk or 2 s passed. */
  close(reason: 'Reboot' | 'Other'): Promise<void>;
}
