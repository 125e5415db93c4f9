import { bytes, levels, mac, u8 } from './field.ts';
import { type FrameOf, mme } from './mme.ts';

const about = {
  APPLICATION_TYPE: u8,
  SECURITY_TYPE: u8,
  SOURCE_ADDRESS: mac,
  RunID: bytes(8),
  SOURCE_ID: bytes(17),
  RESP_ID: bytes(17),
};

/** CM_ATTEN_CHAR.IND: averaged attenuation, charger to vehicle. ISO 15118-3 Annex A */
export const CM_ATTEN_CHAR_IND = mme('CM_ATTEN_CHAR.IND', 0x606e, {
  ...about,
  NUM_SOUNDS: u8,
  NumGroups: u8,
  AAG: levels('NumGroups'),
});
export type CM_ATTEN_CHAR_IND = FrameOf<typeof CM_ATTEN_CHAR_IND>;

/** CM_ATTEN_CHAR.RSP: the vehicle has the attenuation; `Result` 0. ISO 15118-3 Annex A */
export const CM_ATTEN_CHAR_RSP = mme('CM_ATTEN_CHAR.RSP', 0x606f, { ...about, Result: u8 });
export type CM_ATTEN_CHAR_RSP = FrameOf<typeof CM_ATTEN_CHAR_RSP>;
