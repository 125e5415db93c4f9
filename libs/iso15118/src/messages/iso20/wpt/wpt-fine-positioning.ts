import { enumeration, extension, type Infer, list, optional } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { processingType } from '../common-types/simple-types.ts';
import { wpt } from '../namespaces.ts';
import { WPT_LF_DataPackageListType } from './lf-data-package.ts';
import { WPT_DataContainerType } from './vendor-data.ts';

export const WPT_EVResultType = wpt.simpleType(
  'WPT_EVResultType',
  enumeration('EVResultUnknown', 'EVResultSuccess', 'EVResultFailed'),
);
export type WPT_EVResultType = Infer<typeof WPT_EVResultType>;

const wptFinePositioningReq = extension(V2GRequestType, {
  EVProcessing: processingType,
  EVResultCode: WPT_EVResultType,
  VendorSpecificDataContainer: list(WPT_DataContainerType, { min: 0, max: 16 }),
  WPT_LF_DataPackageList: optional(WPT_LF_DataPackageListType),
});
/** EV to EVSE: positioning data of the vehicle. ISO 15118-20 */
export interface WPT_FinePositioningReqType extends Infer<typeof wptFinePositioningReq> {}
export const WPT_FinePositioningReqType = wpt.complexType<WPT_FinePositioningReqType>(
  'WPT_FinePositioningReqType',
  wptFinePositioningReq,
);

export const WPT_FinePositioningReq = wpt.element(
  'WPT_FinePositioningReq',
  WPT_FinePositioningReqType,
);

const wptFinePositioningRes = extension(V2GResponseType, {
  EVSEProcessing: processingType,
  VendorSpecificDataContainer: list(WPT_DataContainerType, { min: 0, max: 16 }),
  WPT_LF_DataPackageList: optional(WPT_LF_DataPackageListType),
});
/** EVSE to EV: positioning data of the ground assembly. ISO 15118-20 */
export interface WPT_FinePositioningResType extends Infer<typeof wptFinePositioningRes> {}
export const WPT_FinePositioningResType = wpt.complexType<WPT_FinePositioningResType>(
  'WPT_FinePositioningResType',
  wptFinePositioningRes,
);

export const WPT_FinePositioningRes = wpt.element(
  'WPT_FinePositioningRes',
  WPT_FinePositioningResType,
);
