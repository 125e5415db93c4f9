import { xmlNamespace } from '@kerbside/exi';

/** The name of DIN SPEC 70121 in the protocol handshake. */
export const DIN_NAMESPACE = 'urn:din:70121:2012:MsgDef';

export const msgDef = xmlNamespace(DIN_NAMESPACE);
export const msgHeader = xmlNamespace('urn:din:70121:2012:MsgHeader');
export const msgBody = xmlNamespace('urn:din:70121:2012:MsgBody');
export const msgDataTypes = xmlNamespace('urn:din:70121:2012:MsgDataTypes');
