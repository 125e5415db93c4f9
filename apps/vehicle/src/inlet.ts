import { currentForDuty } from '@kerbside/charging';
import { amps, type Amps } from '@kerbside/kernel';

/** What the car sees at its inlet. */
export interface Inlet {
  readonly output: 'X1' | 'F' | 'duty' | 'none';
  readonly dutyPercent: number | undefined;
  readonly contactor: boolean;
  readonly phases: 1 | 3;
}

/** The duty cycle that asks for digital communication. IEC 61851-1 */
export const isDigital = ({ output, dutyPercent }: Inlet) =>
  output === 'duty' && dutyPercent !== undefined && dutyPercent >= 3 && dutyPercent <= 7;

/** What the duty cycle says that the car may draw per phase. */
export const offered = ({ output, dutyPercent }: Inlet): Amps =>
  output === 'duty' ? currentForDuty(dutyPercent ?? 0) : amps(0);
