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
import { ac } from '../namespaces.ts';

const scheduledACCLReqControlMode = extension(Scheduled_CLReqControlModeType, {
  EVMaximumChargePower: optional(RationalNumberType),
  EVMaximumChargePower_L2: optional(RationalNumberType),
  EVMaximumChargePower_L3: optional(RationalNumberType),
  EVMinimumChargePower: optional(RationalNumberType),
  EVMinimumChargePower_L2: optional(RationalNumberType),
  EVMinimumChargePower_L3: optional(RationalNumberType),
  EVPresentActivePower: RationalNumberType,
  EVPresentActivePower_L2: optional(RationalNumberType),
  EVPresentActivePower_L3: optional(RationalNumberType),
  EVPresentReactivePower: optional(RationalNumberType),
  EVPresentReactivePower_L2: optional(RationalNumberType),
  EVPresentReactivePower_L3: optional(RationalNumberType),
});
export interface Scheduled_AC_CLReqControlModeType extends Infer<
  typeof scheduledACCLReqControlMode
> {}
export const Scheduled_AC_CLReqControlModeType = ac.complexType<Scheduled_AC_CLReqControlModeType>(
  'Scheduled_AC_CLReqControlModeType',
  scheduledACCLReqControlMode,
);

const scheduledACCLResControlMode = extension(Scheduled_CLResControlModeType, {
  EVSETargetActivePower: optional(RationalNumberType),
  EVSETargetActivePower_L2: optional(RationalNumberType),
  EVSETargetActivePower_L3: optional(RationalNumberType),
  EVSETargetReactivePower: optional(RationalNumberType),
  EVSETargetReactivePower_L2: optional(RationalNumberType),
  EVSETargetReactivePower_L3: optional(RationalNumberType),
  EVSEPresentActivePower: optional(RationalNumberType),
  EVSEPresentActivePower_L2: optional(RationalNumberType),
  EVSEPresentActivePower_L3: optional(RationalNumberType),
});
export interface Scheduled_AC_CLResControlModeType extends Infer<
  typeof scheduledACCLResControlMode
> {}
export const Scheduled_AC_CLResControlModeType = ac.complexType<Scheduled_AC_CLResControlModeType>(
  'Scheduled_AC_CLResControlModeType',
  scheduledACCLResControlMode,
);

const bptScheduledACCLReqControlMode = extension(Scheduled_AC_CLReqControlModeType, {
  EVMaximumDischargePower: optional(RationalNumberType),
  EVMaximumDischargePower_L2: optional(RationalNumberType),
  EVMaximumDischargePower_L3: optional(RationalNumberType),
  EVMinimumDischargePower: optional(RationalNumberType),
  EVMinimumDischargePower_L2: optional(RationalNumberType),
  EVMinimumDischargePower_L3: optional(RationalNumberType),
});
export interface BPT_Scheduled_AC_CLReqControlModeType extends Infer<
  typeof bptScheduledACCLReqControlMode
> {}
export const BPT_Scheduled_AC_CLReqControlModeType =
  ac.complexType<BPT_Scheduled_AC_CLReqControlModeType>(
    'BPT_Scheduled_AC_CLReqControlModeType',
    bptScheduledACCLReqControlMode,
  );

const bptScheduledACCLResControlMode = extension(Scheduled_AC_CLResControlModeType, {});
export interface BPT_Scheduled_AC_CLResControlModeType extends Infer<
  typeof bptScheduledACCLResControlMode
> {}
export const BPT_Scheduled_AC_CLResControlModeType =
  ac.complexType<BPT_Scheduled_AC_CLResControlModeType>(
    'BPT_Scheduled_AC_CLResControlModeType',
    bptScheduledACCLResControlMode,
  );

