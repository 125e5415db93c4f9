import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import { ChargingProfileType } from './charging-profile.ts';
import { DC_EVStatusType } from './ev-status.ts';
import { EVSEStatus } from './evse-status.ts';
import { msgBody, msgDataTypes } from './namespaces.ts';
import { responseCodeType } from './response-code.ts';

const evPowerDeliveryParameter = sequence({});
export interface EVPowerDeliveryParameterType extends Infer<typeof evPowerDeliveryParameter> {}
export const EVPowerDeliveryParameterType = msgDataTypes.complexType<EVPowerDeliveryParameterType>(
  'EVPowerDeliveryParameterType',
  evPowerDeliveryParameter,
  { abstract: true },
);

const dcEVPowerDeliveryParameter = sequence({
  DC_EVStatus: DC_EVStatusType,
  BulkChargingComplete: optional(xs.boolean),
  ChargingComplete: xs.boolean,
});
export interface DC_EVPowerDeliveryParameterType extends Infer<typeof dcEVPowerDeliveryParameter> {}
export const DC_EVPowerDeliveryParameterType =
  msgDataTypes.complexType<DC_EVPowerDeliveryParameterType>(
    'DC_EVPowerDeliveryParameterType',
    dcEVPowerDeliveryParameter,
  );

export const EVPowerDeliveryParameter = msgDataTypes.substitutionGroup(
  msgDataTypes.element('EVPowerDeliveryParameter', EVPowerDeliveryParameterType),
  { DC_EVPowerDeliveryParameter: DC_EVPowerDeliveryParameterType },
);

const powerDeliveryReq = sequence({
  ReadyToChargeState: xs.boolean,
  ChargingProfile: optional(ChargingProfileType),
  EVPowerDeliveryParameter: optional(EVPowerDeliveryParameter),
});
/** EV to EVSE: switch power on or off. DIN SPEC 70121 */
export type PowerDeliveryReqType = Infer<typeof powerDeliveryReq>;
export const PowerDeliveryReqType = msgBody.complexType<PowerDeliveryReqType>(
  'PowerDeliveryReqType',
  powerDeliveryReq,
);

const powerDeliveryRes = sequence({ ResponseCode: responseCodeType, EVSEStatus });
/** EVSE to EV: whether power is switched as asked. DIN SPEC 70121 */
export type PowerDeliveryResType = Infer<typeof powerDeliveryRes>;
export const PowerDeliveryResType = msgBody.complexType<PowerDeliveryResType>(
  'PowerDeliveryResType',
  powerDeliveryRes,
);
