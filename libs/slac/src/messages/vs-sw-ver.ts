import { bytes, countedText, tail, u8 } from './field.ts';
import { type FrameOf, QUALCOMM, vendorMme } from './mme.ts';

/** VS_SW_VER.REQ: asks the modem for its firmware. Qualcomm */
export const VS_SW_VER_REQ = vendorMme(QUALCOMM, 'VS_SW_VER.REQ', 0xa000, {
  COOKIE: tail(4, bytes(4)),
});
export type VS_SW_VER_REQ = FrameOf<typeof VS_SW_VER_REQ>;

/** VS_SW_VER.CNF: `MDEVICEID` 0x22 is the QCA7000 family. Qualcomm */
export const VS_SW_VER_CNF = vendorMme(QUALCOMM, 'VS_SW_VER.CNF', 0xa001, {
  MSTATUS: u8,
  MDEVICEID: u8,
  MVERLENGTH: u8,
  MVERSION: countedText('MVERLENGTH'),
});
export type VS_SW_VER_CNF = FrameOf<typeof VS_SW_VER_CNF>;
