import {
  choice,
  extension,
  type Infer,
  list,
  optional,
  restriction,
  sequence,
  xs,
} from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { percentValueType, processingType } from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';
import { AbsolutePriceScheduleType } from './absolute-price-schedule.ts';
import { ScheduleTupleType } from './charging-schedule.ts';
import { EVEnergyOfferType } from './ev-energy-offer.ts';
import { PriceLevelScheduleType } from './price-level-schedule.ts';

export const maxSupportingPointsScheduleTupleType = commonMessages.simpleType(
  'maxSupportingPointsScheduleTupleType',
  restriction(xs.unsignedShort, { minInclusive: 12, maxInclusive: 1024 }),
);
export type maxSupportingPointsScheduleTupleType = Infer<
  typeof maxSupportingPointsScheduleTupleType
>;

const scheduledSEReqControlMode = sequence({
  DepartureTime: optional(xs.unsignedInt),
  EVTargetEnergyRequest: optional(RationalNumberType),
  EVMaximumEnergyRequest: optional(RationalNumberType),
  EVMinimumEnergyRequest: optional(RationalNumberType),
  EVEnergyOffer: optional(EVEnergyOfferType),
});
export interface Scheduled_SEReqControlModeType extends Infer<typeof scheduledSEReqControlMode> {}
export const Scheduled_SEReqControlModeType =
  commonMessages.complexType<Scheduled_SEReqControlModeType>(
    'Scheduled_SEReqControlModeType',
    scheduledSEReqControlMode,
  );

const dynamicSEReqControlMode = sequence({
  DepartureTime: xs.unsignedInt,
  MinimumSOC: optional(percentValueType),
  TargetSOC: optional(percentValueType),
  EVTargetEnergyRequest: RationalNumberType,
  EVMaximumEnergyRequest: RationalNumberType,
  EVMinimumEnergyRequest: RationalNumberType,
  EVMaximumV2XEnergyRequest: optional(RationalNumberType),
  EVMinimumV2XEnergyRequest: optional(RationalNumberType),
});
export interface Dynamic_SEReqControlModeType extends Infer<typeof dynamicSEReqControlMode> {}
export const Dynamic_SEReqControlModeType =
  commonMessages.complexType<Dynamic_SEReqControlModeType>(
    'Dynamic_SEReqControlModeType',
    dynamicSEReqControlMode,
  );

const scheduledSEResControlMode = sequence({ ScheduleTuple: list(ScheduleTupleType, { max: 3 }) });
export interface Scheduled_SEResControlModeType extends Infer<typeof scheduledSEResControlMode> {}
export const Scheduled_SEResControlModeType =
  commonMessages.complexType<Scheduled_SEResControlModeType>(
    'Scheduled_SEResControlModeType',
    scheduledSEResControlMode,
  );

const dynamicSEResControlMode = sequence({
  DepartureTime: optional(xs.unsignedInt),
  MinimumSOC: optional(percentValueType),
  TargetSOC: optional(percentValueType),
  priceSchedule: optional(
    choice({
      AbsolutePriceSchedule: AbsolutePriceScheduleType,
      PriceLevelSchedule: PriceLevelScheduleType,
    }),
  ),
});
export type Dynamic_SEResControlModeType = Infer<typeof dynamicSEResControlMode>;
export const Dynamic_SEResControlModeType =
  commonMessages.complexType<Dynamic_SEResControlModeType>(
    'Dynamic_SEResControlModeType',
    dynamicSEResControlMode,
  );

const scheduleExchangeReq = extension(V2GRequestType, {
  MaximumSupportingPoints: maxSupportingPointsScheduleTupleType,
  mode: choice({
    Dynamic_SEReqControlMode: Dynamic_SEReqControlModeType,
    Scheduled_SEReqControlMode: Scheduled_SEReqControlModeType,
  }),
});
/** EV to EVSE: what energy is needed until when. ISO 15118-20 */
export type ScheduleExchangeReqType = Infer<typeof scheduleExchangeReq>;
export const ScheduleExchangeReqType = commonMessages.complexType<ScheduleExchangeReqType>(
  'ScheduleExchangeReqType',
  scheduleExchangeReq,
);

export const ScheduleExchangeReq = commonMessages.element(
  'ScheduleExchangeReq',
  ScheduleExchangeReqType,
);

const scheduleExchangeRes = extension(V2GResponseType, {
  EVSEProcessing: processingType,
  GoToPause: optional(xs.boolean),
  mode: choice({
    Dynamic_SEResControlMode: Dynamic_SEResControlModeType,
    Scheduled_SEResControlMode: Scheduled_SEResControlModeType,
  }),
});
/** EVSE to EV: schedules to choose from, or limits of the dynamic mode. ISO 15118-20 */
export type ScheduleExchangeResType = Infer<typeof scheduleExchangeRes>;
export const ScheduleExchangeResType = commonMessages.complexType<ScheduleExchangeResType>(
  'ScheduleExchangeResType',
  scheduleExchangeRes,
);

export const ScheduleExchangeRes = commonMessages.element(
  'ScheduleExchangeRes',
  ScheduleExchangeResType,
);
