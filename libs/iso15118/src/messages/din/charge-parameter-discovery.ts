import { type Infer, sequence } from '@kerbside/exi';
import { EVChargeParameter } from './ev-charge-parameter.ts';
import { EVSEChargeParameter } from './evse-charge-parameter.ts';
import { msgBody } from './namespaces.ts';
import { EVSEProcessingType, responseCodeType } from './response-code.ts';
import { SASchedules } from './sa-schedule.ts';
import { EVRequestedEnergyTransferType } from './service.ts';

const chargeParameterDiscoveryReq = sequence({
  EVRequestedEnergyTransferType: EVRequestedEnergyTransferType,
  EVChargeParameter,
});
/** EV to EVSE: energy transfer type and the limits of the EV. DIN SPEC 70121 */
export type ChargeParameterDiscoveryReqType = Infer<typeof chargeParameterDiscoveryReq>;
export const ChargeParameterDiscoveryReqType = msgBody.complexType<ChargeParameterDiscoveryReqType>(
  'ChargeParameterDiscoveryReqType',
  chargeParameterDiscoveryReq,
);

const chargeParameterDiscoveryRes = sequence({
  ResponseCode: responseCodeType,
  EVSEProcessing: EVSEProcessingType,
  SASchedules,
  EVSEChargeParameter,
});
/** EVSE to EV: schedules and the limits of the EVSE. DIN SPEC 70121 */
export type ChargeParameterDiscoveryResType = Infer<typeof chargeParameterDiscoveryRes>;
export const ChargeParameterDiscoveryResType = msgBody.complexType<ChargeParameterDiscoveryResType>(
  'ChargeParameterDiscoveryResType',
  chargeParameterDiscoveryRes,
);
