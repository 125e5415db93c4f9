import { type Infer, sequence, xs } from '@kerbside/exi';
import { commonTypes } from '../namespaces.ts';

const rationalNumber = sequence({ Exponent: xs.byte, Value: xs.short });
/** Value times ten to the power of Exponent. ISO 15118-20 */
export interface RationalNumberType extends Infer<typeof rationalNumber> {}
export const RationalNumberType = commonTypes.complexType<RationalNumberType>(
  'RationalNumberType',
  rationalNumber,
);
