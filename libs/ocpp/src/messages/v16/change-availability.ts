/** ChangeAvailability.req: connector 0 is the whole charge point. OCPP 1.6 section 5.2 */
export interface ChangeAvailabilityRequest {
  readonly connectorId: number;
  readonly type: 'Inoperative' | 'Operative';
}
export interface ChangeAvailabilityResponse {
  readonly status: 'Accepted' | 'Rejected' | 'Scheduled';
}
