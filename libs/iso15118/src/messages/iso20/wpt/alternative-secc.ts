import { type Infer, list, optional, restriction, sequence, xs } from '@kerbside/exi';
import { identifierType } from '../common-types/simple-types.ts';
import { wpt } from '../namespaces.ts';

export const bssidType = wpt.simpleType('bssidType', restriction(xs.string, { maxLength: 12 }));
export type bssidType = Infer<typeof bssidType>;

export const ipaddressType = wpt.simpleType(
  'ipaddressType',
  restriction(xs.string, { maxLength: 39 }),
);
export type ipaddressType = Infer<typeof ipaddressType>;

const alternativeSECC = sequence({
  SSID: optional(identifierType),
  BSSID: optional(bssidType),
  IPAddress: optional(ipaddressType),
  Port: optional(xs.unsignedShort),
});
export interface AlternativeSECCType extends Infer<typeof alternativeSECC> {}
export const AlternativeSECCType = wpt.complexType<AlternativeSECCType>(
  'AlternativeSECCType',
  alternativeSECC,
);

const alternativeSECCList = sequence({ AlternativeSECC: list(AlternativeSECCType, { max: 8 }) });
export interface AlternativeSECCListType extends Infer<typeof alternativeSECCList> {}
export const AlternativeSECCListType = wpt.complexType<AlternativeSECCListType>(
  'AlternativeSECCListType',
  alternativeSECCList,
);
