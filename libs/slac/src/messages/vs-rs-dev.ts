import { u8 } from './field.ts';
import { type FrameOf, QUALCOMM, vendorMme } from './mme.ts';

/** VS_RS_DEV.REQ: the modem restarts and is away for one to two seconds. Qualcomm */
export const VS_RS_DEV_REQ = vendorMme(QUALCOMM, 'VS_RS_DEV.REQ', 0xa01c, {});
export type VS_RS_DEV_REQ = FrameOf<typeof VS_RS_DEV_REQ>;

/** VS_RS_DEV.CNF: `MSTATUS` 0 is success. Qualcomm */
export const VS_RS_DEV_CNF = vendorMme(QUALCOMM, 'VS_RS_DEV.CNF', 0xa01d, { MSTATUS: u8 });
export type VS_RS_DEV_CNF = FrameOf<typeof VS_RS_DEV_CNF>;
