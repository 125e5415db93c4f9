import type { IdTagInfo } from './id-tag-info.ts';
import type { MeterValue } from './meter-values.ts';

export type Reason =
  | 'DeAuthorized'
  | 'EmergencyStop'
  | 'EVDisconnected'
  | 'HardReset'
  | 'Local'
  | 'Other'
  | 'PowerLoss'
  | 'Reboot'
  | 'Remote'
  | 'SoftReset'
  | 'UnlockCommand';

/** StopTransaction.req: `idTag` only when a card ended it. OCPP 1.6 section 4.10 */
export interface StopTransactionRequest {
  readonly idTag?: string;
  readonly meterStop: number;
  readonly timestamp: string;
  readonly transactionId: number;
  readonly reason?: Reason;
  readonly transactionData?: readonly MeterValue[];
}
export interface StopTransactionResponse {
  readonly idTagInfo?: IdTagInfo;
}
