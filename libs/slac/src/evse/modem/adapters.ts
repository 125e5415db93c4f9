import type { Mme } from '../../messages/catalogue.ts';
import type { EvseSlacConfig } from '../config.ts';
import type { ModemVendor } from '../report.ts';
import type { ModemAdapter, ModemWord } from './adapter.ts';
import { lumissil } from './lumissil.ts';
import { none } from './none.ts';
import { qualcomm } from './qualcomm.ts';

type Header = EvseSlacConfig['lumissilHeader'];
const known: Readonly<Record<Header, readonly ModemAdapter[]>> = {
  everest: [qualcomm, lumissil('everest')],
  hlb: [qualcomm, lumissil('hlb')],
};

/** The kinds of modem that can be told apart, in the order in which they are asked for. */
export const adapters = (header: Header): readonly ModemAdapter[] => known[header];

/** The adapter of a maker; `none` for a modem that did not say who it is. */
export const adapterOf = (vendor: ModemVendor, header: Header): ModemAdapter =>
  known[header].find((adapter) => adapter.vendor === vendor) ?? none;

/** What a frame says, and to which kind of modem it belongs; undefined: not a modem's. */
export function readModemFrame(
  frame: Mme,
  header: Header,
): { readonly word: ModemWord; readonly adapter: ModemAdapter } | undefined {
  for (const adapter of [...known[header], none]) {
    const word = adapter.read(frame);
    if (word) return { word, adapter };
  }
  return undefined;
}
