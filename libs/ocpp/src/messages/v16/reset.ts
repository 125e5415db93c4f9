/** Reset.req. OCPP 1.6 section 5.14 */
export interface ResetRequest {
  readonly type: 'Hard' | 'Soft';
}
export interface ResetResponse {
  readonly status: 'Accepted' | 'Rejected';
}
