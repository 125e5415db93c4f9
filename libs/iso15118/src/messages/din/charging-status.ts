import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import { AC_EVSEStatusType } from './evse-status.ts';
import { evseIDType, SAIDType } from './identifiers.ts';
import { MeterInfoType } from './meter-info.ts';
import { msgBody } from './namespaces.ts';
import { PhysicalValueType } from './physical-value.ts';
import { responseCodeType } from './response-code.ts';

const chargingStatusReq = sequence({});
/** EV to EVSE: AC, while charging: asks for the state. DIN SPEC 70121 */
export interface ChargingStatusReqType extends Infer<typeof chargingStatusReq> {}
export const ChargingStatusReqType = msgBody.complexType<ChargingStatusReqType>(
  'ChargingStatusReqType',
  chargingStatusReq,
);

const chargingStatusRes = sequence({
  ResponseCode: responseCodeType,
  EVSEID: evseIDType,
  SAScheduleTupleID: SAIDType,
  EVSEMaxCurrent: optional(PhysicalValueType),
  MeterInfo: optional(MeterInfoType),
  ReceiptRequired: xs.boolean,
  AC_EVSEStatus: AC_EVSEStatusType,
});
/** EVSE to EV: AC, while charging: limit, meter and status. DIN SPEC 70121 */
export interface ChargingStatusResType extends Infer<typeof chargingStatusRes> {}
export const ChargingStatusResType = msgBody.complexType<ChargingStatusResType>(
  'ChargingStatusResType',
  chargingStatusRes,
);
