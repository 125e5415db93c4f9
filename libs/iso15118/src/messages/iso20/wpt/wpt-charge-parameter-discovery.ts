import { enumeration, extension, type Infer, list, xs } from '@kerbside/exi';
import {
  ChargeParameterDiscoveryReqType,
  ChargeParameterDiscoveryResType,
} from '../common-types/charge-loop.ts';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { wpt } from '../namespaces.ts';
import { WPT_DataContainerType } from './vendor-data.ts';

export const WPT_PowerClassType = wpt.simpleType(
  'WPT_PowerClassType',
  enumeration('MF-WPT1', 'MF-WPT2', 'MF-WPT3', 'MF-WPT4'),
);
export type WPT_PowerClassType = Infer<typeof WPT_PowerClassType>;

const wptChargeParameterDiscoveryReq = extension(ChargeParameterDiscoveryReqType, {
  EVPCMaxReceivablePower: RationalNumberType,
  SDMaxGroundClearence: xs.unsignedShort,
  SDMinGroundClearence: xs.unsignedShort,
  EVPCNaturalFrequency: RationalNumberType,
  EVPCDeviceLocalControl: xs.boolean,
  VendorSpecificDataContainer: list(WPT_DataContainerType, { min: 0, max: 16 }),
});
/** EV to EVSE: the limits of the vehicle. ISO 15118-20 */
export interface WPT_ChargeParameterDiscoveryReqType extends Infer<
  typeof wptChargeParameterDiscoveryReq
> {}
export const WPT_ChargeParameterDiscoveryReqType =
  wpt.complexType<WPT_ChargeParameterDiscoveryReqType>(
    'WPT_ChargeParameterDiscoveryReqType',
    wptChargeParameterDiscoveryReq,
  );

export const WPT_ChargeParameterDiscoveryReq = wpt.element(
  'WPT_ChargeParameterDiscoveryReq',
  WPT_ChargeParameterDiscoveryReqType,
);

const wptChargeParameterDiscoveryRes = extension(ChargeParameterDiscoveryResType, {
  PDInputPowerClass: WPT_PowerClassType,
  SDMinOutputPower: RationalNumberType,
  SDMaxOutputPower: RationalNumberType,
  SDMaxGroundClearanceSupport: xs.unsignedShort,
  SDMinGroundClearanceSupport: xs.unsignedShort,
  PDMinCoilCurrent: RationalNumberType,
  PDMaxCoilCurrent: RationalNumberType,
  SDManufacturerSpecificDataContainer: list(WPT_DataContainerType, { min: 0, max: 16 }),
});
/** EVSE to EV: the limits of the ground assembly. ISO 15118-20 */
export interface WPT_ChargeParameterDiscoveryResType extends Infer<
  typeof wptChargeParameterDiscoveryRes
> {}
export const WPT_ChargeParameterDiscoveryResType =
  wpt.complexType<WPT_ChargeParameterDiscoveryResType>(
    'WPT_ChargeParameterDiscoveryResType',
    wptChargeParameterDiscoveryRes,
  );

export const WPT_ChargeParameterDiscoveryRes = wpt.element(
  'WPT_ChargeParameterDiscoveryRes',
  WPT_ChargeParameterDiscoveryResType,
);
