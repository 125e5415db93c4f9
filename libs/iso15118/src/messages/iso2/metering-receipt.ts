import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import { EVSEStatus } from './evse-status.ts';
import { SAIDType, sessionIDType } from './identifiers.ts';
import { MeterInfoType } from './meter-info.ts';
import { msgBody } from './namespaces.ts';
import { responseCodeType } from './response-code.ts';

const meteringReceiptReq = sequence(
  { SessionID: sessionIDType, SAScheduleTupleID: optional(SAIDType), MeterInfo: MeterInfoType },
  { Id: optional(xs.ID) },
);
/** EV to EVSE: the signed receipt of a meter reading. ISO 15118-2, 8.4.3 */
export interface MeteringReceiptReqType extends Infer<typeof meteringReceiptReq> {}
export const MeteringReceiptReqType = msgBody.complexType<MeteringReceiptReqType>(
  'MeteringReceiptReqType',
  meteringReceiptReq,
);

const meteringReceiptRes = sequence({ ResponseCode: responseCodeType, EVSEStatus });
/** EVSE to EV: whether the receipt is accepted. ISO 15118-2, 8.4.3 */
export type MeteringReceiptResType = Infer<typeof meteringReceiptRes>;
export const MeteringReceiptResType = msgBody.complexType<MeteringReceiptResType>(
  'MeteringReceiptResType',
  meteringReceiptRes,
);
