import { ExiCodec, schemaSet } from '@kerbside/exi';
import { xmldsigElements } from '@kerbside/pki';
import { ACDP_ConnectReq, ACDP_ConnectRes } from './acdp/acdp-connect.ts';
import { ACDP_DisconnectReq, ACDP_DisconnectRes } from './acdp/acdp-disconnect.ts';
import { ACDP_SystemStatusReq, ACDP_SystemStatusRes } from './acdp/acdp-system-status.ts';
import {
  ACDP_VehiclePositioningReq,
  ACDP_VehiclePositioningRes,
} from './acdp/acdp-vehicle-positioning.ts';
import { CLReqControlMode, CLResControlMode } from './common-types/control-mode.ts';
import { unreachedCommonTypes } from './common-types/unreached.ts';

/** Charging by pantograph. ISO 15118-20 */
export const acdpSet = schemaSet('iso20-acdp', {
  roots: {
    ACDP_ConnectReq,
    ACDP_ConnectRes,
    ACDP_DisconnectReq,
    ACDP_DisconnectRes,
    ACDP_SystemStatusReq,
    ACDP_SystemStatusRes,
    ACDP_VehiclePositioningReq,
    ACDP_VehiclePositioningRes,
  },
  others: [CLReqControlMode, CLResControlMode, ...xmldsigElements],
  unreached: unreachedCommonTypes,
});

export const acdpCodec = new ExiCodec(acdpSet);
