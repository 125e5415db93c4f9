import type { FrameTraceReport } from '../frame-reporter.ts';
import type { Cause } from './causes.ts';
import type { ModemIdentity, Station } from './modem/adapter.ts';
import type { ToleranceCode } from './tolerance.ts';

/** Which vehicle, which matching process. */
export interface Pairing {
  readonly evMac: string;
  /** Eight bytes as hex, chosen by the vehicle. */
  readonly runId: string;
}

export type ModemVendor = 'unknown' | 'qualcomm' | 'lumissil';

/** What the charger's side of SLAC tells the journal; never a key. */
export type EvseSlacReport =
  /** The pilot is in B, C or D: a vehicle is awaited. */
  | { readonly kind: 'waiting'; readonly timeoutMs: number }
  | ({ readonly kind: 'matching-started' } & Pairing)
  | FrameTraceReport
  | AttenuationReport
  /** The vehicle has the key; the link is awaited. */
  | ({ readonly kind: 'confirmed'; readonly nid: string } & Pairing)
  /** `linkSeen`: the modem reported the link; without, no modem could tell. */
  | ({ readonly kind: 'matched'; readonly nid: string; readonly linkSeen: boolean } & Pairing)
  | ({ readonly kind: 'link'; readonly up: boolean } & Pairing)
  | ({ readonly kind: 'session-failed'; readonly cause: Cause } & Pairing)
  /** Matching as a whole failed: the error routine of the pilot (state E or F) is due, once. */
  | { readonly kind: 'failed'; readonly cause: Cause; readonly evMac?: string }
  | { readonly kind: 'ended'; readonly why: 'unplugged' | 'terminated' | 'error' }
  | { readonly kind: 'paused' | 'resumed' }
  | ModemReport
  /** The stations of the modem's network are others than before. */
  | { readonly kind: 'network'; readonly stations: readonly Station[] }
  /** A step of the validation: `toggles` counted, with the result sent to the vehicle. */
  | ({
      readonly kind: 'validation';
      readonly step: 'ready' | 'not-ready' | 'not-required' | 'success' | 'failure';
      readonly toggles: number;
    } & Pairing)
  /** An amplitude map of `carriers`, received or sent, and whether it was taken. */
  | ({
      readonly kind: 'amp-map';
      readonly direction: 'in' | 'out';
      readonly carriers: number;
      readonly taken: boolean;
    } & Pairing)
  | ({ readonly kind: 'tolerated'; readonly code: ToleranceCode; readonly what: string } & Pairing)
  | { readonly kind: 'ignored'; readonly name: string; readonly from: string; readonly why: string }
  | { readonly kind: 'interface'; readonly ok: boolean; readonly what: string };

/** Attenuation over the sounds of one vehicle, dB for each of 58 carrier groups. */
export interface AttenuationReport extends Pairing {
  readonly kind: 'attenuation';
  /** Profiles that went into the mean. */
  readonly profiles: number;
  readonly soundsHeard: number;
  readonly groups: readonly number[];
  readonly lowest: readonly number[];
  readonly highest: readonly number[];
  readonly meanDb: number;
}

export interface ModemReport extends Partial<ModemIdentity> {
  readonly kind: 'modem';
  readonly state:
    'ready' | 'found' | 'no-answer' | 'refuses-key' | 'refuses-reset' | 'waits-for-firmware';
  readonly vendor: ModemVendor;
  readonly mac?: string;
  readonly what: string;
  readonly next: string;
}
