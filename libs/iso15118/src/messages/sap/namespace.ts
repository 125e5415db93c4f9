import { xmlNamespace } from '@kerbside/exi';

export const sapNamespace = xmlNamespace('urn:iso:15118:2:2010:AppProtocol');
