import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { env } from 'node:process';
import { fromHex, Secret, toHex, WireError } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame } from './codec.ts';
import type { Sendable } from './catalogue.ts';

const captures = JSON.parse(
  readFileSync(new URL('../../test/fixtures/captures.json', import.meta.url), 'utf8'),
) as Record<string, { t: number; name: string; hex: string }[]>;
const recorded = Object.values(captures).flat();
const padded = (hex: string) => hex.padEnd(120, '0');

/** The `WireError` that `act` throws; any other error goes on. */
function wireErrorOf(act: () => unknown): WireError | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
  return undefined;
}

/** Frames of two implementations that are not ours; the origin is the capture of the same exchange. */
const vectors: { frame: string; fields: Record<string, unknown> }[] = [
  {
    frame: padded('ffffffffffff02000000e00288e101646000000000df6bf38f4f1fac9d'),
    fields: {
      name: 'CM_SLAC_PARM.REQ',
      ODA: 'ff:ff:ff:ff:ff:ff',
      OSA: '02:00:00:00:e0:02',
      MMV: 1,
      FMI: 0,
      APPLICATION_TYPE: 0,
      SECURITY_TYPE: 0,
      RunID: 'df6bf38f4f1fac9d',
    },
  },
  {
    frame: padded(
      '02000000e00202000000ee0188e10165600000ffffffffffff0a060102000000e0020000df6bf38f4f1fac9d',
    ),
    fields: {
      name: 'CM_SLAC_PARM.CNF',
      'M-SOUND_TARGET': 'ff:ff:ff:ff:ff:ff',
      NUM_SOUNDS: 10,
      Time_Out: 6,
      RESP_TYPE: 1,
      FORWARDING_STA: '02:00:00:00:e0:02',
      RunID: 'df6bf38f4f1fac9d',
    },
  },
  {
    frame: padded('ffffffffffff02000000e00288e1016a60000000000a060102000000e002df6bf38f4f1fac9d'),
    fields: {
      name: 'CM_START_ATTEN_CHAR.IND',
      NUM_SOUNDS: 10,
      Time_Out: 6,
      RESP_TYPE: 1,
      FORWARDING_STA: '02:00:00:00:e0:02',
      RunID: 'df6bf38f4f1fac9d',
    },
  },
  {
    frame:
      'ffffffffffff02000000e00288e101766000000000000000000000000000000000000000000009df6bf38f4f1fac9d00000000000000004cfcfec458c1092bd0a038a725aa238b',
    fields: {
      name: 'CM_MNBC_SOUND.IND',
      Cnt: 9,
      RunID: 'df6bf38f4f1fac9d',
      RSVD: '0000000000000000',
      Rnd: '4cfcfec458c1092bd0a038a725aa238b',
      trailing: '',
    },
  },
  {
    frame:
      '02000000ee0100018700ee0188e1018660000002000000e0023a0014181316101614161612131813141719111517151815141512141a16191717141b1516171b18161819191a161a1a181916181b1a1c1d171a171c',
    fields: { name: 'CM_ATTEN_PROFILE.IND', PEV_MAC: '02:00:00:00:e0:02', NumGroups: 58 },
  },
  {
    frame:
      '02000000ee0102000000e00288e1016f600000000002000000e002df6bf38f4f1fac9d0000000000000000000000000000000000000000000000000000000000000000000000',
    fields: {
      name: 'CM_ATTEN_CHAR.RSP',
      SOURCE_ADDRESS: '02:00:00:00:e0:02',
      RunID: 'df6bf38f4f1fac9d',
      SOURCE_ID: '0'.repeat(34),
      RESP_ID: '0'.repeat(34),
      Result: 0,
    },
  },
  {
    frame:
      '02000000ee0102000000e00288e1017c60000000003e00000000000000000000000000000000000002000000e002000000000000000000000000000000000002000000ee01df6bf38f4f1fac9d0000000000000000',
    fields: {
      name: 'CM_SLAC_MATCH.REQ',
      MVFLength: 62,
      PEV_MAC: '02:00:00:00:e0:02',
      EVSE_MAC: '02:00:00:00:ee:01',
      RunID: 'df6bf38f4f1fac9d',
    },
  },
  {
    frame:
      '02000000e00202000000ee0188e1017d60000000005600000000000000000000000000000000000002000000e002000000000000000000000000000000000002000000ee01df6bf38f4f1fac9d000000000000000047ac155d77e20e004733505a5955415556584b4c52424359',
    fields: { name: 'CM_SLAC_MATCH.CNF', MVFLength: 86, NID: '47ac155d77e20e', RSVD2: 0 },
  },
  {
    frame: padded('02000000ee0100018700ee0188e1010960000001000000000000000004'),
    fields: { name: 'CM_SET_KEY.CNF', Result: 1, MyNonce: '00000000', PID: 4 },
  },
  {
    frame:
      '02000000ee0100018700ee0188e10069a000b052000045230100007600514341373030300000000000000000004d41430000000000000000000000000001000000010000000300000000000000fb050000323031353032303443530000000000000000000000000500000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
    fields: {
      name: 'VS_OP_ATTRIBUTES.CNF',
      MMV: 0,
      OUI: '00b052',
      COOKIE: '45230100',
      MLENGTH: 118,
      'HW platform': 'QCA7000',
      'SW platform': 'MAC',
      'version major': 1,
      'version minor': 1,
      'version pib': 3,
      'version build': 1531,
      'build date': '20150204',
      'release type': 'CS',
      LINEFREQ: 5,
    },
  },
  {
    frame: padded('02000000ee0100018700ee0188e100b9a000b0520001'),
    fields: { name: 'VS_PL_LNK_STATUS.CNF', MMV: 0, MSTATUS: 0, LINKSTATUS: 1 },
  },
];

