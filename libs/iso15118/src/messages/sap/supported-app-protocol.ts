import { enumeration, type Infer, list, optional, restriction, sequence, xs } from '@kerbside/exi';
import { sapNamespace } from './namespace.ts';

export const idType = sapNamespace.simpleType('idType', restriction(xs.unsignedByte));
export type idType = Infer<typeof idType>;

export const protocolNameType = sapNamespace.simpleType(
  'protocolNameType',
  restriction(xs.string, { maxLength: 30 }),
);
export type protocolNameType = Infer<typeof protocolNameType>;

export const protocolNamespaceType = sapNamespace.simpleType(
  'protocolNamespaceType',
  restriction(xs.anyURI, { maxLength: 100 }),
);
export type protocolNamespaceType = Infer<typeof protocolNamespaceType>;

export const priorityType = sapNamespace.simpleType(
  'priorityType',
  restriction(xs.unsignedByte, { minInclusive: 1, maxInclusive: 20 }),
);
export type priorityType = Infer<typeof priorityType>;

export const responseCodeType = sapNamespace.simpleType(
  'responseCodeType',
  enumeration(
    'OK_SuccessfulNegotiation',
    'OK_SuccessfulNegotiationWithMinorDeviation',
    'Failed_NoNegotiation',
  ),
);
export type responseCodeType = Infer<typeof responseCodeType>;

const appProtocol = sequence({
  ProtocolNamespace: protocolNamespaceType,
  VersionNumberMajor: xs.unsignedInt,
  VersionNumberMinor: xs.unsignedInt,
  SchemaID: idType,
  Priority: priorityType,
});
/** One protocol that the EV speaks; Priority 1 is its first choice. ISO 15118-2, 8.2 */
export interface AppProtocolType extends Infer<typeof appProtocol> {}
export const AppProtocolType = sapNamespace.complexType<AppProtocolType>(
  'AppProtocolType',
  appProtocol,
);

const supportedAppProtocolReqContent = sequence({
  AppProtocol: list(AppProtocolType, { max: 20 }),
});
/** EV to EVSE: the protocols that the EV speaks. ISO 15118-2, 8.2 */
export interface supportedAppProtocolReqType extends Infer<typeof supportedAppProtocolReqContent> {}
export const supportedAppProtocolReqType = sapNamespace.complexType<supportedAppProtocolReqType>(
  '',
  supportedAppProtocolReqContent,
);

export const supportedAppProtocolReq = sapNamespace.element(
  'supportedAppProtocolReq',
  supportedAppProtocolReqType,
);

const supportedAppProtocolResContent = sequence({
  ResponseCode: responseCodeType,
  SchemaID: optional(idType),
});
/** EVSE to EV: SchemaID names the chosen protocol. ISO 15118-2, 8.2 */
export interface supportedAppProtocolResType extends Infer<typeof supportedAppProtocolResContent> {}
export const supportedAppProtocolResType = sapNamespace.complexType<supportedAppProtocolResType>(
  '',
  supportedAppProtocolResContent,
);

export const supportedAppProtocolRes = sapNamespace.element(
  'supportedAppProtocolRes',
  supportedAppProtocolResType,
);
