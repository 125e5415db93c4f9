import { type Infer, optional, restriction, sequence, xs } from '@kerbside/exi';
import { meterIDType } from './identifiers.ts';
import { msgDataTypes } from './namespaces.ts';
import { PhysicalValueType } from './physical-value.ts';

export const sigMeterReadingType = msgDataTypes.simpleType(
  'sigMeterReadingType',
  restriction(xs.base64Binary, { maxLength: 32 }),
);
export type sigMeterReadingType = Infer<typeof sigMeterReadingType>;

export const meterStatusType = msgDataTypes.simpleType('meterStatusType', restriction(xs.short));
export type meterStatusType = Infer<typeof meterStatusType>;

const meterInfo = sequence({
  MeterID: meterIDType,
  MeterReading: optional(PhysicalValueType),
  SigMeterReading: optional(sigMeterReadingType),
  MeterStatus: optional(meterStatusType),
  TMeter: optional(xs.long),
});
export interface MeterInfoType extends Infer<typeof meterInfo> {}
export const MeterInfoType = msgDataTypes.complexType<MeterInfoType>('MeterInfoType', meterInfo);
