import { anyElement, choice, type Infer, list, mixed, optional, sequence, xs } from '@kerbside/exi';
import { KeyValue } from './key-value.ts';
import { xmldsig } from './namespace.ts';
import { Transforms } from './reference.ts';

const x509IssuerSerial = sequence({ X509IssuerName: xs.string, X509SerialNumber: xs.integer });
/** A certificate named by its issuer and serial number. XML Signature 4.5.4.1 */
export interface X509IssuerSerialType extends Infer<typeof x509IssuerSerial> {}
export const X509IssuerSerialType = xmldsig.complexType<X509IssuerSerialType>(
  'X509IssuerSerialType',
  x509IssuerSerial,
);

const x509Data = sequence({
  items: list(
    sequence({
      entry: choice({
        X509IssuerSerial: X509IssuerSerialType,
        X509SKI: xs.base64Binary,
        X509SubjectName: xs.string,
        X509Certificate: xs.base64Binary,
        X509CRL: xs.base64Binary,
        any: anyElement('##other', { min: 1, max: 1 }),
      }),
    }),
    { max: Infinity },
  ),
});
export type X509DataType = Infer<typeof x509Data>;
export const X509DataType = xmldsig.complexType<X509DataType>('X509DataType', x509Data);

export const X509Data = xmldsig.element('X509Data', X509DataType);

const pgpData = choice({
  byId: sequence({
    PGPKeyID: xs.base64Binary,
    PGPKeyPacket: optional(xs.base64Binary),
    any: anyElement('##other', { min: 0, max: Infinity }),
  }),
  byPacket: sequence({
    PGPKeyPacket: xs.base64Binary,
    any: anyElement('##other', { min: 0, max: Infinity }),
  }),
});
export type PGPDataType = Infer<typeof pgpData>;
export const PGPDataType = xmldsig.complexType<PGPDataType>('PGPDataType', pgpData);

export const PGPData = xmldsig.element('PGPData', PGPDataType);

const spkiData = sequence({
  items: list(
    sequence({ SPKISexp: xs.base64Binary, any: anyElement('##other', { min: 0, max: 1 }) }),
    { max: Infinity },
  ),
});
export interface SPKIDataType extends Infer<typeof spkiData> {}
export const SPKIDataType = xmldsig.complexType<SPKIDataType>('SPKIDataType', spkiData);

export const SPKIData = xmldsig.element('SPKIData', SPKIDataType);

const retrievalMethod = sequence(
  { Transforms: optional(Transforms) },
  { URI: optional(xs.anyURI), Type: optional(xs.anyURI) },
);
export interface RetrievalMethodType extends Infer<typeof retrievalMethod> {}
export const RetrievalMethodType = xmldsig.complexType<RetrievalMethodType>(
  'RetrievalMethodType',
  retrievalMethod,
);

export const RetrievalMethod = xmldsig.element('RetrievalMethod', RetrievalMethodType);

export const KeyName = xmldsig.element('KeyName', xs.string);

export const MgmtData = xmldsig.element('MgmtData', xs.string);

const keyInfo = mixed(
  sequence(
    {
      items: list(
        choice({
          KeyName,
          KeyValue,
          RetrievalMethod,
          X509Data,
          PGPData,
          SPKIData,
          MgmtData,
          any: anyElement('##other', { min: 1, max: 1 }),
        }),
        { max: Infinity },
      ),
    },
    { Id: optional(xs.ID) },
  ),
);
/** Unused in V2G messages; declared because peers may send it. XML Signature 4.5 */
export type KeyInfoType = Infer<typeof keyInfo>;
export const KeyInfoType = xmldsig.complexType<KeyInfoType>('KeyInfoType', keyInfo);

export const KeyInfo = xmldsig.element('KeyInfo', KeyInfoType);
