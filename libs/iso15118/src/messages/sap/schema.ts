import { schemaSet } from '@kerbside/exi';
import { supportedAppProtocolReq, supportedAppProtocolRes } from './supported-app-protocol.ts';

/** The handshake that chooses a protocol. ISO 15118-2, annex C */
export const sapSet = schemaSet('sap', {
  roots: { supportedAppProtocolReq, supportedAppProtocolRes },
});
