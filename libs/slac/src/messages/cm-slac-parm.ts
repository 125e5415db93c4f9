import { bytes, mac, u8 } from './field.ts';
import { type FrameOf, mme } from './mme.ts';

/** CM_SLAC_PARM.REQ: the vehicle asks all chargers for their parameters. ISO 15118-3 Annex A */
export const CM_SLAC_PARM_REQ = mme('CM_SLAC_PARM.REQ', 0x6064, {
  APPLICATION_TYPE: u8,
  SECURITY_TYPE: u8,
  RunID: bytes(8),
});
export type CM_SLAC_PARM_REQ = FrameOf<typeof CM_SLAC_PARM_REQ>;

/** CM_SLAC_PARM.CNF: how often and how long to sound. ISO 15118-3 Annex A */
export const CM_SLAC_PARM_CNF = mme('CM_SLAC_PARM.CNF', 0x6065, {
  'M-SOUND_TARGET': mac,
  NUM_SOUNDS: u8,
  Time_Out: u8,
  RESP_TYPE: u8,
  FORWARDING_STA: mac,
  APPLICATION_TYPE: u8,
  SECURITY_TYPE: u8,
  RunID: bytes(8),
});
export type CM_SLAC_PARM_CNF = FrameOf<typeof CM_SLAC_PARM_CNF>;
