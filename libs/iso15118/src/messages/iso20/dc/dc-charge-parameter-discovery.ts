import { extension, type Infer } from '@kerbside/exi';
import {
  ChargeParameterDiscoveryReqType,
  ChargeParameterDiscoveryResType,
} from '../common-types/charge-loop.ts';
import { dc } from '../namespaces.ts';
import {
  DC_CPDReqEnergyTransferMode,
  DC_CPDResEnergyTransferMode,
} from './energy-transfer-mode.ts';

const dcChargeParameterDiscoveryReq = extension(ChargeParameterDiscoveryReqType, {
  DC_CPDReqEnergyTransferMode,
});
/** EV to EVSE: the limits of the EV. ISO 15118-20 */
export type DC_ChargeParameterDiscoveryReqType = Infer<typeof dcChargeParameterDiscoveryReq>;
export const DC_ChargeParameterDiscoveryReqType =
  dc.complexType<DC_ChargeParameterDiscoveryReqType>(
    'DC_ChargeParameterDiscoveryReqType',
    dcChargeParameterDiscoveryReq,
  );

export const DC_ChargeParameterDiscoveryReq = dc.element(
  'DC_ChargeParameterDiscoveryReq',
  DC_ChargeParameterDiscoveryReqType,
);

const dcChargeParameterDiscoveryRes = extension(ChargeParameterDiscoveryResType, {
  DC_CPDResEnergyTransferMode,
});
/** EVSE to EV: the limits of the EVSE. ISO 15118-20 */
export type DC_ChargeParameterDiscoveryResType = Infer<typeof dcChargeParameterDiscoveryRes>;
export const DC_ChargeParameterDiscoveryResType =
  dc.complexType<DC_ChargeParameterDiscoveryResType>(
    'DC_ChargeParameterDiscoveryResType',
    dcChargeParameterDiscoveryRes,
  );

export const DC_ChargeParameterDiscoveryRes = dc.element(
  'DC_ChargeParameterDiscoveryRes',
  DC_ChargeParameterDiscoveryResType,
);
