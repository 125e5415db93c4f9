/** RemoteStopTransaction.req. OCPP 1.6 section 5.12 */
export interface RemoteStopTransactionRequest {
  readonly transactionId: number;
}
export interface RemoteStopTransactionResponse {
  readonly status: 'Accepted' | 'Rejected';
}
