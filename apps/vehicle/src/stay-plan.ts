import type { Duration, WattHours } from '@kerbside/kernel';
import type { MisbehaviourName } from '@kerbside/slac';
import type { BatteryConfig } from './battery.ts';

export interface Nap {
  /** After so much energy. */
  readonly at: WattHours;
  /** From the pause to the wake-up. */
  readonly lasts: Duration;
}

/** What a car does from plug-in on. */
export interface StayPlan {
  readonly kind: 'basic' | 'ac' | 'dc';
  readonly battery: BatteryConfig;
  /** Presented at the reader after plug-in. */
  readonly token: string | undefined;
  /** Parameter sets of the internet service to select. */
  readonly internetSets: readonly number[];
  /** End with a pause of the session. */
  readonly pause: boolean;
  /** Pause once, and wake by itself. */
  readonly nap: Nap | undefined;
  /** False: the power line link stands already. */
  readonly slac: boolean;
  /** CM_VALIDATE before the match. */
  readonly validate: 'never' | 'ambiguous' | 'always';
  /** How the car departs from the SLAC standard. */
  readonly misbehaviour: MisbehaviourName | undefined;
}
