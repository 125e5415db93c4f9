export type AuthorizationStatus = 'Accepted' | 'Blocked' | 'Expired' | 'Invalid' | 'ConcurrentTx';

/** What the CSMS says of a card. OCPP 1.6 section 7.27 */
export interface IdTagInfo {
  readonly expiryDate?: string;
  readonly parentIdTag?: string;
  readonly status: AuthorizationStatus;
}
