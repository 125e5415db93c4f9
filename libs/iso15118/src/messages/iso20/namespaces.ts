import { xmlNamespace } from '@kerbside/exi';

/** The names of ISO 15118-20 in the protocol handshake, by energy transfer. */
export const ISO20_NAMESPACES = {
  AC: 'urn:iso:std:iso:15118:-20:AC',
  DC: 'urn:iso:std:iso:15118:-20:DC',
  ACDP: 'urn:iso:std:iso:15118:-20:ACDP',
  WPT: 'urn:iso:std:iso:15118:-20:WPT',
} as const;

export const commonTypes = xmlNamespace('urn:iso:std:iso:15118:-20:CommonTypes');
export const commonMessages = xmlNamespace('urn:iso:std:iso:15118:-20:CommonMessages');
export const ac = xmlNamespace(ISO20_NAMESPACES.AC);
export const dc = xmlNamespace(ISO20_NAMESPACES.DC);
export const acdp = xmlNamespace(ISO20_NAMESPACES.ACDP);
export const wpt = xmlNamespace(ISO20_NAMESPACES.WPT);
