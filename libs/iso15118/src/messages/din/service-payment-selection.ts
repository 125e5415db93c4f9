import { type Infer, sequence } from '@kerbside/exi';
import { msgBody } from './namespaces.ts';
import { paymentOptionType } from './payment-option.ts';
import { responseCodeType } from './response-code.ts';
import { SelectedServiceListType } from './service.ts';

const servicePaymentSelectionReq = sequence({
  SelectedPaymentOption: paymentOptionType,
  SelectedServiceList: SelectedServiceListType,
});
/** EV to EVSE: the chosen payment option and services. DIN SPEC 70121 */
export interface ServicePaymentSelectionReqType extends Infer<typeof servicePaymentSelectionReq> {}
export const ServicePaymentSelectionReqType = msgBody.complexType<ServicePaymentSelectionReqType>(
  'ServicePaymentSelectionReqType',
  servicePaymentSelectionReq,
);

const servicePaymentSelectionRes = sequence({ ResponseCode: responseCodeType });
/** EVSE to EV: whether the selection stands. DIN SPEC 70121 */
export interface ServicePaymentSelectionResType extends Infer<typeof servicePaymentSelectionRes> {}
export const ServicePaymentSelectionResType = msgBody.complexType<ServicePaymentSelectionResType>(
  'ServicePaymentSelectionResType',
  servicePaymentSelectionRes,
);
