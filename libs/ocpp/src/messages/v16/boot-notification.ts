/** BootNotification.req: what the charge point is, after each start. OCPP 1.6 section 4.2 */
export interface BootNotificationRequest {
  readonly chargePointVendor: string;
  readonly chargePointModel: string;
  readonly chargePointSerialNumber?: string;
  readonly chargeBoxSerialNumber?: string;
  readonly firmwareVersion?: string;
  readonly iccid?: string;
  readonly imsi?: string;
  readonly meterType?: string;
  readonly meterSerialNumber?: string;
}
/** `interval` in seconds: of heartbeats when Accepted, else until the next BootNotification. */
export interface BootNotificationResponse {
  readonly status: 'Accepted' | 'Pending' | 'Rejected';
  readonly currentTime: string;
  readonly interval: number;
}
