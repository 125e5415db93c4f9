import { bytes, mac, u8 } from './field.ts';
import { type FrameOf, QUALCOMM, vendorMme } from './mme.ts';

/** VS_LNK_STATS.REQ: asks the modem for the counters of one link. Qualcomm */
export const VS_LNK_STATS_REQ = vendorMme(QUALCOMM, 'VS_LNK_STATS.REQ', 0xa030, {
  MCONTROL: u8,
  DIRECTION: u8,
  LID: u8,
  MACADDRESS: mac,
});
export type VS_LNK_STATS_REQ = FrameOf<typeof VS_LNK_STATS_REQ>;

/** VS_LNK_STATS.CNF in version 0; the counters differ from firmware to firmware and stay in `trailing`. */
export const VS_LNK_STATS_CNF = vendorMme(
  QUALCOMM,
  'VS_LNK_STATS.CNF',
  0xa031,
  { MSTATUS: u8, DIRECTION: u8, LID: u8, TEI: u8 },
  { mmv: 0, accepts: (mmv) => mmv === 0 },
);
export type VS_LNK_STATS_CNF = FrameOf<typeof VS_LNK_STATS_CNF>;

/** VS_LNK_STATS.CNF in version 1 and above. Qualcomm */
export const VS_LNK_STATS_V2_CNF = vendorMme(
  QUALCOMM,
  'VS_LNK_STATS_V2.CNF',
  0xa031,
  {
    MSTATUS: u8,
    RSVD: bytes(4),
    MCONTROL: u8,
    DIRECTION: u8,
    RSVD2: u8,
    LID: u8,
    MACADDRESS: mac,
    TEI: u8,
    RSVD3: bytes(4),
  },
  { mmv: 1, accepts: (mmv) => mmv >= 1 },
);
export type VS_LNK_STATS_V2_CNF = FrameOf<typeof VS_LNK_STATS_V2_CNF>;
