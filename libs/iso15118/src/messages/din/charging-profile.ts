import { type Infer, list, sequence, xs } from '@kerbside/exi';
import { SAIDType } from './identifiers.ts';
import { msgDataTypes } from './namespaces.ts';
import { PMaxType } from './sales-tariff.ts';

const profileEntry = sequence({
  ChargingProfileEntryStart: xs.unsignedInt,
  ChargingProfileEntryMaxPower: PMaxType,
});
export interface ProfileEntryType extends Infer<typeof profileEntry> {}
export const ProfileEntryType = msgDataTypes.complexType<ProfileEntryType>(
  'ProfileEntryType',
  profileEntry,
);

const chargingProfile = sequence({
  SAScheduleTupleID: SAIDType,
  ProfileEntry: list(ProfileEntryType, { max: Infinity }),
});
export interface ChargingProfileType extends Infer<typeof chargingProfile> {}
export const ChargingProfileType = msgDataTypes.complexType<ChargingProfileType>(
  'ChargingProfileType',
  chargingProfile,
);
