import { xmlNamespace } from '@kerbside/exi';

export const xmldsig = xmlNamespace('http://www.w3.org/2000/09/xmldsig#');
