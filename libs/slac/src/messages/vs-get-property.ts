import { type FrameOf, QUALCOMM, vendorMme } from './mme.ts';

/** VS_GET_PROPERTY: known by name; what it holds stays in `trailing`. Qualcomm */
export const VS_GET_PROPERTY_REQ = vendorMme(QUALCOMM, 'VS_GET_PROPERTY.REQ', 0xa0f8, {});
export type VS_GET_PROPERTY_REQ = FrameOf<typeof VS_GET_PROPERTY_REQ>;
export const VS_GET_PROPERTY_CNF = vendorMme(QUALCOMM, 'VS_GET_PROPERTY.CNF', 0xa0f9, {});
export type VS_GET_PROPERTY_CNF = FrameOf<typeof VS_GET_PROPERTY_CNF>;
