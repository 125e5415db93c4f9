import { type Infer, optional, restriction, sequence, xs } from '@kerbside/exi';
import { meterIDType } from './identifiers.ts';
import { msgDataTypes } from './namespaces.ts';

export const sigMeterReadingType = msgDataTypes.simpleType(
  'sigMeterReadingType',
  restriction(xs.base64Binary, { maxLength: 64 }),
);
export type sigMeterReadingType = Infer<typeof sigMeterReadingType>;

export const meterStatusType = msgDataTypes.simpleType('meterStatusType', restriction(xs.short));
export type meterStatusType = Infer<typeof meterStatusType>;

const meterInfo = sequence({
  MeterID: meterIDType,
  MeterReading: optional(xs.unsignedLong),
  SigMeterReading: optional(sigMeterReadingType),
  MeterStatus: optional(meterStatusType),
  TMeter: optional(xs.long),
});
/** A meter reading; MeterReading in watt-hours, TMeter in seconds since 1970. ISO 15118-2, 8.5.2 */
export interface MeterInfoType extends Infer<typeof meterInfo> {}
export const MeterInfoType = msgDataTypes.complexType<MeterInfoType>('MeterInfoType', meterInfo);
