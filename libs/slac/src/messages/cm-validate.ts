import { u8 } from './field.ts';
import { type FrameOf, mme } from './mme.ts';

/** CM_VALIDATE.REQ: asks to prove the pairing by toggles of the control pilot. ISO 15118-3 Annex A */
export const CM_VALIDATE_REQ = mme('CM_VALIDATE.REQ', 0x6078, {
  SignalType: u8,
  Timer: u8,
  Result: u8,
});
export type CM_VALIDATE_REQ = FrameOf<typeof CM_VALIDATE_REQ>;

/** CM_VALIDATE.CNF: `Result` 0 not ready, 1 ready, 2 success, 3 failure, 4 not required. */
export const CM_VALIDATE_CNF = mme('CM_VALIDATE.CNF', 0x6079, {
  SignalType: u8,
  ToggleNum: u8,
  Result: u8,
});
export type CM_VALIDATE_CNF = FrameOf<typeof CM_VALIDATE_CNF>;
