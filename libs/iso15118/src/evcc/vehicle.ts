import type { Amps, Duration, Percent, Volts, WattHours, Watts } from '@kerbside/kernel';

/** The car behind the EVCC, as it is at one moment. */
export interface VehicleView {
  readonly soc: Percent;
  /** False once the driver's target is reached, or the car was told to stop. */
  readonly wantsEnergy: boolean;
  readonly energyWanted: WattHours;
  readonly capacity: WattHours;
  readonly maxVoltage: Volts;
  readonly maxCurrent: Amps;
  readonly minCurrent: Amps;
  readonly maxPower: Watts;
  /** DC: what the battery shows at its terminals. */
  readonly batteryVoltage: Volts;
  /** DC: what the battery takes now. */
  readonly target: { readonly voltage: Volts; readonly current: Amps };
}

export type EnergyMode = 'AC_single_phase_core' | 'AC_three_phase_core' | 'DC_core' | 'DC_extended';

export interface EvccConfig {
  /** MAC address of the EVCC, 6 bytes. */
  readonly evccId: Uint8Array;
  readonly mode: EnergyMode;
  /** Parameter sets of the internet service to select, where it is offered; empty: none. */
  readonly internetSets: readonly number[];
  /** Time from one turn of the charge loop to the next. */
  readonly loopInterval: Duration;
  /** Seconds until departure, where the driver gave it. */
  readonly departureTime?: number;
  /** End with a pause instead of an end. */
  readonly pause?: boolean;
  /** The session id of a paused session to come back to, 8 bytes. ISO 15118-2 [V2G2-740] */
  readonly resume?: Uint8Array;
  /** Multiplies the standard's message timeouts: 1 is a real car, more suits a busy machine. */
  readonly patience?: number;
  readonly misbehaviour?: Misbehaviour;
}

/** What a test can make the car do wrong, at the first request of this name. */
export interface Misbehaviour {
  readonly kind: MisbehaviourKind;
  readonly at: EvccRequestName;
}

export const MISBEHAVIOURS = [
  'wrong-session-id',
  'out-of-sequence',
  'malformed-exi',
  'unknown-message',
  'unknown-payload-type',
  'false-v2gtp-length',
  'promise-4-gib',
  'truncated',
  'silent',
  'abrupt-close',
] as const;
export type MisbehaviourKind = (typeof MISBEHAVIOURS)[number];

export const EVCC_REQUESTS = [
  'supportedAppProtocolReq',
  'SessionSetupReq',
  'ServiceDiscoveryReq',
  'ServiceDetailReq',
  'PaymentServiceSelectionReq',
  'AuthorizationReq',
  'ChargeParameterDiscoveryReq',
  'CableCheckReq',
  'PreChargeReq',
  'PowerDeliveryReq',
  'ChargingStatusReq',
  'CurrentDemandReq',
  'WeldingDetectionReq',
  'SessionStopReq',
] as const;
export type EvccRequestName = (typeof EVCC_REQUESTS)[number];
