import { extension, type Infer, optional } from '@kerbside/exi';
import {
  CLReqControlMode as cLReqControlMode,
  CLResControlMode as cLResControlMode,
  Dynamic_CLReqControlModeType,
  Dynamic_CLResControlModeType,
  Scheduled_CLReqControlModeType,
  Scheduled_CLResControlModeType,
} from '../common-types/control-mode.ts';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { dc } from '../namespaces.ts';

const scheduledDCCLReqControlMode = extension(Scheduled_CLReqControlModeType, {
  EVTargetCurrent: RationalNumberType,
  EVTargetVoltage: RationalNumberType,
  EVMaximumChargePower: optional(RationalNumberType),
  EVMinimumChargePower: optional(RationalNumberType),
  EVMaximumChargeCurrent: optional(RationalNumberType),
  EVMaximumVoltage: optional(RationalNumberType),
  EVMinimumVoltage: optional(RationalNumberType),
});
export interface Scheduled_DC_CLReqControlModeType extends Infer<
  typeof scheduledDCCLReqControlMode
> {}
export const Scheduled_DC_CLReqControlModeType = dc.complexType<Scheduled_DC_CLReqControlModeType>(
  'Scheduled_DC_CLReqControlModeType',
  scheduledDCCLReqControlMode,
);

const scheduledDCCLResControlMode = extension(Scheduled_CLResControlModeType, {
  EVSEMaximumChargePower: optional(RationalNumberType),
  EVSEMinimumChargePower: optional(RationalNumberType),
  EVSEMaximumChargeCurrent: optional(RationalNumberType),
  EVSEMaximumVoltage: optional(RationalNumberType),
});
export interface Scheduled_DC_CLResControlModeType extends Infer<
  typeof scheduledDCCLResControlMode
> {}
export const Scheduled_DC_CLResControlModeType = dc.complexType<Scheduled_DC_CLResControlModeType>(
  'Scheduled_DC_CLResControlModeType',
  scheduledDCCLResControlMode,
);

const bptScheduledDCCLReqControlMode = extension(Scheduled_DC_CLReqControlModeType, {
  EVMaximumDischargePower: optional(RationalNumberType),
  EVMinimumDischargePower: optional(RationalNumberType),
  EVMaximumDischargeCurrent: optional(RationalNumberType),
});
export interface BPT_Scheduled_DC_CLReqControlModeType extends Infer<
  typeof bptScheduledDCCLReqControlMode
> {}
export const BPT_Scheduled_DC_CLReqControlModeType =
  dc.complexType<BPT_Scheduled_DC_CLReqControlModeType>(
    'BPT_Scheduled_DC_CLReqControlModeType',
    bptScheduledDCCLReqControlMode,
  );

const bptScheduledDCCLResControlMode = extension(Scheduled_DC_CLResControlModeType, {
  EVSEMaximumDischargePower: optional(RationalNumberType),
  EVSEMinimumDischargePower: optional(RationalNumberType),
  EVSEMaximumDischargeCurrent: optional(RationalNumberType),
  EVSEMinimumVoltage: optional(RationalNumberType),
});
export interface BPT_Scheduled_DC_CLResControlModeType extends Infer<
  typeof bptScheduledDCCLResControlMode
> {}
export const BPT_Scheduled_DC_CLResControlModeType =
  dc.complexType<BPT_Scheduled_DC_CLResControlModeType>(
    'BPT_Scheduled_DC_CLResControlModeType',
    bptScheduledDCCLResControlMode,
  );

const dynamicDCCLReqControlMode = extension(Dynamic_CLReqControlModeType, {
  EVMaximumChargePower: RationalNumberType,
  EVMinimumChargePower: RationalNumberType,
  EVMaximumChargeCurrent: RationalNumberType,
  EVMaximumVoltage: RationalNumberType,
  EVMinimumVoltage: RationalNumberType,
});
export interface Dynamic_DC_CLReqControlModeType extends Infer<typeof dynamicDCCLReqControlMode> {}
export const Dynamic_DC_CLReqControlModeType = dc.complexType<Dynamic_DC_CLReqControlModeType>(
  'Dynamic_DC_CLReqControlModeType',
  dynamicDCCLReqControlMode,
);

const dynamicDCCLResControlMode = extension(Dynamic_CLResControlModeType, {
  EVSEMaximumChargePower: RationalNumberType,
  EVSEMinimumChargePower: RationalNumberType,
  EVSEMaximumChargeCurrent: RationalNumberType,
  EVSEMaximumVoltage: RationalNumberType,
});
export interface Dynamic_DC_CLResControlModeType extends Infer<typeof dynamicDCCLResControlMode> {}
export const Dynamic_DC_CLResControlModeType = dc.complexType<Dynamic_DC_CLResControlModeType>(
  'Dynamic_DC_CLResControlModeType',
  dynamicDCCLResControlMode,
);

const bptDynamicDCCLReqControlMode = extension(Dynamic_DC_CLReqControlModeType, {
  EVMaximumDischargePower: RationalNumberType,
  EVMinimumDischargePower: RationalNumberType,
  EVMaximumDischargeCurrent: RationalNumberType,
  EVMaximumV2XEnergyRequest: optional(RationalNumberType),
  EVMinimumV2XEnergyRequest: optional(RationalNumberType),
});
export interface BPT_Dynamic_DC_CLReqControlModeType extends Infer<
  typeof bptDynamicDCCLReqControlMode
> {}
export const BPT_Dynamic_DC_CLReqControlModeType =
  dc.complexType<BPT_Dynamic_DC_CLReqControlModeType>(
    'BPT_Dynamic_DC_CLReqControlModeType',
    bptDynamicDCCLReqControlMode,
  );

const bptDynamicDCCLResControlMode = extension(Dynamic_DC_CLResControlModeType, {
  EVSEMaximumDischargePower: RationalNumberType,
  EVSEMinimumDischargePower: RationalNumberType,
  EVSEMaximumDischargeCurrent: RationalNumberType,
  EVSEMinimumVoltage: RationalNumberType,
});
export interface BPT_Dynamic_DC_CLResControlModeType extends Infer<
  typeof bptDynamicDCCLResControlMode
> {}
export const BPT_Dynamic_DC_CLResControlModeType =
  dc.complexType<BPT_Dynamic_DC_CLResControlModeType>(
    'BPT_Dynamic_DC_CLResControlModeType',
    bptDynamicDCCLResControlMode,
  );

/** The control modes of a charge loop request. ISO 15118-20 */
export const CLReqControlMode = dc.substitutionGroup(cLReqControlMode, {
  Scheduled_DC_CLReqControlMode: Scheduled_DC_CLReqControlModeType,
  BPT_Scheduled_DC_CLReqControlMode: BPT_Scheduled_DC_CLReqControlModeType,
  Dynamic_DC_CLReqControlMode: Dynamic_DC_CLReqControlModeType,
  BPT_Dynamic_DC_CLReqControlMode: BPT_Dynamic_DC_CLReqControlModeType,
});

/** The control modes of a charge loop response. ISO 15118-20 */
export const CLResControlMode = dc.substitutionGroup(cLResControlMode, {
  Scheduled_DC_CLResControlMode: Scheduled_DC_CLResControlModeType,
  BPT_Scheduled_DC_CLResControlMode: BPT_Scheduled_DC_CLResControlModeType,
  Dynamic_DC_CLResControlMode: Dynamic_DC_CLResControlModeType,
  BPT_Dynamic_DC_CLResControlMode: BPT_Dynamic_DC_CLResControlModeType,
});
