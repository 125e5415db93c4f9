import { type Field, mac, records, u16le, u8 } from './field.ts';
import { type FrameOf, mme } from './mme.ts';

/** Mbit/s: one byte up to HomePlug AV 1.1, two in 2.0. */
const rate: Field<number, false> = {
  optional: false,
  read: (reader, name, context) => (context.mmv >= 2 ? u16le : u8).read(reader, name, context),
  write: (writer, value, name, context) =>
    (context.mmv >= 2 ? u16le : u8).write(writer, value, name, context),
};

/** CM_NW_STATS.REQ: asks the modem for the rates to its peers. */
export const CM_NW_STATS_REQ = mme('CM_NW_STATS.REQ', 0x6048, {});
export type CM_NW_STATS_REQ = FrameOf<typeof CM_NW_STATS_REQ>;

/** CM_NW_STATS.CNF: average PHY rates, Mbit/s, for each station. */
export const CM_NW_STATS_CNF = mme('CM_NW_STATS.CNF', 0x6049, {
  NumSTAs: u8,
  STAs: records('NumSTAs', { MAC: mac, AvgPHYDR_TX: rate, AvgPHYDR_RX: rate }),
});
export type CM_NW_STATS_CNF = FrameOf<typeof CM_NW_STATS_CNF>;
