import { type Infer, list, optional, restriction, sequence, xs } from '@kerbside/exi';
import { msgDataTypes } from './namespaces.ts';
import { PhysicalValueType } from './physical-value.ts';

export const maxNumPhasesType = msgDataTypes.simpleType(
  'maxNumPhasesType',
  restriction(xs.byte, { minInclusive: 1, maxInclusive: 3 }),
);
export type maxNumPhasesType = Infer<typeof maxNumPhasesType>;

const profileEntry = sequence({
  ChargingProfileEntryStart: xs.unsignedInt,
  ChargingProfileEntryMaxPower: PhysicalValueType,
  ChargingProfileEntryMaxNumberOfPhasesInUse: optional(maxNumPhasesType),
});
export interface ProfileEntryType extends Infer<typeof profileEntry> {}
export const ProfileEntryType = msgDataTypes.complexType<ProfileEntryType>(
  'ProfileEntryType',
  profileEntry,
);

const chargingProfile = sequence({ ProfileEntry: list(ProfileEntryType, { max: 24 }) });
export interface ChargingProfileType extends Infer<typeof chargingProfile> {}
export const ChargingProfileType = msgDataTypes.complexType<ChargingProfileType>(
  'ChargingProfileType',
  chargingProfile,
);
