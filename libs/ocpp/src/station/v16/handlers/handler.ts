import type { CsmsAction, CsmsToStation } from '../../../messages/v16/actions.ts';
import type { Turn } from '../turn.ts';

/** Works on one valid CALL of the CSMS; it answers now, or when what it asked comes back. */
export type Handler<A extends CsmsAction> = (
  turn: Turn,
  request: CsmsToStation[A]['request'],
  callId: string,
) => void;
