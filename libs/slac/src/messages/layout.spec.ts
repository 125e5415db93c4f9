import { fromHex, toHex } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { type Mme, mmeNames, type Sendable } from './catalogue.ts';
import { decodeFrame, encodeFrame } from './codec.ts';
import { frameToJson } from './batch.ts';

/** A field: its first byte in the Ethernet frame and its size. */
type Place = readonly [offset: number, size: number];
interface Layout {
  readonly type: number;
  readonly mmv: 0 | 1 | 2;
  readonly oui?: string;
  /** Bytes that must be set for the message to have all its fields, such as counts: offset to hex. */
  readonly set?: Readonly<Record<number, string>>;
  readonly fields: Readonly<Record<string, Place>>;
}
const QUALCOMM = '00b052';
const LUMISSIL = '0016e8';
const HEADER = { ODA: [0, 6], OSA: [6, 6] } as const;
const AV1 = { ...HEADER, FMI: [17, 2] } as const;
const matching = {
  APPLICATION_TYPE: [19, 1],
  SECURITY_TYPE: [20, 1],
  MVFLength: [21, 2],
  PEV_ID: [23, 17],
  PEV_MAC: [40, 6],
  EVSE_ID: [46, 17],
  EVSE_MAC: [63, 6],
  RunID: [69, 8],
  RSVD: [77, 8],
} as const;
const attenuation = {
  APPLICATION_TYPE: [19, 1],
  SECURITY_TYPE: [20, 1],
  SOURCE_ADDRESS: [21, 6],
  RunID: [27, 8],
  SOURCE_ID: [35, 17],
  RESP_ID: [52, 17],
} as const;
const operation = (at: number) =>
  ({
    MOD_OP: [at, 2],
    MOD_OP_DATA_LEN: [at + 2, 2],
    RSVD2: [at + 4, 4],
    MODULE_ID: [at + 8, 2],
    SUB_ID: [at + 10, 2],
    OFFSET: [at + 14, 4],
  }) as const;
const setKeyAnswer = {
  Result: [19, 1],
  MyNonce: [20, 4],
  YourNonce: [24, 4],
  PID: [28, 1],
  PRN: [29, 2],
  PMN: [31, 1],
  'CCo capability': [32, 1],
} as const;

