import {
  anyElement,
  choice,
  type Infer,
  list,
  mixed,
  optional,
  restriction,
  sequence,
  xs,
} from '@kerbside/exi';
import { xmldsig } from './namespace.ts';

export const CryptoBinary = xmldsig.simpleType('CryptoBinary', restriction(xs.base64Binary));
export type CryptoBinary = Infer<typeof CryptoBinary>;

export const DigestValueType = xmldsig.simpleType('DigestValueType', restriction(xs.base64Binary));
export type DigestValueType = Infer<typeof DigestValueType>;

export const HMACOutputLengthType = xmldsig.simpleType(
  'HMACOutputLengthType',
  restriction(xs.integer),
);
export type HMACOutputLengthType = Infer<typeof HMACOutputLengthType>;

const transform = mixed(
  sequence(
    {
      items: list(choice({ any: anyElement('##other', { min: 1, max: 1 }), XPath: xs.string }), {
        min: 0,
        max: Infinity,
      }),
    },
    { Algorithm: xs.anyURI },
  ),
);
export type TransformType = Infer<typeof transform>;
export const TransformType = xmldsig.complexType<TransformType>('TransformType', transform);

export const Transform = xmldsig.element('Transform', TransformType);

const transforms = sequence({ Transform: list(Transform, { max: Infinity }) });
export interface TransformsType extends Infer<typeof transforms> {}
export const TransformsType = xmldsig.complexType<TransformsType>('TransformsType', transforms);

export const Transforms = xmldsig.element('Transforms', TransformsType);

const digestMethod = mixed(
  sequence({ any: anyElement('##other', { min: 0, max: Infinity }) }, { Algorithm: xs.anyURI }),
);
export interface DigestMethodType extends Infer<typeof digestMethod> {}
export const DigestMethodType = xmldsig.complexType<DigestMethodType>(
  'DigestMethodType',
  digestMethod,
);

export const DigestMethod = xmldsig.element('DigestMethod', DigestMethodType);

export const DigestValue = xmldsig.element('DigestValue', DigestValueType);

const reference = sequence(
  { Transforms: optional(Transforms), DigestMethod, DigestValue },
  { Id: optional(xs.ID), URI: optional(xs.anyURI), Type: optional(xs.anyURI) },
);
/** Names a signed element by its Id, and carries its digest. XML Signature 4.4.3 */
export interface ReferenceType extends Infer<typeof reference> {}
export const ReferenceType = xmldsig.complexType<ReferenceType>('ReferenceType', reference);

export const Reference = xmldsig.element('Reference', ReferenceType);
