/** DataTransfer.req, either direction. OCPP 1.6 sections 4.3, 5.6 */
export interface DataTransferRequest {
  readonly vendorId: string;
  readonly messageId?: string;
  readonly data?: string;
}
export interface DataTransferResponse {
  readonly status: 'Accepted' | 'Rejected' | 'UnknownMessageId' | 'UnknownVendorId';
  readonly data?: string;
}
