import { anyElement, type Infer, list, mixed, optional, sequence, xs } from '@kerbside/exi';
import { xmldsig } from './namespace.ts';
import { HMACOutputLengthType, Reference } from './reference.ts';

const canonicalizationMethod = mixed(
  sequence({ any: anyElement('##any', { min: 0, max: Infinity }) }, { Algorithm: xs.anyURI }),
);
export interface CanonicalizationMethodType extends Infer<typeof canonicalizationMethod> {}
export const CanonicalizationMethodType = xmldsig.complexType<CanonicalizationMethodType>(
  'CanonicalizationMethodType',
  canonicalizationMethod,
);

export const CanonicalizationMethod = xmldsig.element(
  'CanonicalizationMethod',
  CanonicalizationMethodType,
);

const signatureMethod = mixed(
  sequence(
    {
      HMACOutputLength: optional(HMACOutputLengthType),
      any: anyElement('##other', { min: 0, max: Infinity }),
    },
    { Algorithm: xs.anyURI },
  ),
);
export interface SignatureMethodType extends Infer<typeof signatureMethod> {}
export const SignatureMethodType = xmldsig.complexType<SignatureMethodType>(
  'SignatureMethodType',
  signatureMethod,
);

export const SignatureMethod = xmldsig.element('SignatureMethod', SignatureMethodType);

const signedInfo = sequence(
  { CanonicalizationMethod, SignatureMethod, Reference: list(Reference, { max: Infinity }) },
  { Id: optional(xs.ID) },
);
/** What the signature value is made over: one reference with a digest per signed element. XML Signature 4.4 */
export interface SignedInfoType extends Infer<typeof signedInfo> {}
export const SignedInfoType = xmldsig.complexType<SignedInfoType>('SignedInfoType', signedInfo);

export const SignedInfo = xmldsig.element('SignedInfo', SignedInfoType);
