import { type Infer, list, optional, sequence } from '@kerbside/exi';
import { SAIDType } from './identifiers.ts';
import { msgDataTypes } from './namespaces.ts';
import { PMaxScheduleEntryType, SalesTariffType } from './sales-tariff.ts';

const pMaxSchedule = sequence({
  PMaxScheduleID: SAIDType,
  PMaxScheduleEntry: list(PMaxScheduleEntryType, { max: Infinity }),
});
export interface PMaxScheduleType extends Infer<typeof pMaxSchedule> {}
export const PMaxScheduleType = msgDataTypes.complexType<PMaxScheduleType>(
  'PMaxScheduleType',
  pMaxSchedule,
);

const saScheduleTuple = sequence({
  SAScheduleTupleID: SAIDType,
  PMaxSchedule: PMaxScheduleType,
  SalesTariff: optional(SalesTariffType),
});
export interface SAScheduleTupleType extends Infer<typeof saScheduleTuple> {}
export const SAScheduleTupleType = msgDataTypes.complexType<SAScheduleTupleType>(
  'SAScheduleTupleType',
  saScheduleTuple,
);

const saSchedules = sequence({});
export interface SASchedulesType extends Infer<typeof saSchedules> {}
export const SASchedulesType = msgDataTypes.complexType<SASchedulesType>(
  'SASchedulesType',
  saSchedules,
  { abstract: true },
);

const saScheduleList = sequence({ SAScheduleTuple: list(SAScheduleTupleType, { max: Infinity }) });
export interface SAScheduleListType extends Infer<typeof saScheduleList> {}
export const SAScheduleListType = msgDataTypes.complexType<SAScheduleListType>(
  'SAScheduleListType',
  saScheduleList,
);

export const SASchedules = msgDataTypes.substitutionGroup(
  msgDataTypes.element('SASchedules', SASchedulesType),
  { SAScheduleList: SAScheduleListType },
);
