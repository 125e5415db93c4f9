import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import { EVChargeParameter } from './ev-charge-parameter.ts';
import { EVSEChargeParameter } from './evse-charge-parameter.ts';
import { msgBody } from './namespaces.ts';
import { EVSEProcessingType, responseCodeType } from './response-code.ts';
import { SASchedules } from './sa-schedule.ts';
import { EnergyTransferModeType } from './service.ts';

const chargeParameterDiscoveryReq = sequence({
  MaxEntriesSAScheduleTuple: optional(xs.unsignedShort),
  RequestedEnergyTransferMode: EnergyTransferModeType,
  EVChargeParameter,
});
/** EV to EVSE: energy transfer mode and the limits of the EV. ISO 15118-2, 8.4.3 */
export type ChargeParameterDiscoveryReqType = Infer<typeof chargeParameterDiscoveryReq>;
export const ChargeParameterDiscoveryReqType = msgBody.complexType<ChargeParameterDiscoveryReqType>(
  'ChargeParameterDiscoveryReqType',
  chargeParameterDiscoveryReq,
);

const chargeParameterDiscoveryRes = sequence({
  ResponseCode: responseCodeType,
  EVSEProcessing: EVSEProcessingType,
  SASchedules: optional(SASchedules),
  EVSEChargeParameter,
});
/** EVSE to EV: schedules and the limits of the EVSE. ISO 15118-2, 8.4.3 */
export type ChargeParameterDiscoveryResType = Infer<typeof chargeParameterDiscoveryRes>;
export const ChargeParameterDiscoveryResType = msgBody.complexType<ChargeParameterDiscoveryResType>(
  'ChargeParameterDiscoveryResType',
  chargeParameterDiscoveryRes,
);
