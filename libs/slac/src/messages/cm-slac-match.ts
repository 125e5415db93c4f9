import { bytes, key, mac, u16le, u8 } from './field.ts';
import { type FrameOf, mme } from './mme.ts';

const about = {
  APPLICATION_TYPE: u8,
  SECURITY_TYPE: u8,
  /** Bytes behind this field. */
  MVFLength: u16le,
  PEV_ID: bytes(17),
  PEV_MAC: mac,
  EVSE_ID: bytes(17),
  EVSE_MAC: mac,
  RunID: bytes(8),
  RSVD: bytes(8),
};

/** CM_SLAC_MATCH.REQ: the vehicle has chosen this charger. ISO 15118-3 Annex A */
export const CM_SLAC_MATCH_REQ = mme('CM_SLAC_MATCH.REQ', 0x607c, about);
export type CM_SLAC_MATCH_REQ = FrameOf<typeof CM_SLAC_MATCH_REQ>;

/** CM_SLAC_MATCH.CNF: the network and its key. ISO 15118-3 Annex A */
export const CM_SLAC_MATCH_CNF = mme('CM_SLAC_MATCH.CNF', 0x607d, {
  ...about,
  NID: bytes(7),
  RSVD2: u8,
  NMK: key(16),
});
export type CM_SLAC_MATCH_CNF = FrameOf<typeof CM_SLAC_MATCH_CNF>;
