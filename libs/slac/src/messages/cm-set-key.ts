import { bytes, key, u8 } from './field.ts';
import { type FrameOf, mme } from './mme.ts';

/** CM_SET_KEY.REQ: a host gives its modem the network's key. HomePlug AV 1.1 */
export const CM_SET_KEY_REQ = mme('CM_SET_KEY.REQ', 0x6008, {
  KeyType: u8,
  MyNonce: bytes(4),
  YourNonce: bytes(4),
  PID: u8,
  PRN: bytes(2),
  PMN: u8,
  'CCo capability': u8,
  NID: bytes(7),
  NewEKS: u8,
  NewKey: key(16),
});
export type CM_SET_KEY_REQ = FrameOf<typeof CM_SET_KEY_REQ>;

/** CM_SET_KEY.CNF: `Result` 0 is success by the standard, 1 is success by most firmware. */
export const CM_SET_KEY_CNF = mme('CM_SET_KEY.CNF', 0x6009, {
  Result: u8,
  MyNonce: bytes(4),
  YourNonce: bytes(4),
  PID: u8,
  PRN: bytes(2),
  PMN: u8,
  'CCo capability': u8,
});
export type CM_SET_KEY_CNF = FrameOf<typeof CM_SET_KEY_CNF>;
