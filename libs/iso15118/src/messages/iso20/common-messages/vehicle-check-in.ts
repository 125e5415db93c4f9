import { enumeration, extension, type Infer, optional, sequence, xs } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { commonMessages } from '../namespaces.ts';

export const evCheckInStatusType = commonMessages.simpleType(
  'evCheckInStatusType',
  enumeration('CheckIn', 'Processing', 'Completed'),
);
export type evCheckInStatusType = Infer<typeof evCheckInStatusType>;

export const parkingMethodType = commonMessages.simpleType(
  'parkingMethodType',
  enumeration('AutoParking', 'MVGuideManual', 'Manual'),
);
export type parkingMethodType = Infer<typeof parkingMethodType>;

const targetPosition = sequence({
  TargetOffsetX: xs.unsignedShort,
  TargetOffsetY: xs.unsignedShort,
});
export interface TargetPositionType extends Infer<typeof targetPosition> {}
export const TargetPositionType = commonMessages.complexType<TargetPositionType>(
  'TargetPositionType',
  targetPosition,
);

const vehicleCheckInReq = extension(V2GRequestType, {
  EVCheckInStatus: evCheckInStatusType,
  ParkingMethod: parkingMethodType,
  VehicleFrame: optional(xs.short),
  DeviceOffset: optional(xs.short),
  VehicleTravel: optional(xs.short),
});
/** EV to EVSE: the vehicle arrives. ISO 15118-20 */
export interface VehicleCheckInReqType extends Infer<typeof vehicleCheckInReq> {}
export const VehicleCheckInReqType = commonMessages.complexType<VehicleCheckInReqType>(
  'VehicleCheckInReqType',
  vehicleCheckInReq,
);

export const VehicleCheckInReq = commonMessages.element('VehicleCheckInReq', VehicleCheckInReqType);

const vehicleCheckInRes = extension(V2GResponseType, {
  ParkingSpace: optional(xs.short),
  DeviceLocation: optional(xs.short),
  TargetDistance: optional(xs.short),
});
/** EVSE to EV: whether it may park here. ISO 15118-20 */
export interface VehicleCheckInResType extends Infer<typeof vehicleCheckInRes> {}
export const VehicleCheckInResType = commonMessages.complexType<VehicleCheckInResType>(
  'VehicleCheckInResType',
  vehicleCheckInRes,
);

export const VehicleCheckInRes = commonMessages.element('VehicleCheckInRes', VehicleCheckInResType);
