import type { Mme, Sendable } from '../../messages/catalogue.ts';
import type { ModemVendor } from '../report.ts';

/** From the host to the modem. */
export interface ToModem {
  readonly ODA: string;
  readonly OSA: string;
}
/** A station of the modem's network and the rates to it, Mbit/s. */
export interface Station {
  readonly mac: string;
  readonly txMbps: number;
  readonly rxMbps: number;
}
/** What a modem is, as far as it tells. */
export interface ModemIdentity {
  /** Hardware and firmware in one line. */
  readonly version: string;
  readonly built?: string;
  /** Of the mains, as the modem measures it. */
  readonly lineHz?: 50 | 60;
  readonly zeroCross?: 'detected' | 'missing';
}
/** What a frame of the modem says. */
export type ModemWord =
  | { readonly says: 'identity'; readonly identity: ModemIdentity }
  /** The firmware by its own name. */
  | { readonly says: 'firmware'; readonly firmware: string }
  | { readonly says: 'link'; readonly up: boolean }
  /** The link changed: it is worth asking. */
  | { readonly says: 'link-changed' }
  | { readonly says: 'reset'; readonly accepted: boolean }
  | { readonly says: 'stations'; readonly stations: readonly Station[] }
  | { readonly says: 'waits-for-firmware' }
  /** Nothing that matters here. */
  | { readonly says: 'nothing' };

/** A kind of modem: how it is asked, and how its frames are read. Firmware and settings are never written. */
export interface ModemAdapter {
  readonly vendor: ModemVendor;
  readonly maker: string;
  /** Asks who it is. */
  identify(to: ToModem): Sendable | undefined;
  /** More to ask once it is known. */
  details(to: ToModem): readonly Sendable[];
  /** undefined: it cannot tell of the link. */
  linkStatus(to: ToModem): Sendable | undefined;
  /** undefined: it cannot be restarted. */
  reset(to: ToModem): Sendable | undefined;
  /** Asks for its network; `round` counts the rounds without answer. */
  statistics(to: ToModem, round: number): readonly Sendable[];
  /** Leaves the network, where that is more than a new key. */
  leave(to: ToModem): Sendable | undefined;
  /** undefined: not a frame of this kind of modem. */
  read(frame: Mme): ModemWord | undefined;
}

/** Text of a frame goes into reports: only what can be printed. */
export const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').trim();
