import { bytes, mac, records, tail, u16le, u8 } from './field.ts';
import { type FrameOf, QUALCOMM, vendorMme } from './mme.ts';

/** VS_NW_INFO.REQ: asks the modem for its networks and their stations. Qualcomm */
export const VS_NW_INFO_REQ = vendorMme(QUALCOMM, 'VS_NW_INFO.REQ', 0xa038, {});
export type VS_NW_INFO_REQ = FrameOf<typeof VS_NW_INFO_REQ>;

const version0 = { mmv: 0, accepts: (mmv: number) => mmv === 0 };
const version1 = { mmv: 1, accepts: (mmv: number) => mmv >= 1 };

/** VS_NW_INFO.CNF in version 0: `ROLE` 0 station, 1 proxy, 2 coordinator. Qualcomm */
export const VS_NW_INFO_CNF = vendorMme(
  QUALCOMM,
  'VS_NW_INFO.CNF',
  0xa039,
  {
    NUMAVLNS: u8,
    AVLNS: records('NUMAVLNS', {
      NID: bytes(7),
      SNID: u8,
      TEI: u8,
      ROLE: u8,
      CCO_MAC: mac,
      CCO_TEI: u8,
      NUMSTAS: u8,
      STAS: records('NUMSTAS', { MAC: mac, TEI: u8, BDA: mac, AVGTX: u8, AVGRX: u8 }),
    }),
  },
  version0,
);
export type VS_NW_INFO_CNF = FrameOf<typeof VS_NW_INFO_CNF>;

/** VS_NW_INFO.CNF in version 1 and above. Qualcomm */
export const VS_NW_INFO_V2_CNF = vendorMme(
  QUALCOMM,
  'VS_NW_INFO_V2.CNF',
  0xa039,
  {
    SUB_VERSION: u8,
    RSVD: u8,
    DATA_LEN: u16le,
    RSVD2: tail(1, u8),
    NUMAVLNS: tail(1, u8),
    AVLNS: tail(
      0,
      records('NUMAVLNS', {
        NID: bytes(7),
        RSVD: bytes(2),
        SNID: u8,
        TEI: u8,
        RSVD2: bytes(4),
        ROLE: u8,
        CCO_MAC: mac,
        CCO_TEI: u8,
        RSVD3: bytes(3),
        NUMSTAS: u8,
        RSVD4: bytes(5),
        STAS: records('NUMSTAS', {
          MAC: mac,
          TEI: u8,
          RSVD: bytes(3),
          BDA: mac,
          AVGTX: u16le,
          COUPLING: u8,
          RSVD2: u8,
          AVGRX: u16le,
          RSVD3: bytes(2),
        }),
      }),
    ),
  },
  version1,
);
export type VS_NW_INFO_V2_CNF = FrameOf<typeof VS_NW_INFO_V2_CNF>;
