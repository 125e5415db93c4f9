import type { IdTagInfo } from '../../messages/v16/id-tag-info.ts';
import { timestampOf } from '../../station/v16/queue/queue-rows.ts';
import type { CsmsToken } from '../ports.ts';

/** What a station is told of a card. OCPP 1.6 section 7.27 */
export function idTagInfoOf(token: CsmsToken | undefined, wall: number): IdTagInfo {
  if (!token) return { status: 'Invalid' };
  const expired = token.expiry !== undefined && token.expiry <= wall;
  return {
    status: token.status === 'Accepted' && expired ? 'Expired' : token.status,
    ...(token.expiry === undefined ? {} : { expiryDate: timestampOf(token.expiry) }),
    ...(token.parentIdTag === undefined ? {} : { parentIdTag: token.parentIdTag }),
  };
}
