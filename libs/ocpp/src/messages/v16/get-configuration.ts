/** GetConfiguration.req: no key or an empty list asks for all. OCPP 1.6 section 5.8 */
export interface GetConfigurationRequest {
  readonly key?: readonly string[];
}
export interface ConfigurationKey {
  readonly key: string;
  readonly readonly: boolean;
  readonly value?: string;
}
export interface GetConfigurationResponse {
  readonly configurationKey?: readonly ConfigurationKey[];
  readonly unknownKey?: readonly string[];
}
