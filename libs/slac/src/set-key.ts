import type { Sendable } from './messages/catalogue.ts';
import type { NetworkKey } from './network-key.ts';

/** CM_SET_KEY.REQ with nonces of zero, as ISO 15118-3 wants it. */
export const setKeyReq = (
  to: { readonly ODA: string; readonly OSA: string },
  key: NetworkKey,
): Sendable => ({
  name: 'CM_SET_KEY.REQ',
  ...to,
  KeyType: 1,
  MyNonce: '00000000',
  YourNonce: '00000000',
  PID: 4,
  PRN: '0000',
  PMN: 0,
  'CCo capability': 0,
  NID: key.nid,
  NewEKS: 1,
  NewKey: key.nmk,
});
