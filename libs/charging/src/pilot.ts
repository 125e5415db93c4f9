import type { Amps } from '@kerbside/kernel';
import { amps } from '@kerbside/kernel';

/** State of the control pilot as the vehicle sets it. IEC 61851-1 Annex A */
export type PilotState = 'A' | 'B' | 'C' | 'D' | 'E' | 'F';

/** Pilot output: off (X1, steady +12 V), a duty cycle in percent (X2), or state F. IEC 61851-1 Annex A */
export type PilotOutput = 'X1' | 'F' | { readonly dutyPercent: number };

/** Digital communication required. IEC 61851-1 table A.8 */
export const DIGITAL_DUTY_PERCENT = 5;

/** The duty cycle that offers `limit` amps per phase: 10 to 96 %. IEC 61851-1 table A.8 */
export function dutyForCurrent(limit: Amps): number | undefined {
  if (limit < 6) return undefined;
  const duty = limit <= 51 ? limit / 0.6 : limit / 2.5 + 64;
  return Math.min(96, Math.round(duty * 10) / 10);
}

/** The current per phase that the vehicle may draw at a duty cycle: 0 where it must not. IEC 61851-1 table A.8 */
export function currentForDuty(dutyPercent: number): Amps {
  if (dutyPercent < 8 || dutyPercent > 97) return amps(0);
  if (dutyPercent < 10) return amps(6);
  if (dutyPercent <= 85) return amps(dutyPercent * 0.6);
  if (dutyPercent <= 96) return amps((dutyPercent - 64) * 2.5);
  return amps(80);
}
