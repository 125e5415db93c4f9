import { u8 } from './field.ts';
import { type FrameOf, QUALCOMM, vendorMme } from './mme.ts';

/** VS_PL_LNK_STATUS.REQ: asks the modem whether a peer has joined. Qualcomm */
export const VS_PL_LNK_STATUS_REQ = vendorMme(QUALCOMM, 'VS_PL_LNK_STATUS.REQ', 0xa0b8, {});
export type VS_PL_LNK_STATUS_REQ = FrameOf<typeof VS_PL_LNK_STATUS_REQ>;

/** VS_PL_LNK_STATUS.CNF: `LINKSTATUS` 1 when at least one peer has joined. Qualcomm */
export const VS_PL_LNK_STATUS_CNF = vendorMme(QUALCOMM, 'VS_PL_LNK_STATUS.CNF', 0xa0b9, {
  MSTATUS: u8,
  LINKSTATUS: u8,
});
export type VS_PL_LNK_STATUS_CNF = FrameOf<typeof VS_PL_LNK_STATUS_CNF>;
