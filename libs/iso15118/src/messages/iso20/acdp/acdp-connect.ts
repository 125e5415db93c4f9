import { enumeration, extension, type Infer } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { processingType } from '../common-types/simple-types.ts';
import { acdp } from '../namespaces.ts';

export const electricalChargingDeviceStatusType = acdp.simpleType(
  'electricalChargingDeviceStatusType',
  enumeration('State_A', 'State_B', 'State_C', 'State_D'),
);
export type electricalChargingDeviceStatusType = Infer<typeof electricalChargingDeviceStatusType>;

export const mechanicalChargingDeviceStatusType = acdp.simpleType(
  'mechanicalChargingDeviceStatusType',
  enumeration('Home', 'Moving', 'EndPosition'),
);
export type mechanicalChargingDeviceStatusType = Infer<typeof mechanicalChargingDeviceStatusType>;

const acdpConnectReq = extension(V2GRequestType, {
  EVElectricalChargingDeviceStatus: electricalChargingDeviceStatusType,
});
/** EV to EVSE: asks to lower the pantograph. ISO 15118-20 */
export interface ACDP_ConnectReqType extends Infer<typeof acdpConnectReq> {}
export const ACDP_ConnectReqType = acdp.complexType<ACDP_ConnectReqType>(
  'ACDP_ConnectReqType',
  acdpConnectReq,
);

export const ACDP_ConnectReq = acdp.element('ACDP_ConnectReq', ACDP_ConnectReqType);

const acdpConnectRes = extension(V2GResponseType, {
  EVSEProcessing: processingType,
  EVSEElectricalChargingDeviceStatus: electricalChargingDeviceStatusType,
  EVSEMechanicalChargingDeviceStatus: mechanicalChargingDeviceStatusType,
});
/** EVSE to EV: whether it is connected. ISO 15118-20 */
export interface ACDP_ConnectResType extends Infer<typeof acdpConnectRes> {}
export const ACDP_ConnectResType = acdp.complexType<ACDP_ConnectResType>(
  'ACDP_ConnectResType',
  acdpConnectRes,
);

export const ACDP_ConnectRes = acdp.element('ACDP_ConnectRes', ACDP_ConnectResType);