describe('management messages', () => {
  it.each(vectors)('decodes $fields.name of a foreign implementation', ({ frame, fields }) => {
    const decoded = decodeFrame(fromHex(frame));
    expect(decoded).toMatchObject(fields);
    expect(toHex(encodeFrame(decoded))).toBe(frame);
  });

  it(`encodes all ${recorded.length} recorded frames back byte for byte, under the recorded name`, () => {
    expect(recorded.length).toBe(564);
    for (const { hex, name } of recorded) {
      const decoded = decodeFrame(fromHex(hex));
      expect(decoded.name).toBe(name.replace('_LINK_STATUS', '_LNK_STATUS'));
      expect(toHex(encodeFrame(decoded))).toBe(hex);
    }
  });

  it('keeps the short sound of the field: 64 bytes, no RSVD, 17 random bytes', () => {
    const short = recorded.find((r) => r.name === 'CM_MNBC_SOUND.IND' && r.hex.length === 128);
    const decoded = decodeFrame(fromHex(short?.hex ?? ''));
    expect(decoded).toMatchObject({ name: 'CM_MNBC_SOUND.IND', Rnd: '0'.repeat(34), trailing: '' });
    expect(decoded).not.toHaveProperty('RSVD');
    expect(toHex(encodeFrame(decoded))).toBe(short?.hex);
  });

  it('pads to 60 bytes when no trailing bytes are given, and not when they are', () => {
    const frame: Sendable = {
      name: 'CM_VALIDATE.CNF',
      ODA: '02:00:00:00:e0:02',
      OSA: '02:00:00:00:ee:01',
      SignalType: 0,
      ToggleNum: 0,
      Result: 4,
    };
    expect(encodeFrame(frame)).toHaveLength(60);
    expect(encodeFrame({ ...frame, trailing: '' })).toHaveLength(22);
  });

  it('never shows a network key when a frame is logged', () => {
    const cnf = recorded.find((r) => r.name === 'CM_SLAC_MATCH.CNF');
    const decoded = decodeFrame(fromHex(cnf?.hex ?? ''));
    expect(decoded.name === 'CM_SLAC_MATCH.CNF' && decoded.NMK).toBeInstanceOf(Secret);
    expect(JSON.stringify(decoded)).toContain('"NMK":"***"');
  });

  it('names the field and its offset when a frame is cut off', () => {
    const whole = fromHex(vectors[6]?.frame ?? '');
    for (let length = 0; length < whole.length; length++) {
      const error = wireErrorOf(() => decodeFrame(whole.subarray(0, length)));
      expect(error?.offset, `cut at ${length}`).toBeLessThanOrEqual(length);
    }
    expect(() => decodeFrame(whole.subarray(0, 50))).toThrow('EVSE_ID');
    expect(() => decodeFrame(new Uint8Array(5000))).toThrow(WireError);
  });

  it('keeps a message of an unknown type, of an unknown vendor and of another version', () => {
    const header = '02000000ee0100018700ee0188e1';
    const unknown = padded(`${header}01d5ff00001234`);
    expect(decodeFrame(fromHex(unknown))).toMatchObject({ name: 'UNKNOWN', MMTYPE: 0xffd5 });
    const otherVendor = padded(`${header}00b9a0aabbcc0001`);
    expect(decodeFrame(fromHex(otherVendor))).toMatchObject({ name: 'UNKNOWN', MMTYPE: 0xa0b9 });
    const newer = padded(`${header}0200600000`.replace('0060', '6460') + '0000df6bf38f4f1fac9d');
    expect(decodeFrame(fromHex(newer))).toMatchObject({ name: 'CM_SLAC_PARM.REQ', MMV: 2 });
    const older = padded(`${header}0064600000df6bf38f4f1fac9d`);
    expect(decodeFrame(fromHex(older))).toMatchObject({
      name: 'CM_SLAC_PARM.REQ',
      MMV: 0,
      RunID: 'df6bf38f4f1fac9d',
    });
    const ready = padded(`${header}0002a001`);
    expect(decodeFrame(fromHex(ready))).toMatchObject({ name: 'NSCM_D_LINK_READY.IND' });
    const qualcommInd = padded(`${header}0002a000b05201`);
    expect(decodeFrame(fromHex(qualcommInd))).toMatchObject({ name: 'UNKNOWN', MMTYPE: 0xa002 });
    for (const frame of [unknown, otherVendor, newer, older, ready, qualcommInd])
      expect(toHex(encodeFrame(decodeFrame(fromHex(frame))))).toBe(frame);
  });

  it('reads rates and networks in the layout of their version', () => {
    const header = '02000000ee0100018700ee0188e1';
    const v1 = decodeFrame(fromHex(padded(`${header}0149600000` + '01000187aabbcc2233')));
    expect(v1).toMatchObject({
      STAs: [{ MAC: '00:01:87:aa:bb:cc', AvgPHYDR_TX: 0x22, AvgPHYDR_RX: 0x33 }],
    });
    const v2 = decodeFrame(fromHex(padded(`${header}0249600000` + '01000187aabbcc22013301')));
    expect(v2).toMatchObject({ STAs: [{ AvgPHYDR_TX: 0x122, AvgPHYDR_RX: 0x133 }] });
    const info =
      `${header}0039a000b052` +
      '01b1c913b5aa0702010202000187aabbcc0101000187ddeeff030000000000015566';
    expect(decodeFrame(fromHex(padded(info)))).toMatchObject({
      name: 'VS_NW_INFO.CNF',
      NUMAVLNS: 1,
      AVLNS: [
        {
          NID: 'b1c913b5aa0702',
          ROLE: 2,
          NUMSTAS: 1,
          STAS: [{ MAC: '00:01:87:dd:ee:ff', TEI: 3, AVGTX: 0x55, AVGRX: 0x66 }],
        },
      ],
    });
    expect(() => decodeFrame(fromHex(`${header}0039a000b052ff`))).toThrow(WireError);
  });

  const runs = Number(env.KERBSIDE_FUZZ_RUNS ?? 20_000);
  it(`survives ${runs} mutated frames: a value that encodes back, or a WireError (seed 1)`, () => {
    const random = new SeededRandom(1);
    let decoded = 0;
    for (let i = 0; i < runs; i++) {
      const bytes = Uint8Array.from(fromHex(random.pick(recorded).hex));
      for (let n = random.int(6); n >= 0; n--) bytes[random.int(bytes.length)] = random.int(256);
      const frame = bytes.subarray(0, random.int(4) === 0 ? random.int(bytes.length) : undefined);
      let again = toHex(frame);
      const error = wireErrorOf(() => (again = toHex(encodeFrame(decodeFrame(frame)))));
      expect(again).toBe(toHex(frame));
      if (!error) decoded++;
    }
    expect(decoded).toBeGreaterThan(runs / 4);
  });
});

