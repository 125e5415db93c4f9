import { enumeration, type Infer, list, sequence } from '@kerbside/exi';
import { msgDataTypes } from './namespaces.ts';

export const paymentOptionType = msgDataTypes.simpleType(
  'paymentOptionType',
  enumeration('Contract', 'ExternalPayment'),
);
export type paymentOptionType = Infer<typeof paymentOptionType>;

const paymentOptions = sequence({ PaymentOption: list(paymentOptionType, { max: Infinity }) });
export interface PaymentOptionsType extends Infer<typeof paymentOptions> {}
export const PaymentOptionsType = msgDataTypes.complexType<PaymentOptionsType>(
  'PaymentOptionsType',
  paymentOptions,
);
