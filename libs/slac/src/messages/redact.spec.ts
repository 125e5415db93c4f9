import { fromHex, Secret, toHex } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import type { Sendable } from './catalogue.ts';
import { decodeFrame, encodeFrame } from './codec.ts';
import { withoutKeys } from './redact.ts';

const ends = { ODA: '02:00:00:00:ee:01', OSA: '00:b0:52:00:00:01' } as const;
const NMK = 'c0ffee11223344556677889900aabbcc';
const key = new Secret(fromHex(NMK));
const getKey: Sendable = {
  ...ends,
  name: 'CM_GET_KEY.CNF',
  Result: 0,
  KeyType: 1,
  MyNonce: '00000000',
  YourNonce: '00000000',
  NID: '01020304050607',
  EKS: 1,
  PID: 4,
  PRN: '0000',
  PMN: 0,
  NMK: key,
};
const setKey: Sendable = {
  ...ends,
  name: 'CM_SET_KEY.CNF',
  Result: 1,
  MyNonce: '00000000',
  YourNonce: '00000000',
  PID: 4,
  PRN: '0000',
  PMN: 0,
  'CCo capability': 0,
};
const shown = (bytes: Uint8Array) => toHex(encodeFrame(withoutKeys<Sendable>(decodeFrame(bytes))));

describe('withoutKeys', () => {
  it('a key in its place', () => {
    const bytes = encodeFrame(getKey);
    expect(toHex(bytes)).toContain(NMK);
    expect(shown(bytes)).toBe(toHex(bytes).replace(NMK, '0'.repeat(32)));
  });

  it.each([1, 7, 15])('a key that is cut off after %i bytes', (kept) => {
    const whole = toHex(encodeFrame({ ...getKey, trailing: '' }));
    const cut = fromHex(whole.slice(0, whole.indexOf(NMK) + 2 * kept));
    expect(shown(cut)).toHaveLength(2 * cut.length);
    expect(shown(cut)).not.toContain(NMK.slice(0, 2 * kept));
  });

  it('a key behind a message that has none', () => {
    const bytes = encodeFrame({ ...setKey, trailing: `00${NMK}00` });
    expect(shown(bytes)).toBe(toHex(bytes).replace(NMK, '0'.repeat(32)));
  });

  it('the memory of a modem, where its keys are', () => {
    const bytes = encodeFrame({
      ...ends,
      name: 'VS_RD_MOD.CNF',
      MSTATUS: 0,
      RSVD: '000000',
      MODULEID: 2,
      RSVD2: 0,
      MLENGTH: 16,
      MOFFSET: 0,
      CHKSUM: 0,
      DATA: NMK,
    });
    expect(shown(bytes)).toBe(toHex(bytes).replace(NMK, '0'.repeat(32)));
  });

  it('leaves all other messages as they are', () => {
    const frame = decodeFrame(
      encodeFrame({ ...ends, name: 'VS_SW_VER.REQ', COOKIE: '00000000', trailing: NMK }),
    );
    expect(withoutKeys<Sendable>(frame)).toBe(frame);
  });
});
