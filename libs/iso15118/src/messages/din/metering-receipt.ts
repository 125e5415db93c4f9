import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import { AC_EVSEStatusType } from './evse-status.ts';
import { SAIDType, sessionIDType } from './identifiers.ts';
import { MeterInfoType } from './meter-info.ts';
import { msgBody } from './namespaces.ts';
import { responseCodeType } from './response-code.ts';

const meteringReceiptReq = sequence(
  { SessionID: sessionIDType, SAScheduleTupleID: optional(SAIDType), MeterInfo: MeterInfoType },
  { Id: optional(xs.IDREF) },
);
/** EV to EVSE: the receipt of a meter reading. DIN SPEC 70121 */
export interface MeteringReceiptReqType extends Infer<typeof meteringReceiptReq> {}
export const MeteringReceiptReqType = msgBody.complexType<MeteringReceiptReqType>(
  'MeteringReceiptReqType',
  meteringReceiptReq,
);

const meteringReceiptRes = sequence({
  ResponseCode: responseCodeType,
  AC_EVSEStatus: AC_EVSEStatusType,
});
/** EVSE to EV: whether the receipt is accepted. DIN SPEC 70121 */
export interface MeteringReceiptResType extends Infer<typeof meteringReceiptRes> {}
export const MeteringReceiptResType = msgBody.complexType<MeteringReceiptResType>(
  'MeteringReceiptResType',
  meteringReceiptRes,
);
