/** ChangeConfiguration.req. OCPP 1.6 section 5.3 */
export interface ChangeConfigurationRequest {
  readonly key: string;
  readonly value: string;
}
export interface ChangeConfigurationResponse {
  readonly status: 'Accepted' | 'Rejected' | 'RebootRequired' | 'NotSupported';
}
