import { type Infer, sequence } from '@kerbside/exi';
import { msgBody } from './namespaces.ts';
import { paymentOptionType } from './payment-option.ts';
import { responseCodeType } from './response-code.ts';
import { SelectedServiceListType } from './service.ts';

const paymentServiceSelectionReq = sequence({
  SelectedPaymentOption: paymentOptionType,
  SelectedServiceList: SelectedServiceListType,
});
/** EV to EVSE: the chosen payment option and services. ISO 15118-2, 8.4.3 */
export interface PaymentServiceSelectionReqType extends Infer<typeof paymentServiceSelectionReq> {}
export const PaymentServiceSelectionReqType = msgBody.complexType<PaymentServiceSelectionReqType>(
  'PaymentServiceSelectionReqType',
  paymentServiceSelectionReq,
);

const paymentServiceSelectionRes = sequence({ ResponseCode: responseCodeType });
/** EVSE to EV: whether the selection stands. ISO 15118-2, 8.4.3 */
export interface PaymentServiceSelectionResType extends Infer<typeof paymentServiceSelectionRes> {}
export const PaymentServiceSelectionResType = msgBody.complexType<PaymentServiceSelectionResType>(
  'PaymentServiceSelectionResType',
  paymentServiceSelectionRes,
);
