import type { MisbehaviourName } from '@kerbside/slac';
import type { BatteryConfig } from './battery.ts';

/** What a car does from plug-in on. */
export interface StayPlan {
  readonly kind: 'basic' | 'ac' | 'dc';
  readonly battery: BatteryConfig;
  /** Presented at the reader after plug-in. */
  readonly token: string | undefined;
  /** Parameter sets of the internet service to select. */
  readonly internetSets: readonly number[];
  readonly pause: boolean;
  /** False: the power line link stands already. */
  readonly slac: boolean;
  /** How the car departs from the SLAC standard. */
  readonly misbehaviour: MisbehaviourName | undefined;
}
