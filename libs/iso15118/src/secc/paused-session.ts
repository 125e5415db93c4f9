import type { EnergyTransferModeType } from '../messages/iso2/iso2.ts';

/** A schedule that the car was offered, and that counts once it has chosen it. */
export interface AgreedSchedule {
  /** Watts. */
  readonly pMax: number;
  /** Monotonic milliseconds of its end. */
  readonly until: number;
}

/** What is kept of a paused V2G session, for the car that comes back to it. ISO 15118-2 [V2G2-741] */
export interface PausedSession {
  readonly id: Uint8Array;
  readonly evseId: string;
  /** EVCCID of the car that paused, upper-case hexadecimal: another one does not come back to it. */
  readonly evccId: string;
  /** What the car had selected; absent where it paused before that. */
  readonly mode?: EnergyTransferModeType;
  /** The one that it had chosen; absent where it paused before that. */
  readonly schedule?: AgreedSchedule;
  /** Key of the transaction that it belongs to: with that the pause is over. */
  readonly transaction: string;
}