/** Written down from the descriptions of the messages, not from their declarations. */
const layouts: Readonly<Record<string, Layout>> = {
  'CM_SLAC_PARM.REQ': {
    type: 0x6064,
    mmv: 1,
    fields: { ...AV1, APPLICATION_TYPE: [19, 1], SECURITY_TYPE: [20, 1], RunID: [21, 8] },
  },
  'CM_SLAC_PARM.CNF': {
    type: 0x6065,
    mmv: 1,
    fields: {
      ...AV1,
      'M-SOUND_TARGET': [19, 6],
      NUM_SOUNDS: [25, 1],
      Time_Out: [26, 1],
      RESP_TYPE: [27, 1],
      FORWARDING_STA: [28, 6],
      APPLICATION_TYPE: [34, 1],
      SECURITY_TYPE: [35, 1],
      RunID: [36, 8],
    },
  },
  'CM_START_ATTEN_CHAR.IND': {
    type: 0x606a,
    mmv: 1,
    fields: {
      ...AV1,
      APPLICATION_TYPE: [19, 1],
      SECURITY_TYPE: [20, 1],
      NUM_SOUNDS: [21, 1],
      Time_Out: [22, 1],
      RESP_TYPE: [23, 1],
      FORWARDING_STA: [24, 6],
      RunID: [30, 8],
    },
  },
  'CM_MNBC_SOUND.IND': {
    type: 0x6076,
    mmv: 1,
    fields: {
      ...AV1,
      APPLICATION_TYPE: [19, 1],
      SECURITY_TYPE: [20, 1],
      SenderID: [21, 17],
      Cnt: [38, 1],
      RunID: [39, 8],
      RSVD: [47, 8],
      Rnd: [55, 16],
    },
  },
  'CM_ATTEN_PROFILE.IND': {
    type: 0x6086,
    mmv: 1,
    set: { 25: '3a' },
    fields: { ...AV1, PEV_MAC: [19, 6], RSVD: [26, 1], AAG: [27, 58] },
  },
  'CM_ATTEN_CHAR.IND': {
    type: 0x606e,
    mmv: 1,
    set: { 70: '3a' },
    fields: { ...AV1, ...attenuation, NUM_SOUNDS: [69, 1], AAG: [71, 58] },
  },
  'CM_ATTEN_CHAR.RSP': {
    type: 0x606f,
    mmv: 1,
    fields: { ...AV1, ...attenuation, Result: [69, 1] },
  },
  'CM_VALIDATE.REQ': {
    type: 0x6078,
    mmv: 1,
    fields: { ...AV1, SignalType: [19, 1], Timer: [20, 1], Result: [21, 1] },
  },
  'CM_VALIDATE.CNF': {
    type: 0x6079,
    mmv: 1,
    fields: { ...AV1, SignalType: [19, 1], ToggleNum: [20, 1], Result: [21, 1] },
  },
  'CM_SLAC_MATCH.REQ': { type: 0x607c, mmv: 1, fields: { ...AV1, ...matching } },
  'CM_SLAC_MATCH.CNF': {
    type: 0x607d,
    mmv: 1,
    fields: { ...AV1, ...matching, NID: [85, 7], RSVD2: [92, 1], NMK: [93, 16] },
  },
  'CM_SET_KEY.REQ': {
    type: 0x6008,
    mmv: 1,
    fields: {
      ...AV1,
      KeyType: [19, 1],
      MyNonce: [20, 4],
      YourNonce: [24, 4],
      PID: [28, 1],
      PRN: [29, 2],
      PMN: [31, 1],
      'CCo capability': [32, 1],
      NID: [33, 7],
      NewEKS: [40, 1],
      NewKey: [41, 16],
    },
  },
  'CM_SET_KEY.CNF': { type: 0x6009, mmv: 1, fields: { ...AV1, ...setKeyAnswer } },
  'CM_GET_KEY.REQ': {
    type: 0x600c,
    mmv: 1,
    fields: {
      ...AV1,
      RequestType: [19, 1],
      KeyType: [20, 1],
      NID: [21, 7],
      MyNonce: [28, 4],
      PID: [32, 1],
      PRN: [33, 2],
      PMN: [35, 1],
    },
  },
  'CM_GET_KEY.CNF': {
    type: 0x600d,
    mmv: 1,
    fields: {
      ...AV1,
      Result: [19, 1],
      KeyType: [20, 1],
      MyNonce: [21, 4],
      YourNonce: [25, 4],
      NID: [29, 7],
      EKS: [36, 1],
      PID: [37, 1],
      PRN: [38, 2],
      PMN: [40, 1],
      NMK: [41, 16],
    },
  },
  'CM_AMP_MAP.REQ': {
    type: 0x601c,
    mmv: 1,
    set: { 19: '9504' }, // 1173 entries
    fields: { ...AV1, AMDATA: [21, 587] },
  },
  'CM_AMP_MAP.CNF': { type: 0x601d, mmv: 1, fields: { ...AV1, ResType: [19, 1] } },
  'CM_NW_STATS.REQ': { type: 0x6048, mmv: 1, fields: AV1 },
  'CM_NW_STATS.CNF': {
    type: 0x6049,
    mmv: 1,
    set: { 19: '02' },
    fields: { ...AV1, STAs: [20, 16] },
  },
  'VS_SW_VER.REQ': { type: 0xa000, mmv: 0, oui: QUALCOMM, fields: { ...HEADER, COOKIE: [20, 4] } },
  'VS_SW_VER.CNF': {
    type: 0xa001,
    mmv: 0,
    oui: QUALCOMM,
    set: { 22: '05', 23: '4d41432d58' },
    fields: { ...HEADER, MSTATUS: [20, 1], MDEVICEID: [21, 1], MVERSION: [23, 5] },
  },
  'VS_RS_DEV.REQ': { type: 0xa01c, mmv: 0, oui: QUALCOMM, fields: HEADER },
  'VS_RS_DEV.CNF': { type: 0xa01d, mmv: 0, oui: QUALCOMM, fields: { ...HEADER, MSTATUS: [20, 1] } },
  'VS_WR_MOD.REQ': {
    type: 0xa020,
    mmv: 0,
    oui: QUALCOMM,
    set: { 22: '0800' },
    fields: { ...HEADER, MODULEID: [20, 1], MOFFSET: [24, 4], CHKSUM: [28, 4], DATA: [32, 8] },
  },
  'VS_WR_MOD.CNF': {
    type: 0xa021,
    mmv: 0,
    oui: QUALCOMM,
    fields: {
      ...HEADER,
      MSTATUS: [20, 1],
      MODULEID: [21, 1],
      RSVD: [22, 1],
      MLENGTH: [23, 2],
      MOFFSET: [25, 4],
    },
  },
  'VS_RD_MOD.REQ': {
    type: 0xa024,
    mmv: 0,
    oui: QUALCOMM,
    fields: {
      ...HEADER,
      MODULEID: [20, 1],
      MACCESS: [21, 1],
      MLENGTH: [22, 2],
      MOFFSET: [24, 4],
      MSECRET: [28, 16],
    },
  },
  'VS_RD_MOD.CNF': {
    type: 0xa025,
    mmv: 0,
    oui: QUALCOMM,
    set: { 26: '0800' },
    fields: {
      ...HEADER,
      MSTATUS: [20, 1],
      RSVD: [21, 3],
      MODULEID: [24, 1],
      RSVD2: [25, 1],
      MOFFSET: [28, 4],
      CHKSUM: [32, 4],
      DATA: [36, 8],
    },
  },
  'VS_LNK_STATS.REQ': {
    type: 0xa030,
    mmv: 0,
    oui: QUALCOMM,
    fields: { ...HEADER, MCONTROL: [20, 1], DIRECTION: [21, 1], LID: [22, 1], MACADDRESS: [23, 6] },
  },
  'VS_LNK_STATS.CNF': {
    type: 0xa031,
    mmv: 0,
    oui: QUALCOMM,
    fields: { ...HEADER, MSTATUS: [20, 1], DIRECTION: [21, 1], LID: [22, 1], TEI: [23, 1] },
  },
  'VS_LNK_STATS_V2.CNF': {
    type: 0xa031,
    mmv: 1,
    oui: QUALCOMM,
    fields: {
      ...AV1,
      MSTATUS: [22, 1],
      RSVD: [23, 4],
      MCONTROL: [27, 1],
      DIRECTION: [28, 1],
      RSVD2: [29, 1],
      LID: [30, 1],
      MACADDRESS: [31, 6],
      TEI: [37, 1],
      RSVD3: [38, 4],
    },
  },
  'VS_NW_INFO.REQ': { type: 0xa038, mmv: 0, oui: QUALCOMM, fields: HEADER },
  'VS_NW_INFO.CNF': {
    type: 0xa039,
    mmv: 0,
    oui: QUALCOMM,
    set: { 20: '01', 38: '02' },
    fields: { ...HEADER, AVLNS: [21, 48] },
  },
  'VS_NW_INFO_V2.CNF': {
    type: 0xa039,
    mmv: 1,
    oui: QUALCOMM,
    set: { 27: '01', 54: '01' },
    fields: {
      ...AV1,
      SUB_VERSION: [22, 1],
      RSVD: [23, 1],
      DATA_LEN: [24, 2],
      RSVD2: [26, 1],
      AVLNS: [28, 56],
    },
  },
  'VS_OP_ATTRIBUTES.REQ': {
    type: 0xa068,
    mmv: 0,
    oui: QUALCOMM,
    fields: { ...HEADER, COOKIE: [20, 4], RTYPE: [24, 1] },
  },
  'VS_OP_ATTRIBUTES.CNF': {
    type: 0xa069,
    mmv: 0,
    oui: QUALCOMM,
    fields: {
      ...HEADER,
      MSTATUS: [20, 2],
      COOKIE: [22, 4],
      RTYPE: [26, 1],
      MLENGTH: [27, 2],
      'HW platform': [29, 16],
      'SW platform': [45, 16],
      'version major': [61, 4],
      'version minor': [65, 4],
      'version pib': [69, 4],
      'version reserved': [73, 4],
      'version build': [77, 4],
      'build date': [81, 8],
      'release type': [89, 12],
      'SDRAM type': [101, 1],
      RSVD: [102, 1],
      LINEFREQ: [103, 1],
      'SDRAM size': [104, 4],
      AUTHMODE: [108, 1],
    },
  },
  'VS_PL_LNK_STATUS.REQ': { type: 0xa0b8, mmv: 0, oui: QUALCOMM, fields: HEADER },
  'VS_PL_LNK_STATUS.CNF': {
    type: 0xa0b9,
    mmv: 0,
    oui: QUALCOMM,
    fields: { ...HEADER, MSTATUS: [20, 1], LINKSTATUS: [21, 1] },
  },
  'VS_MODULE_OPERATION.REQ': {
    type: 0xa0b0,
    mmv: 0,
    oui: QUALCOMM,
    fields: { ...HEADER, RSVD: [20, 4], NUM_OP_DATA: [24, 1], ...operation(25), LENGTH: [37, 2] },
  },
  'VS_MODULE_OPERATION.CNF': {
    type: 0xa0b1,
    mmv: 0,
    oui: QUALCOMM,
    set: { 41: '0400' },
    fields: {
      ...HEADER,
      MSTATUS: [20, 2],
      ERR_REC_CODE: [22, 2],
      RSVD: [24, 4],
      NUM_OP_DATA: [28, 1],
      ...operation(29),
      DATA: [47, 4],
    },
  },
  'VS_HOST_ACTION.IND': {
    type: 0xa062,
    mmv: 0,
    oui: QUALCOMM,
    fields: { ...HEADER, MACTION: [20, 1] },
  },
  'VS_ATTENUATION_CHARACTERISTICS.IND': { type: 0xa14e, mmv: 0, oui: QUALCOMM, fields: HEADER },
  'VS_GET_PROPERTY.REQ': { type: 0xa0f8, mmv: 0, oui: QUALCOMM, fields: HEADER },
  'VS_GET_PROPERTY.CNF': { type: 0xa0f9, mmv: 0, oui: QUALCOMM, fields: HEADER },
  ...lumissil('NSCM_GET_VERSION.REQ', 0xac6c, {}),
  ...lumissil('NSCM_GET_VERSION.CNF', 0xac6d, {
    major: [0, 2],
    minor: [2, 2],
    sub: [4, 2],
    build: [6, 2],
    patch: [8, 2],
  }),
  ...lumissil('NSCM_RESET_DEVICE.REQ', 0xac70, { mode: [0, 1] }),
  ...lumissil('NSCM_GET_DEVICE_STATE.REQ', 0xac98, {}),
  ...lumissil('NSCM_GET_DEVICE_STATE.CNF', 0xac99, { state: [0, 1] }),
  ...lumissil('NSCM_GET_D_LINK_STATUS.REQ', 0xac9c, {}),
  ...lumissil('NSCM_GET_D_LINK_STATUS.CNF', 0xac9d, { status: [0, 1] }),
  ...lumissil('NSCM_VS_HOST_MESSAGE_STATUS.IND', 0xaca2, { status: [0, 1] }),
  ...lumissil('NSCM_D_LINK_TERMINATE.REQ', 0xaca8, {}),
  ...lumissil('NSCM_D_LINK_TERMINATE.CNF', 0xaca9, {}),
  ...lumissil('NSCM_DEVICE_INFO.REQ', 0xacac, {}),
  ...lumissil('NSCM_DEVICE_INFO.CNF', 0xacad, {}),
  ...lumissil('NSCM_GET_AMP_MAP.REQ', 0xacb0, {}),
  ...lumissil('NSCM_GET_AMP_MAP.CNF', 0xacb1, {}),
  ...lumissil('APCM_SET_CCO.REQ', 0xac08, {}),
  ...lumissil('APCM_SET_CCO.CNF', 0xac09, {}),
  'NSCM_D_LINK_READY.IND': { type: 0xa002, mmv: 0, fields: HEADER },
};

