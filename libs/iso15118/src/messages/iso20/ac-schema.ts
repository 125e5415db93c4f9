import { ExiCodec, schemaSet } from '@kerbside/exi';
import { xmldsigElements } from '@kerbside/pki';
import { AC_ChargeLoopReq, AC_ChargeLoopRes } from './ac/ac-charge-loop.ts';
import {
  AC_ChargeParameterDiscoveryReq,
  AC_ChargeParameterDiscoveryRes,
} from './ac/ac-charge-parameter-discovery.ts';
import { CLReqControlMode, CLResControlMode } from './ac/control-mode.ts';
import {
  AC_CPDReqEnergyTransferMode,
  AC_CPDResEnergyTransferMode,
} from './ac/energy-transfer-mode.ts';
import { unreachedCommonTypes } from './common-types/unreached.ts';

/** AC charging. ISO 15118-20 */
export const acSet = schemaSet('iso20-ac', {
  roots: {
    AC_ChargeLoopReq,
    AC_ChargeLoopRes,
    AC_ChargeParameterDiscoveryReq,
    AC_ChargeParameterDiscoveryRes,
  },
  others: [
    CLReqControlMode,
    CLResControlMode,
    AC_CPDReqEnergyTransferMode,
    AC_CPDResEnergyTransferMode,
    ...xmldsigElements,
  ],
  unreached: unreachedCommonTypes,
});

export const acCodec = new ExiCodec(acSet);
