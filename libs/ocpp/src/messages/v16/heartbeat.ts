/** Heartbeat.req. OCPP 1.6 section 4.6 */
export type HeartbeatRequest = Readonly<Record<string, never>>;
export interface HeartbeatResponse {
  readonly currentTime: string;
}
