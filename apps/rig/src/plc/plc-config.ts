import { type Duration, millis } from '@kerbside/kernel';

/** The power line of the bench: two modems, the charger's and the vehicle's. */
export interface PlcConfig {
  /** The charger's host address, where its frames are on the vehicle's wire too; else it is learned. */
  readonly chargerMac?: string;
  readonly chargerModemMac: string;
  readonly vehicleModemMac: string;
  /** Mean attenuation from vehicle to charger, dB. */
  readonly meanDb: number;
  /** Each profile differs by up to so many dB in each carrier group. */
  readonly noiseDb: number;
  /** A fault: the modems do not see each other. */
  readonly linkDown: boolean;
  /** A fault: the charger's modem measures nothing. */
  readonly noProfiles: boolean;
  /** A fault: no modem answers. */
  readonly deaf: boolean;
  /** How long an answer is held back, so that a modem on the wire comes first. */
  readonly holdBack: Duration;
  /**
   * A vehicle that never asks a modem on this wire has its own elsewhere: so long after
   * CM_SLAC_MATCH.CNF it counts as joined.
   */
  readonly assumeJoinedAfter: Duration;
}

export const defaultPlcConfig: PlcConfig = {
  chargerModemMac: '00:b0:52:6b:00:01',
  vehicleModemMac: '00:b0:52:6b:00:02',
  meanDb: 26,
  noiseDb: 3,
  linkDown: false,
  noProfiles: false,
  deaf: false,
  holdBack: millis(40),
  assumeJoinedAfter: millis(2000),
};
