import { bytes, type Field, hexValue, refuse, tail, u8 } from './field.ts';
import { type FrameOf, mme } from './mme.ts';

/** 16 random bytes; the short form in the field leaves RSVD out and has 17. */
const Rnd: Field<string, true> = {
  optional: true,
  read(reader, name, context) {
    const length = context.values.RSVD === undefined ? 17 : 16;
    return reader.left < length ? undefined : reader.hex(length, name);
  },
  write(writer, value, name, context) {
    const length = context.values.RSVD === undefined ? 17 : 16;
    if (value !== undefined) writer.put(hexValue(value, length, name, writer));
    else if (length === 16) refuse(name, 'missing', writer);
  },
};

/** CM_MNBC_SOUND.IND: one sound; `Cnt` counts down to 0. ISO 15118-3 Annex A */
export const CM_MNBC_SOUND_IND = mme('CM_MNBC_SOUND.IND', 0x6076, {
  APPLICATION_TYPE: u8,
  SECURITY_TYPE: u8,
  SenderID: bytes(17),
  Cnt: u8,
  RunID: bytes(8),
  RSVD: tail(24, bytes(8)),
  Rnd,
});
export type CM_MNBC_SOUND_IND = FrameOf<typeof CM_MNBC_SOUND_IND>;