const dynamicACCLReqControlMode = extension(Dynamic_CLReqControlModeType, {
  EVMaximumChargePower: RationalNumberType,
  EVMaximumChargePower_L2: optional(RationalNumberType),
  EVMaximumChargePower_L3: optional(RationalNumberType),
  EVMinimumChargePower: RationalNumberType,
  EVMinimumChargePower_L2: optional(RationalNumberType),
  EVMinimumChargePower_L3: optional(RationalNumberType),
  EVPresentActivePower: RationalNumberType,
  EVPresentActivePower_L2: optional(RationalNumberType),
  EVPresentActivePower_L3: optional(RationalNumberType),
  EVPresentReactivePower: RationalNumberType,
  EVPresentReactivePower_L2: optional(RationalNumberType),
  EVPresentReactivePower_L3: optional(RationalNumberType),
});
export interface Dynamic_AC_CLReqControlModeType extends Infer<typeof dynamicACCLReqControlMode> {}
export const Dynamic_AC_CLReqControlModeType = ac.complexType<Dynamic_AC_CLReqControlModeType>(
  'Dynamic_AC_CLReqControlModeType',
  dynamicACCLReqControlMode,
);

const dynamicACCLResControlMode = extension(Dynamic_CLResControlModeType, {
  EVSETargetActivePower: RationalNumberType,
  EVSETargetActivePower_L2: optional(RationalNumberType),
  EVSETargetActivePower_L3: optional(RationalNumberType),
  EVSETargetReactivePower: optional(RationalNumberType),
  EVSETargetReactivePower_L2: optional(RationalNumberType),
  EVSETargetReactivePower_L3: optional(RationalNumberType),
  EVSEPresentActivePower: optional(RationalNumberType),
  EVSEPresentActivePower_L2: optional(RationalNumberType),
  EVSEPresentActivePower_L3: optional(RationalNumberType),
});
export interface Dynamic_AC_CLResControlModeType extends Infer<typeof dynamicACCLResControlMode> {}
export const Dynamic_AC_CLResControlModeType = ac.complexType<Dynamic_AC_CLResControlModeType>(
  'Dynamic_AC_CLResControlModeType',
  dynamicACCLResControlMode,
);

const bptDynamicACCLReqControlMode = extension(Dynamic_AC_CLReqControlModeType, {
  EVMaximumDischargePower: RationalNumberType,
  EVMaximumDischargePower_L2: optional(RationalNumberType),
  EVMaximumDischargePower_L3: optional(RationalNumberType),
  EVMinimumDischargePower: RationalNumberType,
  EVMinimumDischargePower_L2: optional(RationalNumberType),
  EVMinimumDischargePower_L3: optional(RationalNumberType),
  EVMaximumV2XEnergyRequest: optional(RationalNumberType),
  EVMinimumV2XEnergyRequest: optional(RationalNumberType),
});
export interface BPT_Dynamic_AC_CLReqControlModeType extends Infer<
  typeof bptDynamicACCLReqControlMode
> {}
export const BPT_Dynamic_AC_CLReqControlModeType =
  ac.complexType<BPT_Dynamic_AC_CLReqControlModeType>(
    'BPT_Dynamic_AC_CLReqControlModeType',
    bptDynamicACCLReqControlMode,
  );

const bptDynamicACCLResControlMode = extension(Dynamic_AC_CLResControlModeType, {});
export interface BPT_Dynamic_AC_CLResControlModeType extends Infer<
  typeof bptDynamicACCLResControlMode
> {}
export const BPT_Dynamic_AC_CLResControlModeType =
  ac.complexType<BPT_Dynamic_AC_CLResControlModeType>(
    'BPT_Dynamic_AC_CLResControlModeType',
    bptDynamicACCLResControlMode,
  );

/** The control modes of a charge loop request. ISO 15118-20 */
export const CLReqControlMode = ac.substitutionGroup(cLReqControlMode, {
  Scheduled_AC_CLReqControlMode: Scheduled_AC_CLReqControlModeType,
  BPT_Scheduled_AC_CLReqControlMode: BPT_Scheduled_AC_CLReqControlModeType,
  Dynamic_AC_CLReqControlMode: Dynamic_AC_CLReqControlModeType,
  BPT_Dynamic_AC_CLReqControlMode: BPT_Dynamic_AC_CLReqControlModeType,
});

/** The control modes of a charge loop response. ISO 15118-20 */
export const CLResControlMode = ac.substitutionGroup(cLResControlMode, {
  Scheduled_AC_CLResControlMode: Scheduled_AC_CLResControlModeType,
  BPT_Scheduled_AC_CLResControlMode: BPT_Scheduled_AC_CLResControlModeType,
  Dynamic_AC_CLResControlMode: Dynamic_AC_CLResControlModeType,
  BPT_Dynamic_AC_CLResControlMode: BPT_Dynamic_AC_CLResControlModeType,
});
