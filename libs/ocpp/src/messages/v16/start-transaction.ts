import type { IdTagInfo } from './id-tag-info.ts';

/** StartTransaction.req: `meterStart` is the register in Wh. OCPP 1.6 section 4.8 */
export interface StartTransactionRequest {
  readonly connectorId: number;
  readonly idTag: string;
  readonly meterStart: number;
  readonly reservationId?: number;
  readonly timestamp: string;
}
export interface StartTransactionResponse {
  readonly idTagInfo: IdTagInfo;
  readonly transactionId: number;
}
