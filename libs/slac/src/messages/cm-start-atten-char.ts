import { bytes, mac, u8 } from './field.ts';
import { type FrameOf, mme } from './mme.ts';

/** CM_START_ATTEN_CHAR.IND: the vehicle is about to sound; `Time_Out` in 100 ms. ISO 15118-3 Annex A */
export const CM_START_ATTEN_CHAR_IND = mme('CM_START_ATTEN_CHAR.IND', 0x606a, {
  APPLICATION_TYPE: u8,
  SECURITY_TYPE: u8,
  NUM_SOUNDS: u8,
  Time_Out: u8,
  RESP_TYPE: u8,
  FORWARDING_STA: mac,
  RunID: bytes(8),
});
export type CM_START_ATTEN_CHAR_IND = FrameOf<typeof CM_START_ATTEN_CHAR_IND>;
