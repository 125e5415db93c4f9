import { extension, type Infer, list, optional } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { processingType } from '../common-types/simple-types.ts';
import { wpt } from '../namespaces.ts';
import { WPT_DataContainerType } from './vendor-data.ts';
import { WPT_EVResultType } from './wpt-fine-positioning.ts';

const wptAlignmentCheckReq = extension(V2GRequestType, {
  EVProcessing: processingType,
  TargetCoilCurrent: optional(RationalNumberType),
  EVResultCode: WPT_EVResultType,
  VendorSpecificDataContainer: list(WPT_DataContainerType, { min: 0, max: 16 }),
});
/** EV to EVSE: asks whether the vehicle stands right. ISO 15118-20 */
export interface WPT_AlignmentCheckReqType extends Infer<typeof wptAlignmentCheckReq> {}
export const WPT_AlignmentCheckReqType = wpt.complexType<WPT_AlignmentCheckReqType>(
  'WPT_AlignmentCheckReqType',
  wptAlignmentCheckReq,
);

export const WPT_AlignmentCheckReq = wpt.element(
  'WPT_AlignmentCheckReq',
  WPT_AlignmentCheckReqType,
);

const wptAlignmentCheckRes = extension(V2GResponseType, {
  EVSEProcessing: processingType,
  PowerTransmitted: optional(RationalNumberType),
  SupplyDeviceCurrent: optional(RationalNumberType),
  VendorSpecificDataContainer: list(WPT_DataContainerType, { min: 0, max: 16 }),
});
/** EVSE to EV: whether it does. ISO 15118-20 */
export interface WPT_AlignmentCheckResType extends Infer<typeof wptAlignmentCheckRes> {}
export const WPT_AlignmentCheckResType = wpt.complexType<WPT_AlignmentCheckResType>(
  'WPT_AlignmentCheckResType',
  wptAlignmentCheckRes,
);

export const WPT_AlignmentCheckRes = wpt.element(
  'WPT_AlignmentCheckRes',
  WPT_AlignmentCheckResType,
);
