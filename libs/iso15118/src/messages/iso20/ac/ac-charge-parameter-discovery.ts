import { extension, type Infer } from '@kerbside/exi';
import {
  ChargeParameterDiscoveryReqType,
  ChargeParameterDiscoveryResType,
} from '../common-types/charge-loop.ts';
import { ac } from '../namespaces.ts';
import {
  AC_CPDReqEnergyTransferMode,
  AC_CPDResEnergyTransferMode,
} from './energy-transfer-mode.ts';

const acChargeParameterDiscoveryReq = extension(ChargeParameterDiscoveryReqType, {
  AC_CPDReqEnergyTransferMode,
});
/** EV to EVSE: the limits of the EV. ISO 15118-20 */
export type AC_ChargeParameterDiscoveryReqType = Infer<typeof acChargeParameterDiscoveryReq>;
export const AC_ChargeParameterDiscoveryReqType =
  ac.complexType<AC_ChargeParameterDiscoveryReqType>(
    'AC_ChargeParameterDiscoveryReqType',
    acChargeParameterDiscoveryReq,
  );

export const AC_ChargeParameterDiscoveryReq = ac.element(
  'AC_ChargeParameterDiscoveryReq',
  AC_ChargeParameterDiscoveryReqType,
);

const acChargeParameterDiscoveryRes = extension(ChargeParameterDiscoveryResType, {
  AC_CPDResEnergyTransferMode,
});
/** EVSE to EV: the limits of the EVSE. ISO 15118-20 */
export type AC_ChargeParameterDiscoveryResType = Infer<typeof acChargeParameterDiscoveryRes>;
export const AC_ChargeParameterDiscoveryResType =
  ac.complexType<AC_ChargeParameterDiscoveryResType>(
    'AC_ChargeParameterDiscoveryResType',
    acChargeParameterDiscoveryRes,
  );

export const AC_ChargeParameterDiscoveryRes = ac.element(
  'AC_ChargeParameterDiscoveryRes',
  AC_ChargeParameterDiscoveryResType,
);
