/** RemoteStartTransaction.req; the profile is ignored without smart charging. OCPP 1.6 section 5.11 */
export interface RemoteStartTransactionRequest {
  readonly connectorId?: number;
  readonly idTag: string;
  readonly chargingProfile?: Readonly<Record<string, unknown>>;
}
export interface RemoteStartTransactionResponse {
  readonly status: 'Accepted' | 'Rejected';
}
