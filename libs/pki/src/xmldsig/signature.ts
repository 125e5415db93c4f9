import {
  anyElement,
  type Infer,
  list,
  mixed,
  optional,
  sequence,
  simpleContent,
  xs,
} from '@kerbside/exi';
import { KeyInfo } from './key-info.ts';
import { xmldsig } from './namespace.ts';
import { SignedInfo } from './signed-info.ts';

const signatureValue = simpleContent(xs.base64Binary, { Id: optional(xs.ID) });
export interface SignatureValueType extends Infer<typeof signatureValue> {}
export const SignatureValueType = xmldsig.complexType<SignatureValueType>(
  'SignatureValueType',
  signatureValue,
);

export const SignatureValue = xmldsig.element('SignatureValue', SignatureValueType);

const objectContent = mixed(
  sequence(
    {
      items: list(sequence({ any: anyElement('##any', { min: 1, max: 1 }) }), {
        min: 0,
        max: Infinity,
      }),
    },
    { Id: optional(xs.ID), MimeType: optional(xs.string), Encoding: optional(xs.anyURI) },
  ),
);
export interface ObjectType extends Infer<typeof objectContent> {}
export const ObjectType = xmldsig.complexType<ObjectType>('ObjectType', objectContent);

/** Named `Object` on the wire. */
export const ObjectElement = xmldsig.element('Object', ObjectType);

const signature = sequence(
  {
    SignedInfo,
    SignatureValue,
    KeyInfo: optional(KeyInfo),
    Object: list(ObjectElement, { min: 0, max: Infinity }),
  },
  { Id: optional(xs.ID) },
);
/** A signature, as the header of a V2G message carries it. XML Signature 4.2 */
export interface SignatureType extends Infer<typeof signature> {}
export const SignatureType = xmldsig.complexType<SignatureType>('SignatureType', signature);

export const Signature = xmldsig.element('Signature', SignatureType);
