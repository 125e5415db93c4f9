import { xmlNamespace } from '@kerbside/exi';

/** The name of ISO 15118-2 in the protocol handshake. */
export const ISO2_NAMESPACE = 'urn:iso:15118:2:2013:MsgDef';

export const msgDef = xmlNamespace(ISO2_NAMESPACE);
export const msgHeader = xmlNamespace('urn:iso:15118:2:2013:MsgHeader');
export const msgBody = xmlNamespace('urn:iso:15118:2:2013:MsgBody');
export const msgDataTypes = xmlNamespace('urn:iso:15118:2:2013:MsgDataTypes');
