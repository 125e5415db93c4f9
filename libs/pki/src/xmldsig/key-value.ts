import { anyElement, choice, type Infer, mixed, optional, sequence } from '@kerbside/exi';
import { xmldsig } from './namespace.ts';
import { CryptoBinary } from './reference.ts';

const dsaKeyValue = sequence({
  primes: optional(sequence({ P: CryptoBinary, Q: CryptoBinary })),
  G: optional(CryptoBinary),
  Y: CryptoBinary,
  J: optional(CryptoBinary),
  generation: optional(sequence({ Seed: CryptoBinary, PgenCounter: CryptoBinary })),
});
export type DSAKeyValueType = Infer<typeof dsaKeyValue>;
export const DSAKeyValueType = xmldsig.complexType<DSAKeyValueType>('DSAKeyValueType', dsaKeyValue);

export const DSAKeyValue = xmldsig.element('DSAKeyValue', DSAKeyValueType);

const rsaKeyValue = sequence({ Modulus: CryptoBinary, Exponent: CryptoBinary });
export interface RSAKeyValueType extends Infer<typeof rsaKeyValue> {}
export const RSAKeyValueType = xmldsig.complexType<RSAKeyValueType>('RSAKeyValueType', rsaKeyValue);

export const RSAKeyValue = xmldsig.element('RSAKeyValue', RSAKeyValueType);

const keyValue = mixed(
  choice({ DSAKeyValue, RSAKeyValue, any: anyElement('##other', { min: 1, max: 1 }) }),
);
export type KeyValueType = Infer<typeof keyValue>;
export const KeyValueType = xmldsig.complexType<KeyValueType>('KeyValueType', keyValue);

export const KeyValue = xmldsig.element('KeyValue', KeyValueType);