const shared = new URL('../../../../../shared/data/slac-captures/', import.meta.url);
describe.skipIf(!existsSync(shared))('the recorded fields (../shared/data/slac-captures)', () => {
  const alias: Record<string, string> = {
    CCoCap: 'CCo capability',
    NewKey_NMK: 'NewKey',
    'MVFLength(LE)': 'MVFLength',
    HARDWARE: 'HW platform',
    SOFTWARE: 'SW platform',
    BUILDDATE: 'build date',
    RELEASETYPE: 'release type',
  };
  interface Annotated {
    readonly name: string;
    readonly len: number;
    readonly hex: string;
    readonly fields: readonly { name: string; hex: string; value?: unknown }[];
  }
  it('agree with the notes beside each frame, all files', () => {
    let compared = 0;
    for (const file of readdirSync(shared).filter((f) => /^\d.*json$/.test(f))) {
      for (const frame of JSON.parse(readFileSync(new URL(file, shared), 'utf8')) as Annotated[]) {
        const bytes = fromHex(frame.hex);
        const decoded = decodeFrame(bytes) as unknown as Record<string, unknown>;
        expect(toHex(encodeFrame(decoded as unknown as Sendable))).toBe(frame.hex);
        for (const field of frame.fields) {
          const short = frame.name === 'CM_MNBC_SOUND.IND' && frame.len === 64;
          if (field.name === 'FWVERSION' || (short && /RSVD|Rnd/.test(field.name))) continue;
          const value = decoded[alias[field.name] ?? field.name];
          const shown =
            value instanceof Secret
              ? toHex(value.reveal() as Uint8Array)
              : Array.isArray(value)
                ? toHex(Uint8Array.from(value as number[]))
                : typeof value === 'number'
                  ? toHex(Uint8Array.from([value, value >> 8]).subarray(0, field.hex.length / 2))
                  : value;
          const noted =
            typeof field.value === 'string' && typeof value === 'string' ? field.value : field.hex;
          expect(shown, `${file} ${frame.name} ${field.name}`).toBe(noted);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(3000);
  });
});
