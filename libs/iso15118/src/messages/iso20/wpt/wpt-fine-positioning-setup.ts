import { extension, type Infer, list, optional, xs } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { processingType } from '../common-types/simple-types.ts';
import { wpt } from '../namespaces.ts';
import { WPT_LF_SystemSetupDataType } from './lf-setup-data.ts';
import {
  WPT_AlignmentCheckMethodListType,
  WPT_FinePositioningMethodListType,
  WPT_PairingMethodListType,
} from './methods.ts';
import { WPT_DataContainerType } from './vendor-data.ts';

const wptFinePositioningSetupReq = extension(V2GRequestType, {
  EVProcessing: processingType,
  EVDeviceFinePositioningMethodList: WPT_FinePositioningMethodListType,
  EVDevicePairingMethodList: WPT_PairingMethodListType,
  EVDeviceAlignmentCheckMethodList: WPT_AlignmentCheckMethodListType,
  NaturalOffset: xs.unsignedShort,
  VendorSpecificDataContainer: list(WPT_DataContainerType, { min: 0, max: 16 }),
  LF_SystemSetupData: optional(WPT_LF_SystemSetupDataType),
});
/** EV to EVSE: methods of fine positioning the vehicle has. ISO 15118-20 */
export interface WPT_FinePositioningSetupReqType extends Infer<typeof wptFinePositioningSetupReq> {}
export const WPT_FinePositioningSetupReqType = wpt.complexType<WPT_FinePositioningSetupReqType>(
  'WPT_FinePositioningSetupReqType',
  wptFinePositioningSetupReq,
);

export const WPT_FinePositioningSetupReq = wpt.element(
  'WPT_FinePositioningSetupReq',
  WPT_FinePositioningSetupReqType,
);

const wptFinePositioningSetupRes = extension(V2GResponseType, {
  PrimaryDeviceFinePositioningMethodList: WPT_FinePositioningMethodListType,
  PrimaryDevicePairingMethodList: WPT_PairingMethodListType,
  PrimaryDeviceAlignmentCheckMethodList: WPT_AlignmentCheckMethodListType,
  NaturalOffset: xs.unsignedShort,
  VendorSpecificDataContainer: list(WPT_DataContainerType, { min: 0, max: 16 }),
  LF_SystemSetupData: optional(WPT_LF_SystemSetupDataType),
});
/** EVSE to EV: the methods to use. ISO 15118-20 */
export interface WPT_FinePositioningSetupResType extends Infer<typeof wptFinePositioningSetupRes> {}
export const WPT_FinePositioningSetupResType = wpt.complexType<WPT_FinePositioningSetupResType>(
  'WPT_FinePositioningSetupResType',
  wptFinePositioningSetupRes,
);

export const WPT_FinePositioningSetupRes = wpt.element(
  'WPT_FinePositioningSetupRes',
  WPT_FinePositioningSetupResType,
);
