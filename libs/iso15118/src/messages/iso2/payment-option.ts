import { enumeration, type Infer, list, sequence } from '@kerbside/exi';
import { msgDataTypes } from './namespaces.ts';

export const paymentOptionType = msgDataTypes.simpleType(
  'paymentOptionType',
  enumeration('Contract', 'ExternalPayment'),
);
export type paymentOptionType = Infer<typeof paymentOptionType>;

const paymentOptionList = sequence({ PaymentOption: list(paymentOptionType, { max: 2 }) });
export interface PaymentOptionListType extends Infer<typeof paymentOptionList> {}
export const PaymentOptionListType = msgDataTypes.complexType<PaymentOptionListType>(
  'PaymentOptionListType',
  paymentOptionList,
);
