import type { IdTagInfo } from './id-tag-info.ts';

/** Authorize.req: may this card charge? OCPP 1.6 section 4.1 */
export interface AuthorizeRequest {
  readonly idTag: string;
}
export interface AuthorizeResponse {
  readonly idTagInfo: IdTagInfo;
}
