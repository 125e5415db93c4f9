import { enumeration, extension, type Infer, optional } from '@kerbside/exi';
import { EVSEStatusType } from '../common-types/evse-status.ts';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { processingType } from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';
import { EVPowerProfileType } from './ev-power-profile.ts';

export const chargeProgressType = commonMessages.simpleType(
  'chargeProgressType',
  enumeration('Start', 'Stop', 'Standby', 'ScheduleRenegotiation'),
);
export type chargeProgressType = Infer<typeof chargeProgressType>;

export const channelSelectionType = commonMessages.simpleType(
  'channelSelectionType',
  enumeration('Charge', 'Discharge'),
);
export type channelSelectionType = Infer<typeof channelSelectionType>;

const powerDeliveryReq = extension(V2GRequestType, {
  EVProcessing: processingType,
  ChargeProgress: chargeProgressType,
  EVPowerProfile: optional(EVPowerProfileType),
  BPT_ChannelSelection: optional(channelSelectionType),
});
/** EV to EVSE: start, stop, pause or change of the energy transfer, with a power profile. ISO 15118-20 */
export interface PowerDeliveryReqType extends Infer<typeof powerDeliveryReq> {}
export const PowerDeliveryReqType = commonMessages.complexType<PowerDeliveryReqType>(
  'PowerDeliveryReqType',
  powerDeliveryReq,
);

export const PowerDeliveryReq = commonMessages.element('PowerDeliveryReq', PowerDeliveryReqType);

const powerDeliveryRes = extension(V2GResponseType, { EVSEStatus: optional(EVSEStatusType) });
/** EVSE to EV: whether power is switched as asked. ISO 15118-20 */
export interface PowerDeliveryResType extends Infer<typeof powerDeliveryRes> {}
export const PowerDeliveryResType = commonMessages.complexType<PowerDeliveryResType>(
  'PowerDeliveryResType',
  powerDeliveryRes,
);

export const PowerDeliveryRes = commonMessages.element('PowerDeliveryRes', PowerDeliveryResType);
