import { type CsmsAction, KNOWN_ACTIONS } from '../../../messages/v16/actions.ts';
import { checkRequest } from '../../../messages/v16/validate.ts';
import type { CallFrame } from '../../../rpc/frame.ts';
import type { Turn } from '../turn.ts';
import type { Handler } from './handler.ts';
import { handlers, isOffered } from './handlers.ts';

/** Profiles that are not offered, but whose answer has a word of its own for that. */
const refusals: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  SendLocalList: { status: 'NotSupported' },
  GetLocalListVersion: { listVersion: -1 },
  SetChargingProfile: { status: 'NotSupported' },
};

function handle<A extends CsmsAction>(turn: Turn, action: A, call: CallFrame): void {
  const checked = checkRequest(action, call.payload);
  if (!checked.ok) {
    turn.report('ocpp.refused', { action, ...checked.error });
    turn.refuse(call.id, checked.error.code, checked.error.description);
    return;
  }
  (handlers[action] as Handler<A>)(turn, checked.value, call.id);
}

/** One CALL of the CSMS. OCPP-J 1.6 section 4.2.3 */
export function onIncoming(turn: Turn, call: CallFrame): void {
  const { action, id } = call;
  // Rejected: nothing is sent and nothing answered until the interval is over. OCPP 1.6 section 4.2
  if (turn.state.registration === 'rejected') {
    turn.report('ocpp.ignored', { action, reason: 'the boot was rejected' });
    turn.respondWith(id, 'none');
    return;
  }
  if (isOffered(action)) {
    handle(turn, action, call);
    return;
  }
  if (!KNOWN_ACTIONS.has(action)) {
    turn.report('ocpp.refused', { action: action.slice(0, 50), code: 'NotImplemented' });
    turn.refuse(id, 'NotImplemented', 'unknown action');
    return;
  }
  const refusal = Object.hasOwn(refusals, action) ? refusals[action] : undefined;
  if (!refusal) {
    turn.report('ocpp.refused', { action, code: 'NotSupported' });
    turn.refuse(id, 'NotSupported', 'not offered by this charge point');
    return;
  }
  const checked = checkRequest(action as CsmsAction, call.payload);
  if (checked.ok) turn.respondWith(id, { result: refusal });
  else turn.refuse(id, checked.error.code, checked.error.description);
}
