import { CM_AMP_MAP_CNF, CM_AMP_MAP_REQ } from './cm-amp-map.ts';
import { CM_ATTEN_CHAR_IND, CM_ATTEN_CHAR_RSP } from './cm-atten-char.ts';
import { CM_ATTEN_PROFILE_IND } from './cm-atten-profile.ts';
import { CM_GET_KEY_CNF, CM_GET_KEY_REQ } from './cm-get-key.ts';
import { CM_MNBC_SOUND_IND } from './cm-mnbc-sound.ts';
import { CM_NW_STATS_CNF, CM_NW_STATS_REQ } from './cm-nw-stats.ts';
import { CM_SET_KEY_CNF, CM_SET_KEY_REQ } from './cm-set-key.ts';
import { CM_SLAC_MATCH_CNF, CM_SLAC_MATCH_REQ } from './cm-slac-match.ts';
import { CM_SLAC_PARM_CNF, CM_SLAC_PARM_REQ } from './cm-slac-parm.ts';
import { CM_START_ATTEN_CHAR_IND } from './cm-start-atten-char.ts';
import { CM_VALIDATE_CNF, CM_VALIDATE_REQ } from './cm-validate.ts';
import type { FrameOf, MmeDefinition, MmeHeader, MmeTrailing, SendableOf } from './mme.ts';
import * as nscm from './nscm.ts';
import { VS_GET_PROPERTY_CNF, VS_GET_PROPERTY_REQ } from './vs-get-property.ts';
import { VS_LNK_STATS_CNF, VS_LNK_STATS_REQ, VS_LNK_STATS_V2_CNF } from './vs-lnk-stats.ts';
import * as module from './vs-module.ts';
import { VS_NW_INFO_CNF, VS_NW_INFO_REQ, VS_NW_INFO_V2_CNF } from './vs-nw-info.ts';
import { VS_OP_ATTRIBUTES_CNF, VS_OP_ATTRIBUTES_REQ } from './vs-op-attributes.ts';
import { VS_PL_LNK_STATUS_CNF, VS_PL_LNK_STATUS_REQ } from './vs-pl-lnk-status.ts';
import { VS_RS_DEV_CNF, VS_RS_DEV_REQ } from './vs-rs-dev.ts';
import { VS_SW_VER_CNF, VS_SW_VER_REQ } from './vs-sw-ver.ts';
import { VS_ATTENUATION_CHARACTERISTICS_IND, VS_HOST_ACTION_IND } from './vs-unsolicited.ts';

const definitions = [
  CM_SLAC_PARM_REQ,
  CM_SLAC_PARM_CNF,
  CM_START_ATTEN_CHAR_IND,
  CM_MNBC_SOUND_IND,
  CM_ATTEN_PROFILE_IND,
  CM_ATTEN_CHAR_IND,
  CM_ATTEN_CHAR_RSP,
  CM_VALIDATE_REQ,
  CM_VALIDATE_CNF,
  CM_SLAC_MATCH_REQ,
  CM_SLAC_MATCH_CNF,
  CM_SET_KEY_REQ,
  CM_SET_KEY_CNF,
  CM_GET_KEY_REQ,
  CM_GET_KEY_CNF,
  CM_AMP_MAP_REQ,
  CM_AMP_MAP_CNF,
  CM_NW_STATS_REQ,
  CM_NW_STATS_CNF,
  VS_SW_VER_REQ,
  VS_SW_VER_CNF,
  VS_RS_DEV_REQ,
  VS_RS_DEV_CNF,
  VS_NW_INFO_REQ,
  VS_NW_INFO_CNF,
  VS_NW_INFO_V2_CNF,
  VS_OP_ATTRIBUTES_REQ,
  VS_OP_ATTRIBUTES_CNF,
  VS_PL_LNK_STATUS_REQ,
  VS_PL_LNK_STATUS_CNF,
  VS_HOST_ACTION_IND,
  VS_LNK_STATS_REQ,
  VS_LNK_STATS_CNF,
  VS_LNK_STATS_V2_CNF,
  VS_GET_PROPERTY_REQ,
  VS_GET_PROPERTY_CNF,
  module.VS_WR_MOD_REQ,
  module.VS_WR_MOD_CNF,
  module.VS_RD_MOD_REQ,
  module.VS_RD_MOD_CNF,
  module.VS_MODULE_OPERATION_REQ,
  module.VS_MODULE_OPERATION_CNF,
  VS_ATTENUATION_CHARACTERISTICS_IND,
  nscm.NSCM_GET_VERSION_REQ,
  nscm.NSCM_GET_VERSION_CNF,
  nscm.NSCM_RESET_DEVICE_REQ,
  nscm.NSCM_GET_DEVICE_STATE_REQ,
  nscm.NSCM_GET_DEVICE_STATE_CNF,
  nscm.NSCM_GET_D_LINK_STATUS_REQ,
  nscm.NSCM_GET_D_LINK_STATUS_CNF,
  nscm.NSCM_VS_HOST_MESSAGE_STATUS_IND,
  nscm.NSCM_D_LINK_TERMINATE_REQ,
  nscm.NSCM_D_LINK_TERMINATE_CNF,
  nscm.NSCM_DEVICE_INFO_REQ,
  nscm.NSCM_DEVICE_INFO_CNF,
  nscm.NSCM_GET_AMP_MAP_REQ,
  nscm.NSCM_GET_AMP_MAP_CNF,
  nscm.NSCM_D_LINK_READY_IND,
  nscm.APCM_SET_CCO_REQ,
  nscm.APCM_SET_CCO_CNF,
] as const;

type Definition = (typeof definitions)[number];
export type MmeName = Definition['name'];

/** A message that is none of ours: its bytes behind the header, as hex. */
export type UnknownFrame = {
  readonly name: 'UNKNOWN';
  readonly MMTYPE: number;
  readonly payload: string;
} & MmeHeader &
  MmeTrailing;

/** Any frame, decoded; `name` tells them apart. */
export type Mme = FrameOf<Definition> | UnknownFrame;
/** The decoded frame of that name. */
export type MmeOf<Name extends Mme['name']> = Extract<Mme, { readonly name: Name }>;
/** Any frame that can be sent. */
export type Sendable =
  | SendableOf<Definition>
  | (Omit<UnknownFrame, 'MMV' | 'FMI' | 'OUI' | 'trailing'> & Partial<MmeHeader & MmeTrailing>);

const names = new Map<string, MmeDefinition>(definitions.map((d) => [d.name, d as MmeDefinition]));
const types = new Map<number, readonly MmeDefinition[]>();
for (const definition of definitions as readonly MmeDefinition[])
  types.set(definition.mmtype, [...(types.get(definition.mmtype) ?? []), definition]);

export const definitionOf = (name: string): MmeDefinition | undefined => names.get(name);
/** What a message type may be; the vendor and the version then tell which. */
export const candidatesFor = (mmtype: number): readonly MmeDefinition[] => types.get(mmtype) ?? [];
/** Every message that is declared. */
export const mmeNames: readonly string[] = [...names.keys()];
