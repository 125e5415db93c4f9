import { extension, type Infer, optional, sequence } from '@kerbside/exi';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { percentValueType } from '../common-types/simple-types.ts';
import { dc } from '../namespaces.ts';

const dcCPDReqEnergyTransferMode = sequence({
  EVMaximumChargePower: RationalNumberType,
  EVMinimumChargePower: RationalNumberType,
  EVMaximumChargeCurrent: RationalNumberType,
  EVMinimumChargeCurrent: RationalNumberType,
  EVMaximumVoltage: RationalNumberType,
  EVMinimumVoltage: RationalNumberType,
  TargetSOC: optional(percentValueType),
});
export interface DC_CPDReqEnergyTransferModeType extends Infer<typeof dcCPDReqEnergyTransferMode> {}
export const DC_CPDReqEnergyTransferModeType = dc.complexType<DC_CPDReqEnergyTransferModeType>(
  'DC_CPDReqEnergyTransferModeType',
  dcCPDReqEnergyTransferMode,
);

const bptDCCPDReqEnergyTransferMode = extension(DC_CPDReqEnergyTransferModeType, {
  EVMaximumDischargePower: RationalNumberType,
  EVMinimumDischargePower: RationalNumberType,
  EVMaximumDischargeCurrent: RationalNumberType,
  EVMinimumDischargeCurrent: RationalNumberType,
});
export interface BPT_DC_CPDReqEnergyTransferModeType extends Infer<
  typeof bptDCCPDReqEnergyTransferMode
> {}
export const BPT_DC_CPDReqEnergyTransferModeType =
  dc.complexType<BPT_DC_CPDReqEnergyTransferModeType>(
    'BPT_DC_CPDReqEnergyTransferModeType',
    bptDCCPDReqEnergyTransferMode,
  );

export const DC_CPDReqEnergyTransferMode = dc.substitutionGroup(
  dc.element('DC_CPDReqEnergyTransferMode', DC_CPDReqEnergyTransferModeType),
  {
    DC_CPDReqEnergyTransferMode: DC_CPDReqEnergyTransferModeType,
    BPT_DC_CPDReqEnergyTransferMode: BPT_DC_CPDReqEnergyTransferModeType,
  },
);

const dcCPDResEnergyTransferMode = sequence({
  EVSEMaximumChargePower: RationalNumberType,
  EVSEMinimumChargePower: RationalNumberType,
  EVSEMaximumChargeCurrent: RationalNumberType,
  EVSEMinimumChargeCurrent: RationalNumberType,
  EVSEMaximumVoltage: RationalNumberType,
  EVSEMinimumVoltage: RationalNumberType,
  EVSEPowerRampLimitation: optional(RationalNumberType),
});
export interface DC_CPDResEnergyTransferModeType extends Infer<typeof dcCPDResEnergyTransferMode> {}
export const DC_CPDResEnergyTransferModeType = dc.complexType<DC_CPDResEnergyTransferModeType>(
  'DC_CPDResEnergyTransferModeType',
  dcCPDResEnergyTransferMode,
);

const bptDCCPDResEnergyTransferMode = extension(DC_CPDResEnergyTransferModeType, {
  EVSEMaximumDischargePower: RationalNumberType,
  EVSEMinimumDischargePower: RationalNumberType,
  EVSEMaximumDischargeCurrent: RationalNumberType,
  EVSEMinimumDischargeCurrent: RationalNumberType,
});
export interface BPT_DC_CPDResEnergyTransferModeType extends Infer<
  typeof bptDCCPDResEnergyTransferMode
> {}
export const BPT_DC_CPDResEnergyTransferModeType =
  dc.complexType<BPT_DC_CPDResEnergyTransferModeType>(
    'BPT_DC_CPDResEnergyTransferModeType',
    bptDCCPDResEnergyTransferMode,
  );

export const DC_CPDResEnergyTransferMode = dc.substitutionGroup(
  dc.element('DC_CPDResEnergyTransferMode', DC_CPDResEnergyTransferModeType),
  {
    DC_CPDResEnergyTransferMode: DC_CPDResEnergyTransferModeType,
    BPT_DC_CPDResEnergyTransferMode: BPT_DC_CPDResEnergyTransferModeType,
  },
);
