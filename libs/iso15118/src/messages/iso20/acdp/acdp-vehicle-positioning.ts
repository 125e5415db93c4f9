import { extension, type Infer, xs } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { processingType } from '../common-types/simple-types.ts';
import { acdp } from '../namespaces.ts';

const acdpVehiclePositioningReq = extension(V2GRequestType, {
  EVMobilityStatus: xs.boolean,
  EVPositioningSupport: xs.boolean,
});
/** EV to EVSE: asks for guidance under the pantograph. ISO 15118-20 */
export interface ACDP_VehiclePositioningReqType extends Infer<typeof acdpVehiclePositioningReq> {}
export const ACDP_VehiclePositioningReqType = acdp.complexType<ACDP_VehiclePositioningReqType>(
  'ACDP_VehiclePositioningReqType',
  acdpVehiclePositioningReq,
);

export const ACDP_VehiclePositioningReq = acdp.element(
  'ACDP_VehiclePositioningReq',
  ACDP_VehiclePositioningReqType,
);

const acdpVehiclePositioningRes = extension(V2GResponseType, {
  EVSEProcessing: processingType,
  EVSEPositioningSupport: xs.boolean,
  EVRelativeXDeviation: xs.short,
  EVRelativeYDeviation: xs.short,
  ContactWindowXc: xs.short,
  ContactWindowYc: xs.short,
  EVInChargePosition: xs.boolean,
});
/** EVSE to EV: where the vehicle stands. ISO 15118-20 */
export interface ACDP_VehiclePositioningResType extends Infer<typeof acdpVehiclePositioningRes> {}
export const ACDP_VehiclePositioningResType = acdp.complexType<ACDP_VehiclePositioningResType>(
  'ACDP_VehiclePositioningResType',
  acdpVehiclePositioningRes,
);

export const ACDP_VehiclePositioningRes = acdp.element(
  'ACDP_VehiclePositioningRes',
  ACDP_VehiclePositioningResType,
);
