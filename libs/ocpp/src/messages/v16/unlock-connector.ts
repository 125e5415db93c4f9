/** UnlockConnector.req. OCPP 1.6 section 5.18 */
export interface UnlockConnectorRequest {
  readonly connectorId: number;
}
export interface UnlockConnectorResponse {
  readonly status: 'Unlocked' | 'UnlockFailed' | 'NotSupported';
}
