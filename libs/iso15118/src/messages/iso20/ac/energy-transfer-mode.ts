import { extension, type Infer, optional, sequence } from '@kerbside/exi';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { ac } from '../namespaces.ts';

const acCPDReqEnergyTransferMode = sequence({
  EVMaximumChargePower: RationalNumberType,
  EVMaximumChargePower_L2: optional(RationalNumberType),
  EVMaximumChargePower_L3: optional(RationalNumberType),
  EVMinimumChargePower: RationalNumberType,
  EVMinimumChargePower_L2: optional(RationalNumberType),
  EVMinimumChargePower_L3: optional(RationalNumberType),
});
export interface AC_CPDReqEnergyTransferModeType extends Infer<typeof acCPDReqEnergyTransferMode> {}
export const AC_CPDReqEnergyTransferModeType = ac.complexType<AC_CPDReqEnergyTransferModeType>(
  'AC_CPDReqEnergyTransferModeType',
  acCPDReqEnergyTransferMode,
);

const bptACCPDReqEnergyTransferMode = extension(AC_CPDReqEnergyTransferModeType, {
  EVMaximumDischargePower: RationalNumberType,
  EVMaximumDischargePower_L2: optional(RationalNumberType),
  EVMaximumDischargePower_L3: optional(RationalNumberType),
  EVMinimumDischargePower: RationalNumberType,
  EVMinimumDischargePower_L2: optional(RationalNumberType),
  EVMinimumDischargePower_L3: optional(RationalNumberType),
});
export interface BPT_AC_CPDReqEnergyTransferModeType extends Infer<
  typeof bptACCPDReqEnergyTransferMode
> {}
export const BPT_AC_CPDReqEnergyTransferModeType =
  ac.complexType<BPT_AC_CPDReqEnergyTransferModeType>(
    'BPT_AC_CPDReqEnergyTransferModeType',
    bptACCPDReqEnergyTransferMode,
  );

export const AC_CPDReqEnergyTransferMode = ac.substitutionGroup(
  ac.element('AC_CPDReqEnergyTransferMode', AC_CPDReqEnergyTransferModeType),
  {
    AC_CPDReqEnergyTransferMode: AC_CPDReqEnergyTransferModeType,
    BPT_AC_CPDReqEnergyTransferMode: BPT_AC_CPDReqEnergyTransferModeType,
  },
);

const acCPDResEnergyTransferMode = sequence({
  EVSEMaximumChargePower: RationalNumberType,
  EVSEMaximumChargePower_L2: optional(RationalNumberType),
  EVSEMaximumChargePower_L3: optional(RationalNumberType),
  EVSEMinimumChargePower: RationalNumberType,
  EVSEMinimumChargePower_L2: optional(RationalNumberType),
  EVSEMinimumChargePower_L3: optional(RationalNumberType),
  EVSENominalFrequency: RationalNumberType,
  MaximumPowerAsymmetry: optional(RationalNumberType),
  EVSEPowerRampLimitation: optional(RationalNumberType),
  EVSEPresentActivePower: optional(RationalNumberType),
  EVSEPresentActivePower_L2: optional(RationalNumberType),
  EVSEPresentActivePower_L3: optional(RationalNumberType),
});
export interface AC_CPDResEnergyTransferModeType extends Infer<typeof acCPDResEnergyTransferMode> {}
export const AC_CPDResEnergyTransferModeType = ac.complexType<AC_CPDResEnergyTransferModeType>(
  'AC_CPDResEnergyTransferModeType',
  acCPDResEnergyTransferMode,
);

const bptACCPDResEnergyTransferMode = extension(AC_CPDResEnergyTransferModeType, {
  EVSEMaximumDischargePower: RationalNumberType,
  EVSEMaximumDischargePower_L2: optional(RationalNumberType),
  EVSEMaximumDischargePower_L3: optional(RationalNumberType),
  EVSEMinimumDischargePower: RationalNumberType,
  EVSEMinimumDischargePower_L2: optional(RationalNumberType),
  EVSEMinimumDischargePower_L3: optional(RationalNumberType),
});
export interface BPT_AC_CPDResEnergyTransferModeType extends Infer<
  typeof bptACCPDResEnergyTransferMode
> {}
export const BPT_AC_CPDResEnergyTransferModeType =
  ac.complexType<BPT_AC_CPDResEnergyTransferModeType>(
    'BPT_AC_CPDResEnergyTransferModeType',
    bptACCPDResEnergyTransferMode,
  );

export const AC_CPDResEnergyTransferMode = ac.substitutionGroup(
  ac.element('AC_CPDResEnergyTransferMode', AC_CPDResEnergyTransferModeType),
  {
    AC_CPDResEnergyTransferMode: AC_CPDResEnergyTransferModeType,
    BPT_AC_CPDResEnergyTransferMode: BPT_AC_CPDResEnergyTransferModeType,
  },
);
