/** SendLocalList.req; the profile is not offered, so only its answer is typed. OCPP 1.6 section 5.15 */
export interface SendLocalListResponse {
  readonly status: 'Accepted' | 'Failed' | 'NotSupported' | 'VersionMismatch';
}
/** GetLocalListVersion.conf: -1 says that there is no local list. OCPP 1.6 section 5.10 */
export interface GetLocalListVersionResponse {
  readonly listVersion: number;
}
