import { extension, type Infer, list, optional } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { numericIDType, processingType } from '../common-types/simple-types.ts';
import { wpt } from '../namespaces.ts';
import { AlternativeSECCListType } from './alternative-secc.ts';
import { WPT_DataContainerType } from './vendor-data.ts';
import { WPT_EVResultType } from './wpt-fine-positioning.ts';

const wptPairingReq = extension(V2GRequestType, {
  EVProcessing: processingType,
  ObservedIDCode: optional(numericIDType),
  EVResultCode: WPT_EVResultType,
  VendorSpecificDataContainer: list(WPT_DataContainerType, { min: 0, max: 16 }),
});
/** EV to EVSE: observed pairing signal. ISO 15118-20 */
export interface WPT_PairingReqType extends Infer<typeof wptPairingReq> {}
export const WPT_PairingReqType = wpt.complexType<WPT_PairingReqType>(
  'WPT_PairingReqType',
  wptPairingReq,
);

export const WPT_PairingReq = wpt.element('WPT_PairingReq', WPT_PairingReqType);

const wptPairingRes = extension(V2GResponseType, {
  EVSEProcessing: processingType,
  ObservedIDCode: optional(numericIDType),
  AlternativeSECCList: optional(AlternativeSECCListType),
  VendorSpecificDataContainer: list(WPT_DataContainerType, { min: 0, max: 16 }),
});
/** EVSE to EV: whether the pair is found. ISO 15118-20 */
export interface WPT_PairingResType extends Infer<typeof wptPairingRes> {}
export const WPT_PairingResType = wpt.complexType<WPT_PairingResType>(
  'WPT_PairingResType',
  wptPairingRes,
);

export const WPT_PairingRes = wpt.element('WPT_PairingRes', WPT_PairingResType);
