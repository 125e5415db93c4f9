/** TriggerMessage.req. OCPP 1.6 section 5.17 */
export interface TriggerMessageRequest {
  readonly requestedMessage:
    | 'BootNotification'
    | 'DiagnosticsStatusNotification'
    | 'FirmwareStatusNotification'
    | 'Heartbeat'
    | 'MeterValues'
    | 'StatusNotification';
  readonly connectorId?: number;
}
export interface TriggerMessageResponse {
  readonly status: 'Accepted' | 'Rejected' | 'NotImplemented';
}
