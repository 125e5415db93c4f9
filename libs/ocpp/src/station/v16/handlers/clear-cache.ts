import { isSet } from '../configuration/configuration.ts';
import type { Handler } from './handler.ts';

/** OCPP 1.6 section 5.4 */
export const onClearCache: Handler<'ClearCache'> = (turn, _request, callId) => {
  if (!isSet(turn.state.configuration, 'AuthorizationCacheEnabled')) {
    turn.respond(callId, 'ClearCache', { status: 'Rejected' });
    return;
  }
  turn.set({ cards: new Map() });
  turn.ask({ for: 'clear-cache', callId }, { ask: 'clear-cards' });
};
