import { anyElement, choice, type Infer, list, mixed, optional, sequence, xs } from '@kerbside/exi';
import { xmldsig } from './namespace.ts';
import { Reference } from './reference.ts';

const manifest = sequence(
  { Reference: list(Reference, { max: Infinity }) },
  { Id: optional(xs.ID) },
);
export interface ManifestType extends Infer<typeof manifest> {}
export const ManifestType = xmldsig.complexType<ManifestType>('ManifestType', manifest);

export const Manifest = xmldsig.element('Manifest', ManifestType);

const signatureProperty = mixed(
  sequence(
    { items: list(choice({ any: anyElement('##other', { min: 1, max: 1 }) }), { max: Infinity }) },
    { Target: xs.anyURI, Id: optional(xs.ID) },
  ),
);
export type SignaturePropertyType = Infer<typeof signatureProperty>;
export const SignaturePropertyType = xmldsig.complexType<SignaturePropertyType>(
  'SignaturePropertyType',
  signatureProperty,
);

export const SignatureProperty = xmldsig.element('SignatureProperty', SignaturePropertyType);

const signatureProperties = sequence(
  { SignatureProperty: list(SignatureProperty, { max: Infinity }) },
  { Id: optional(xs.ID) },
);
export interface SignaturePropertiesType extends Infer<typeof signatureProperties> {}
export const SignaturePropertiesType = xmldsig.complexType<SignaturePropertiesType>(
  'SignaturePropertiesType',
  signatureProperties,
);

export const SignatureProperties = xmldsig.element('SignatureProperties', SignaturePropertiesType);
