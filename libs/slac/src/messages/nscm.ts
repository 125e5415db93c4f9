import { bytes, type Fields, inVersion, tail, u16le, u8 } from './field.ts';
import { type FrameOf, LUMISSIL, mme, vendorMme } from './mme.ts';

/**
 * Lumissil's messages. With a fragmentation field (version 1) a vendor header of 19 bytes stands
 * before the payload; in version 0, as deployed chargers send it, it is left out.
 */
const nscm = <const Name extends string, F extends Fields>(name: Name, mmtype: number, fields: F) =>
  vendorMme(LUMISSIL, name, mmtype, {
    'vendor header': inVersion((mmv) => mmv >= 1, bytes(19)),
    ...fields,
  });

export const NSCM_GET_VERSION_REQ = nscm('NSCM_GET_VERSION.REQ', 0xac6c, {});
export type NSCM_GET_VERSION_REQ = FrameOf<typeof NSCM_GET_VERSION_REQ>;
export const NSCM_GET_VERSION_CNF = nscm('NSCM_GET_VERSION.CNF', 0xac6d, {
  major: u16le,
  minor: u16le,
  sub: u16le,
  build: u16le,
  patch: u16le,
});
export type NSCM_GET_VERSION_CNF = FrameOf<typeof NSCM_GET_VERSION_CNF>;

/** NSCM_RESET_DEVICE.REQ: `mode` 0 normal, 1 stays in host boot; the chip does not answer. */
export const NSCM_RESET_DEVICE_REQ = nscm('NSCM_RESET_DEVICE.REQ', 0xac70, { mode: u8 });
export type NSCM_RESET_DEVICE_REQ = FrameOf<typeof NSCM_RESET_DEVICE_REQ>;

export const NSCM_GET_DEVICE_STATE_REQ = nscm('NSCM_GET_DEVICE_STATE.REQ', 0xac98, {});
export type NSCM_GET_DEVICE_STATE_REQ = FrameOf<typeof NSCM_GET_DEVICE_STATE_REQ>;
/** NSCM_GET_DEVICE_STATE.CNF: `state` 1 unassociated to 5 station, 6 coordinator. */
export const NSCM_GET_DEVICE_STATE_CNF = nscm('NSCM_GET_DEVICE_STATE.CNF', 0xac99, { state: u8 });
export type NSCM_GET_DEVICE_STATE_CNF = FrameOf<typeof NSCM_GET_DEVICE_STATE_CNF>;

export const NSCM_GET_D_LINK_STATUS_REQ = nscm('NSCM_GET_D_LINK_STATUS.REQ', 0xac9c, {});
export type NSCM_GET_D_LINK_STATUS_REQ = FrameOf<typeof NSCM_GET_D_LINK_STATUS_REQ>;
/** NSCM_GET_D_LINK_STATUS.CNF: `status` 1 is a link. */
export const NSCM_GET_D_LINK_STATUS_CNF = nscm('NSCM_GET_D_LINK_STATUS.CNF', 0xac9d, {
  status: u8,
});
export type NSCM_GET_D_LINK_STATUS_CNF = FrameOf<typeof NSCM_GET_D_LINK_STATUS_CNF>;

/** NSCM_VS_HOST_MESSAGE_STATUS.IND: sent by itself when the network changes. */
export const NSCM_VS_HOST_MESSAGE_STATUS_IND = nscm('NSCM_VS_HOST_MESSAGE_STATUS.IND', 0xaca2, {
  status: tail(1, u8),
});
export type NSCM_VS_HOST_MESSAGE_STATUS_IND = FrameOf<typeof NSCM_VS_HOST_MESSAGE_STATUS_IND>;

export const NSCM_D_LINK_TERMINATE_REQ = nscm('NSCM_D_LINK_TERMINATE.REQ', 0xaca8, {});
export type NSCM_D_LINK_TERMINATE_REQ = FrameOf<typeof NSCM_D_LINK_TERMINATE_REQ>;
export const NSCM_D_LINK_TERMINATE_CNF = nscm('NSCM_D_LINK_TERMINATE.CNF', 0xaca9, {});
export type NSCM_D_LINK_TERMINATE_CNF = FrameOf<typeof NSCM_D_LINK_TERMINATE_CNF>;
export const NSCM_DEVICE_INFO_REQ = nscm('NSCM_DEVICE_INFO.REQ', 0xacac, {});
export type NSCM_DEVICE_INFO_REQ = FrameOf<typeof NSCM_DEVICE_INFO_REQ>;
export const NSCM_DEVICE_INFO_CNF = nscm('NSCM_DEVICE_INFO.CNF', 0xacad, {});
export type NSCM_DEVICE_INFO_CNF = FrameOf<typeof NSCM_DEVICE_INFO_CNF>;
export const NSCM_GET_AMP_MAP_REQ = nscm('NSCM_GET_AMP_MAP.REQ', 0xacb0, {});
export type NSCM_GET_AMP_MAP_REQ = FrameOf<typeof NSCM_GET_AMP_MAP_REQ>;
export const NSCM_GET_AMP_MAP_CNF = nscm('NSCM_GET_AMP_MAP.CNF', 0xacb1, {});
export type NSCM_GET_AMP_MAP_CNF = FrameOf<typeof NSCM_GET_AMP_MAP_CNF>;

/** NSCM_D_LINK_READY.IND: sent by itself on every change of the link, without OUI and vendor header. */
export const NSCM_D_LINK_READY_IND = {
  ...mme('NSCM_D_LINK_READY.IND', 0xa002, {}),
  mmv: 0,
};
export type NSCM_D_LINK_READY_IND = FrameOf<typeof NSCM_D_LINK_READY_IND>;

/** APCM_SET_CCO: whether the modem leads its network; what it holds stays in `trailing`. */
export const APCM_SET_CCO_REQ = nscm('APCM_SET_CCO.REQ', 0xac08, {});
export type APCM_SET_CCO_REQ = FrameOf<typeof APCM_SET_CCO_REQ>;
export const APCM_SET_CCO_CNF = nscm('APCM_SET_CCO.CNF', 0xac09, {});
export type APCM_SET_CCO_CNF = FrameOf<typeof APCM_SET_CCO_CNF>;
