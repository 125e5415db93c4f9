import { enumeration, extension, type Infer, xs } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { commonMessages } from '../namespaces.ts';

export const evCheckOutStatusType = commonMessages.simpleType(
  'evCheckOutStatusType',
  enumeration('CheckOut', 'Processing', 'Completed'),
);
export type evCheckOutStatusType = Infer<typeof evCheckOutStatusType>;

export const evseCheckOutStatusType = commonMessages.simpleType(
  'evseCheckOutStatusType',
  enumeration('Scheduled', 'Completed'),
);
export type evseCheckOutStatusType = Infer<typeof evseCheckOutStatusType>;

const vehicleCheckOutReq = extension(V2GRequestType, {
  EVCheckOutStatus: evCheckOutStatusType,
  CheckOutTime: xs.unsignedLong,
});
/** EV to EVSE: the vehicle leaves. ISO 15118-20 */
export interface VehicleCheckOutReqType extends Infer<typeof vehicleCheckOutReq> {}
export const VehicleCheckOutReqType = commonMessages.complexType<VehicleCheckOutReqType>(
  'VehicleCheckOutReqType',
  vehicleCheckOutReq,
);

export const VehicleCheckOutReq = commonMessages.element(
  'VehicleCheckOutReq',
  VehicleCheckOutReqType,
);

const vehicleCheckOutRes = extension(V2GResponseType, {
  EVSECheckOutStatus: evseCheckOutStatusType,
});
/** EVSE to EV: whether it may leave. ISO 15118-20 */
export interface VehicleCheckOutResType extends Infer<typeof vehicleCheckOutRes> {}
export const VehicleCheckOutResType = commonMessages.complexType<VehicleCheckOutResType>(
  'VehicleCheckOutResType',
  vehicleCheckOutRes,
);

export const VehicleCheckOutRes = commonMessages.element(
  'VehicleCheckOutRes',
  VehicleCheckOutResType,
);
