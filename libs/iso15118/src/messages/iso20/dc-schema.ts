import { ExiCodec, schemaSet } from '@kerbside/exi';
import { xmldsigElements } from '@kerbside/pki';
import { CLReqControlMode, CLResControlMode } from './dc/control-mode.ts';
import { DC_CableCheckReq, DC_CableCheckRes } from './dc/dc-cable-check.ts';
import { DC_ChargeLoopReq, DC_ChargeLoopRes } from './dc/dc-charge-loop.ts';
import {
  DC_ChargeParameterDiscoveryReq,
  DC_ChargeParameterDiscoveryRes,
} from './dc/dc-charge-parameter-discovery.ts';
import { DC_PreChargeReq, DC_PreChargeRes } from './dc/dc-pre-charge.ts';
import { DC_WeldingDetectionReq, DC_WeldingDetectionRes } from './dc/dc-welding-detection.ts';
import {
  DC_CPDReqEnergyTransferMode,
  DC_CPDResEnergyTransferMode,
} from './dc/energy-transfer-mode.ts';
import { unreachedCommonTypes } from './common-types/unreached.ts';

/** DC charging. ISO 15118-20 */
export const dcSet = schemaSet('iso20-dc', {
  roots: {
    DC_CableCheckReq,
    DC_CableCheckRes,
    DC_ChargeLoopReq,
    DC_ChargeLoopRes,
    DC_ChargeParameterDiscoveryReq,
    DC_ChargeParameterDiscoveryRes,
    DC_PreChargeReq,
    DC_PreChargeRes,
    DC_WeldingDetectionReq,
    DC_WeldingDetectionRes,
  },
  others: [
    CLReqControlMode,
    CLResControlMode,
    DC_CPDReqEnergyTransferMode,
    DC_CPDResEnergyTransferMode,
    ...xmldsigElements,
  ],
  unreached: unreachedCommonTypes,
});

export const dcCodec = new ExiCodec(dcSet);
