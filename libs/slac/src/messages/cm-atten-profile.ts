import { levels, mac, u8 } from './field.ts';
import { type FrameOf, mme } from './mme.ts';

/** CM_ATTEN_PROFILE.IND: the charger's modem tells its host the attenuation of one sound, dB a carrier group. */
export const CM_ATTEN_PROFILE_IND = mme('CM_ATTEN_PROFILE.IND', 0x6086, {
  PEV_MAC: mac,
  NumGroups: u8,
  RSVD: u8,
  AAG: levels('NumGroups'),
});
export type CM_ATTEN_PROFILE_IND = FrameOf<typeof CM_ATTEN_PROFILE_IND>;
