import { acdp } from '../namespaces.ts';
import { ACDP_ConnectReqType, ACDP_ConnectResType } from './acdp-connect.ts';

export const ACDP_DisconnectReq = acdp.element('ACDP_DisconnectReq', ACDP_ConnectReqType);

export const ACDP_DisconnectRes = acdp.element('ACDP_DisconnectRes', ACDP_ConnectResType);
