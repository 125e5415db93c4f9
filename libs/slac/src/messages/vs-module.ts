import { bytes, countedBytes, tail, u16le, u32le, u8 } from './field.ts';
import { type FrameOf, QUALCOMM, vendorMme } from './mme.ts';

/*
 * Parameters and firmware of a modem. They are read at most: a modem whose parameters were overwritten
 * with nothing does not start again. What writes is declared to be seen, and never sent.
 */

/** VS_WR_MOD.REQ: writes into a module of an INT6x00 or AR7x00; `MODULEID` 1 firmware, 2 parameters. Qualcomm */
export const VS_WR_MOD_REQ = vendorMme(QUALCOMM, 'VS_WR_MOD.REQ', 0xa020, {
  MODULEID: u8,
  RSVD: u8,
  MLENGTH: u16le,
  MOFFSET: u32le,
  CHKSUM: u32le,
  DATA: countedBytes('MLENGTH'),
});
export type VS_WR_MOD_REQ = FrameOf<typeof VS_WR_MOD_REQ>;
export const VS_WR_MOD_CNF = vendorMme(QUALCOMM, 'VS_WR_MOD.CNF', 0xa021, {
  MSTATUS: u8,
  MODULEID: u8,
  RSVD: u8,
  MLENGTH: u16le,
  MOFFSET: u32le,
});
export type VS_WR_MOD_CNF = FrameOf<typeof VS_WR_MOD_CNF>;

/** VS_RD_MOD.REQ: reads from a module of an INT6x00 or AR7x00. Qualcomm */
export const VS_RD_MOD_REQ = vendorMme(QUALCOMM, 'VS_RD_MOD.REQ', 0xa024, {
  MODULEID: u8,
  MACCESS: u8,
  MLENGTH: u16le,
  MOFFSET: u32le,
  MSECRET: tail(16, bytes(16)),
});
export type VS_RD_MOD_REQ = FrameOf<typeof VS_RD_MOD_REQ>;
export const VS_RD_MOD_CNF = vendorMme(QUALCOMM, 'VS_RD_MOD.CNF', 0xa025, {
  MSTATUS: u8,
  RSVD: bytes(3),
  MODULEID: u8,
  RSVD2: u8,
  MLENGTH: u16le,
  MOFFSET: u32le,
  CHKSUM: u32le,
  DATA: countedBytes('MLENGTH'),
});
export type VS_RD_MOD_CNF = FrameOf<typeof VS_RD_MOD_CNF>;

const operation = {
  /** 0 reads memory, 1 reads flash; 0x10 and above write. */
  MOD_OP: u16le,
  MOD_OP_DATA_LEN: u16le,
  RSVD2: bytes(4),
  /** 0x7002 parameters. */
  MODULE_ID: u16le,
  SUB_ID: u16le,
  LENGTH: u16le,
  OFFSET: u32le,
};

/** VS_MODULE_OPERATION.REQ: one operation on a module of the QCA7000 family. Qualcomm */
export const VS_MODULE_OPERATION_REQ = vendorMme(QUALCOMM, 'VS_MODULE_OPERATION.REQ', 0xa0b0, {
  RSVD: bytes(4),
  NUM_OP_DATA: u8,
  ...operation,
});
export type VS_MODULE_OPERATION_REQ = FrameOf<typeof VS_MODULE_OPERATION_REQ>;
export const VS_MODULE_OPERATION_CNF = vendorMme(QUALCOMM, 'VS_MODULE_OPERATION.CNF', 0xa0b1, {
  MSTATUS: u16le,
  ERR_REC_CODE: u16le,
  RSVD: bytes(4),
  NUM_OP_DATA: u8,
  ...operation,
  DATA: countedBytes('LENGTH'),
});
export type VS_MODULE_OPERATION_CNF = FrameOf<typeof VS_MODULE_OPERATION_CNF>;
