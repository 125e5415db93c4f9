import { nibbles, u16le, u8 } from './field.ts';
import { type FrameOf, mme } from './mme.ts';

/** CM_AMP_MAP.REQ: `AMLEN` entries of 4 bits, each less 2 dB; the even carrier in the low half. HomePlug Green PHY */
export const CM_AMP_MAP_REQ = mme('CM_AMP_MAP.REQ', 0x601c, {
  AMLEN: u16le,
  AMDATA: nibbles('AMLEN'),
});
export type CM_AMP_MAP_REQ = FrameOf<typeof CM_AMP_MAP_REQ>;

/** CM_AMP_MAP.CNF: `ResType` 0 success, 1 failure. */
export const CM_AMP_MAP_CNF = mme('CM_AMP_MAP.CNF', 0x601d, { ResType: u8 });
export type CM_AMP_MAP_CNF = FrameOf<typeof CM_AMP_MAP_CNF>;
