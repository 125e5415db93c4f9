import { enumeration, type Infer, optional, sequence, xs } from '@kerbside/exi';
import { ChargingProfileType } from './charging-profile.ts';
import { DC_EVStatusType } from './ev-status.ts';
import { EVSEStatus } from './evse-status.ts';
import { SAIDType } from './identifiers.ts';
import { msgBody, msgDataTypes } from './namespaces.ts';
import { responseCodeType } from './response-code.ts';

export const chargeProgressType = msgDataTypes.simpleType(
  'chargeProgressType',
  enumeration('Start', 'Stop', 'Renegotiate'),
);
export type chargeProgressType = Infer<typeof chargeProgressType>;

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
  msgDataTypes.element('EVPowerDeliveryParameter', EVPowerDeliveryParameterType, {
    abstract: true,
  }),
  { DC_EVPowerDeliveryParameter: DC_EVPowerDeliveryParameterType },
);

const powerDeliveryReq = sequence({
  ChargeProgress: chargeProgressType,
  SAScheduleTupleID: SAIDType,
  ChargingProfile: optional(ChargingProfileType),
  EVPowerDeliveryParameter: optional(EVPowerDeliveryParameter),
});
/** EV to EVSE: start, stop or renegotiate, with the chosen schedule and profile. ISO 15118-2, 8.4.3 */
export type PowerDeliveryReqType = Infer<typeof powerDeliveryReq>;
export const PowerDeliveryReqType = msgBody.complexType<PowerDeliveryReqType>(
  'PowerDeliveryReqType',
  powerDeliveryReq,
);

const powerDeliveryRes = sequence({ ResponseCode: responseCodeType, EVSEStatus });
/** EVSE to EV: whether power is switched as asked. ISO 15118-2, 8.4.3 */
export type PowerDeliveryResType = Infer<typeof powerDeliveryRes>;
export const PowerDeliveryResType = msgBody.complexType<PowerDeliveryResType>(
  'PowerDeliveryResType',
  powerDeliveryRes,
);
