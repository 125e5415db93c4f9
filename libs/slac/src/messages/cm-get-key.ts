import { bytes, key, tail, u8 } from './field.ts';
import { type FrameOf, mme } from './mme.ts';

/** CM_GET_KEY.REQ: asks the own modem for its key. HomePlug AV 1.1 */
export const CM_GET_KEY_REQ = mme('CM_GET_KEY.REQ', 0x600c, {
  RequestType: u8,
  KeyType: u8,
  NID: bytes(7),
  MyNonce: bytes(4),
  PID: u8,
  PRN: bytes(2),
  PMN: u8,
});
export type CM_GET_KEY_REQ = FrameOf<typeof CM_GET_KEY_REQ>;

/** CM_GET_KEY.CNF: many firmwares refuse; what is behind `Result` may then be missing. */
export const CM_GET_KEY_CNF = mme('CM_GET_KEY.CNF', 0x600d, {
  Result: u8,
  KeyType: tail(37, u8),
  MyNonce: tail(4, bytes(4)),
  YourNonce: tail(4, bytes(4)),
  NID: tail(7, bytes(7)),
  EKS: tail(1, u8),
  PID: tail(1, u8),
  PRN: tail(2, bytes(2)),
  PMN: tail(1, u8),
  NMK: tail(16, key(16)),
});
export type CM_GET_KEY_CNF = FrameOf<typeof CM_GET_KEY_CNF>;
