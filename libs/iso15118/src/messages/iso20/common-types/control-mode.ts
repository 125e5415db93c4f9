import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import { commonTypes } from '../namespaces.ts';
import { RationalNumberType } from './rational-number.ts';
import { percentValueType } from './simple-types.ts';

const clReqControlMode = sequence({});
export interface CLReqControlModeType extends Infer<typeof clReqControlMode> {}
export const CLReqControlModeType = commonTypes.complexType<CLReqControlModeType>(
  'CLReqControlModeType',
  clReqControlMode,
  { abstract: true },
);

/** The control modes of a charge loop request. ISO 15118-20 */
export const CLReqControlMode = commonTypes.element('CLReqControlMode', CLReqControlModeType);

const clResControlMode = sequence({});
export interface CLResControlModeType extends Infer<typeof clResControlMode> {}
export const CLResControlModeType = commonTypes.complexType<CLResControlModeType>(
  'CLResControlModeType',
  clResControlMode,
  { abstract: true },
);

/** The control modes of a charge loop response. ISO 15118-20 */
export const CLResControlMode = commonTypes.element('CLResControlMode', CLResControlModeType);

const scheduledCLReqControlMode = sequence({
  EVTargetEnergyRequest: optional(RationalNumberType),
  EVMaximumEnergyRequest: optional(RationalNumberType),
  EVMinimumEnergyRequest: optional(RationalNumberType),
});
export interface Scheduled_CLReqControlModeType extends Infer<typeof scheduledCLReqControlMode> {}
export const Scheduled_CLReqControlModeType =
  commonTypes.complexType<Scheduled_CLReqControlModeType>(
    'Scheduled_CLReqControlModeType',
    scheduledCLReqControlMode,
    { abstract: true },
  );

const scheduledCLResControlMode = sequence({});
export interface Scheduled_CLResControlModeType extends Infer<typeof scheduledCLResControlMode> {}
export const Scheduled_CLResControlModeType =
  commonTypes.complexType<Scheduled_CLResControlModeType>(
    'Scheduled_CLResControlModeType',
    scheduledCLResControlMode,
    { abstract: true },
  );

const dynamicCLReqControlMode = sequence({
  DepartureTime: optional(xs.unsignedInt),
  EVTargetEnergyRequest: RationalNumberType,
  EVMaximumEnergyRequest: RationalNumberType,
  EVMinimumEnergyRequest: RationalNumberType,
});
export interface Dynamic_CLReqControlModeType extends Infer<typeof dynamicCLReqControlMode> {}
export const Dynamic_CLReqControlModeType = commonTypes.complexType<Dynamic_CLReqControlModeType>(
  'Dynamic_CLReqControlModeType',
  dynamicCLReqControlMode,
  { abstract: true },
);

const dynamicCLResControlMode = sequence({
  DepartureTime: optional(xs.unsignedInt),
  MinimumSOC: optional(percentValueType),
  TargetSOC: optional(percentValueType),
  AckMaxDelay: optional(xs.unsignedShort),
});
export interface Dynamic_CLResControlModeType extends Infer<typeof dynamicCLResControlMode> {}
export const Dynamic_CLResControlModeType = commonTypes.complexType<Dynamic_CLResControlModeType>(
  'Dynamic_CLResControlModeType',
  dynamicCLResControlMode,
  { abstract: true },
);
