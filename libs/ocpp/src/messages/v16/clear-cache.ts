/** ClearCache.req. OCPP 1.6 section 5.4 */
export type ClearCacheRequest = Readonly<Record<string, never>>;
export interface ClearCacheResponse {
  readonly status: 'Accepted' | 'Rejected';
}
