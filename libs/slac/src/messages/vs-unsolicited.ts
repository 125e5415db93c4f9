import { u8 } from './field.ts';
import { type FrameOf, QUALCOMM, vendorMme } from './mme.ts';

/** VS_HOST_ACTION.IND: the modem wants something of its host, firmware for one. Qualcomm */
export const VS_HOST_ACTION_IND = vendorMme(QUALCOMM, 'VS_HOST_ACTION.IND', 0xa062, {
  MACTION: u8,
});
export type VS_HOST_ACTION_IND = FrameOf<typeof VS_HOST_ACTION_IND>;

/** VS_ATTENUATION_CHARACTERISTICS.IND: sent by itself during sounding, of no use to a charger. Qualcomm */
export const VS_ATTENUATION_CHARACTERISTICS_IND = vendorMme(
  QUALCOMM,
  'VS_ATTENUATION_CHARACTERISTICS.IND',
  0xa14e,
  {},
);
export type VS_ATTENUATION_CHARACTERISTICS_IND = FrameOf<typeof VS_ATTENUATION_CHARACTERISTICS_IND>;
