import { bytes, tail, text, u16le, u32le, u8 } from './field.ts';
import { type FrameOf, QUALCOMM, vendorMme } from './mme.ts';

/** VS_OP_ATTRIBUTES.REQ: asks the modem what it is. Qualcomm */
export const VS_OP_ATTRIBUTES_REQ = vendorMme(QUALCOMM, 'VS_OP_ATTRIBUTES.REQ', 0xa068, {
  COOKIE: bytes(4),
  RTYPE: u8,
});
export type VS_OP_ATTRIBUTES_REQ = FrameOf<typeof VS_OP_ATTRIBUTES_REQ>;

/**
 * VS_OP_ATTRIBUTES.CNF: hardware, firmware, mains. `LINEFREQ` bits 0-1: 1 is 50 Hz, 2 is 60 Hz;
 * bits 2-3: zero cross 1 detected, 2 missing. Qualcomm
 */
export const VS_OP_ATTRIBUTES_CNF = vendorMme(QUALCOMM, 'VS_OP_ATTRIBUTES.CNF', 0xa069, {
  MSTATUS: u16le,
  COOKIE: bytes(4),
  RTYPE: u8,
  MLENGTH: u16le,
  'HW platform': tail(16, text(16)),
  'SW platform': tail(16, text(16)),
  'version major': tail(4, u32le),
  'version minor': tail(4, u32le),
  'version pib': tail(4, u32le),
  'version reserved': tail(4, u32le),
  'version build': tail(4, u32le),
  'build date': tail(8, text(8)),
  'release type': tail(12, text(12)),
  'SDRAM type': tail(1, u8),
  RSVD: tail(1, u8),
  LINEFREQ: tail(1, u8),
  'SDRAM size': tail(4, u32le),
  AUTHMODE: tail(1, u8),
});
export type VS_OP_ATTRIBUTES_CNF = FrameOf<typeof VS_OP_ATTRIBUTES_CNF>;
