import { extension, type Infer, optional, sequence, xs } from '@kerbside/exi';
import { commonTypes } from '../namespaces.ts';
import { EVSEStatusType } from './evse-status.ts';
import { V2GRequestType, V2GResponseType } from './header.ts';
import { MeterInfoType } from './meter-info.ts';
import { RationalNumberType } from './rational-number.ts';
import { ReceiptType } from './receipt.ts';
import { percentValueType } from './simple-types.ts';

const displayParameters = sequence({
  PresentSOC: optional(percentValueType),
  MinimumSOC: optional(percentValueType),
  TargetSOC: optional(percentValueType),
  MaximumSOC: optional(percentValueType),
  RemainingTimeToMinimumSOC: optional(xs.unsignedInt),
  RemainingTimeToTargetSOC: optional(xs.unsignedInt),
  RemainingTimeToMaximumSOC: optional(xs.unsignedInt),
  ChargingComplete: optional(xs.boolean),
  BatteryEnergyCapacity: optional(RationalNumberType),
  InletHot: optional(xs.boolean),
});
/** What a display at the station may show of the EV. ISO 15118-20 */
export interface DisplayParametersType extends Infer<typeof displayParameters> {}
export const DisplayParametersType = commonTypes.complexType<DisplayParametersType>(
  'DisplayParametersType',
  displayParameters,
);

const chargeParameterDiscoveryReq = extension(V2GRequestType, {});
export interface ChargeParameterDiscoveryReqType extends Infer<
  typeof chargeParameterDiscoveryReq
> {}
export const ChargeParameterDiscoveryReqType =
  commonTypes.complexType<ChargeParameterDiscoveryReqType>(
    'ChargeParameterDiscoveryReqType',
    chargeParameterDiscoveryReq,
    { abstract: true },
  );

const chargeParameterDiscoveryRes = extension(V2GResponseType, {});
export interface ChargeParameterDiscoveryResType extends Infer<
  typeof chargeParameterDiscoveryRes
> {}
export const ChargeParameterDiscoveryResType =
  commonTypes.complexType<ChargeParameterDiscoveryResType>(
    'ChargeParameterDiscoveryResType',
    chargeParameterDiscoveryRes,
    { abstract: true },
  );

const chargeLoopReq = extension(V2GRequestType, {
  DisplayParameters: optional(DisplayParametersType),
  MeterInfoRequested: xs.boolean,
});
export interface ChargeLoopReqType extends Infer<typeof chargeLoopReq> {}
export const ChargeLoopReqType = commonTypes.complexType<ChargeLoopReqType>(
  'ChargeLoopReqType',
  chargeLoopReq,
  { abstract: true },
);

const chargeLoopRes = extension(V2GResponseType, {
  EVSEStatus: optional(EVSEStatusType),
  MeterInfo: optional(MeterInfoType),
  Receipt: optional(ReceiptType),
});
export interface ChargeLoopResType extends Infer<typeof chargeLoopRes> {}
export const ChargeLoopResType = commonTypes.complexType<ChargeLoopResType>(
  'ChargeLoopResType',
  chargeLoopRes,
  { abstract: true },
);