/** Both framings: version 0 with the OUI at 17, version 1 with FMI, OUI at 19 and a vendor header of 19 bytes. */
function lumissil(name: string, type: number, places: Readonly<Record<string, Place>>) {
  const at = (base: number) =>
    Object.fromEntries(
      Object.entries(places).map(([field, [offset, size]]) => [field, [base + offset, size]]),
    ) as Record<string, Place>;
  return {
    [name]: { type, mmv: 0, oui: LUMISSIL, fields: { ...HEADER, ...at(20) } },
    [`${name} with the vendor header`]: {
      type,
      mmv: 1,
      oui: LUMISSIL,
      fields: { ...AV1, 'vendor header': [22, 19] as const, ...at(41) },
    },
  } as const;
}

function base({ type, mmv, oui, set = {} }: Layout): Uint8Array {
  const frame = new Uint8Array(640);
  frame.set([0x88, 0xe1, mmv, type & 0xff, type >> 8], 12);
  if (oui) frame.set(fromHex(oui), mmv === 0 ? 17 : 19);
  for (const [at, hex] of Object.entries(set)) frame.set(fromHex(hex), Number(at));
  return frame;
}
const fieldsOf = (frame: Mme) => {
  const { trailing: _, ...fields } = frameToJson(frame);
  return fields;
};
/** The fields that differ. */
const changed = (before: object, after: object) =>
  Object.keys({ ...before, ...after }).filter(
    (key) =>
      JSON.stringify((before as Record<string, unknown>)[key]) !==
      JSON.stringify((after as Record<string, unknown>)[key]),
  );

