import { choice, enumeration, type Infer, list, optional, sequence, xs } from '@kerbside/exi';
import { numericIDType } from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';
import { PowerScheduleEntryType } from './power-schedule.ts';

export const powerToleranceAcceptanceType = commonMessages.simpleType(
  'powerToleranceAcceptanceType',
  enumeration('PowerToleranceNotConfirmed', 'PowerToleranceConfirmed'),
);
export type powerToleranceAcceptanceType = Infer<typeof powerToleranceAcceptanceType>;

const scheduledEVPPTControlMode = sequence({
  SelectedScheduleTupleID: numericIDType,
  PowerToleranceAcceptance: optional(powerToleranceAcceptanceType),
});
export interface Scheduled_EVPPTControlModeType extends Infer<typeof scheduledEVPPTControlMode> {}
export const Scheduled_EVPPTControlModeType =
  commonMessages.complexType<Scheduled_EVPPTControlModeType>(
    'Scheduled_EVPPTControlModeType',
    scheduledEVPPTControlMode,
  );

const dynamicEVPPTControlMode = sequence({});
export interface Dynamic_EVPPTControlModeType extends Infer<typeof dynamicEVPPTControlMode> {}
export const Dynamic_EVPPTControlModeType =
  commonMessages.complexType<Dynamic_EVPPTControlModeType>(
    'Dynamic_EVPPTControlModeType',
    dynamicEVPPTControlMode,
  );

const evPowerProfileEntryList = sequence({
  EVPowerProfileEntry: list(PowerScheduleEntryType, { max: 2048 }),
});
export interface EVPowerProfileEntryListType extends Infer<typeof evPowerProfileEntryList> {}
export const EVPowerProfileEntryListType = commonMessages.complexType<EVPowerProfileEntryListType>(
  'EVPowerProfileEntryListType',
  evPowerProfileEntryList,
);

const evPowerProfile = sequence({
  TimeAnchor: xs.unsignedLong,
  mode: choice({
    Dynamic_EVPPTControlMode: Dynamic_EVPPTControlModeType,
    Scheduled_EVPPTControlMode: Scheduled_EVPPTControlModeType,
  }),
  EVPowerProfileEntries: EVPowerProfileEntryListType,
});
export type EVPowerProfileType = Infer<typeof evPowerProfile>;
export const EVPowerProfileType = commonMessages.complexType<EVPowerProfileType>(
  'EVPowerProfileType',
  evPowerProfile,
);
