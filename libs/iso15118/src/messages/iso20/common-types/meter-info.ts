import { type Infer, optional, restriction, sequence, xs } from '@kerbside/exi';
import { commonTypes } from '../namespaces.ts';

export const meterIDType = commonTypes.simpleType(
  'meterIDType',
  restriction(xs.string, { maxLength: 32 }),
);
export type meterIDType = Infer<typeof meterIDType>;

export const meterSignatureType = commonTypes.simpleType(
  'meterSignatureType',
  restriction(xs.base64Binary, { maxLength: 64 }),
);
export type meterSignatureType = Infer<typeof meterSignatureType>;

const meterInfo = sequence({
  MeterID: meterIDType,
  ChargedEnergyReadingWh: xs.unsignedLong,
  BPT_DischargedEnergyReadingWh: optional(xs.unsignedLong),
  CapacitiveEnergyReadingVARh: optional(xs.unsignedLong),
  BPT_InductiveEnergyReadingVARh: optional(xs.unsignedLong),
  MeterSignature: optional(meterSignatureType),
  MeterStatus: optional(xs.short),
  MeterTimestamp: optional(xs.unsignedLong),
});
export interface MeterInfoType extends Infer<typeof meterInfo> {}
export const MeterInfoType = commonTypes.complexType<MeterInfoType>('MeterInfoType', meterInfo);