describe('the layout of the messages', () => {
  it('is written down here for every message', () => {
    const known = Object.keys(layouts).map((name) => name.replace(' with the vendor header', ''));
    expect([...new Set(known)].sort()).toEqual([...mmeNames].sort());
  });

  it.each(Object.entries(layouts))(
    '%s: each field is its bytes, and no others',
    (title, layout) => {
      const name = title.replace(' with the vendor header', '');
      const bytes = base(layout);
      const before = decodeFrame(bytes);
      expect(before).toMatchObject({ name, MMV: layout.mmv });
      for (const [field, [offset, size]] of Object.entries(layout.fields)) {
        for (let at = offset; at < offset + size; at++) {
          const flipped = Uint8Array.from(bytes);
          // Counts inside of lists must stay as they are.
          if ((layout.set ?? {})[at] !== undefined) continue;
          flipped[at] = (flipped[at] as number) ^ 0x01;
          const after = decodeFrame(flipped);
          expect(changed(fieldsOf(before), fieldsOf(after)), `byte ${at}`).toEqual([field]);
          expect(toHex(encodeFrame(after))).toBe(toHex(flipped));
        }
      }
      const end = Math.max(...Object.values(layout.fields).map(([offset, size]) => offset + size));
      const behind = Uint8Array.from(bytes);
      if (end >= 20) behind[end] = 0xff;
      expect(changed(fieldsOf(before), fieldsOf(decodeFrame(behind)))).toEqual([]);
    },
  );

  it('numbers of several bytes have the least significant first', () => {
    const numbers: Sendable = {
      name: 'CM_AMP_MAP.REQ',
      ODA: '02:00:00:00:ee:01',
      OSA: '02:00:00:00:e0:02',
      AMLEN: 0x0395,
      AMDATA: '00'.repeat(459),
    };
    expect(toHex(encodeFrame(numbers)).slice(38, 42)).toBe('9503');
  });

  it('are sent in the version of their standard: 1 for HomePlug, 0 for the vendors', () => {
    for (const name of mmeNames) {
      const wanted = name.includes('_V2') || name.startsWith('CM_') ? 1 : 0;
      const layout = layouts[name] as Layout;
      expect(layout.mmv, name).toBe(wanted);
      const { MMV: _, FMI: __, ...rest } = decodeFrame(base(layout)) as Mme & { FMI?: number };
      expect(decodeFrame(encodeFrame(rest as Sendable)).MMV, name).toBe(wanted);
    }
  });
});
