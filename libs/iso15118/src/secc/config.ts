import type { Volts } from '@kerbside/kernel';
import type { EnergyTransferModeType } from '../messages/iso2/iso2.ts';

/** A value-added service that the charger offers. ISO 15118-2 8.5.2.1 */
export interface OfferedService {
  readonly id: number;
  readonly name: string;
  readonly category: 'Internet' | 'ContractCertificate' | 'OtherCustom';
  readonly free: boolean;
  readonly parameterSets: readonly {
    readonly id: number;
    readonly parameters: readonly { readonly name: string; readonly value: string | number }[];
  }[];
}

export interface SeccConfig {
  /** EVSEID in the form of the operator's contract, such as `DE*KRB*E1`. */
  readonly evseId: string;
  /** What one EVSE can do: AC modes or DC modes, never both. */
  readonly energyTransferModes: readonly EnergyTransferModeType[];
  /** AC: phase to neutral. */
  readonly nominalVoltage: Volts;
  readonly services: readonly OfferedService[];
}

/** The charge service has this id in every offer. ISO 15118-2 table 105 */
export const CHARGE_SERVICE_ID = 1;
/** The one schedule that is offered. */
export const SCHEDULE_TUPLE_ID = 1;
