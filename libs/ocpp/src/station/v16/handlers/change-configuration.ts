import { changed } from '../configuration/configuration.ts';
import { armHeartbeat } from '../registration.ts';
import type { Turn } from '../turn.ts';
import type { Handler } from './handler.ts';

/** The new value is on disk before it is Accepted. OCPP 1.6 section 5.3 */
export const onChangeConfiguration: Handler<'ChangeConfiguration'> = (turn, request, callId) => {
  const { key } = request;
  const change = changed(turn.state.configuration, key, request.value);
  if (change.status !== 'Accepted') {
    turn.respond(callId, 'ChangeConfiguration', { status: change.status });
    return;
  }
  const { value } = change;
  turn.ask(
    { for: 'change-configuration', callId, key, value },
    { ask: 'put-setting', key: `config.${key}`, value },
  );
};

/** Takes effect at once, also on running timers. */
export function onConfigurationStored(
  turn: Turn,
  callId: string,
  key: string,
  value: string,
): void {
  const change = changed(turn.state.configuration, key, value);
  if (change.status === 'Accepted') turn.set({ configuration: change.configuration });
  turn.respond(callId, 'ChangeConfiguration', { status: 'Accepted' });
  turn.do({ do: 'configured', key, value });
  turn.report('ocpp.configuration-changed', { key, value });
  if (key === 'HeartbeatInterval') armHeartbeat(turn);
  if (key === 'AuthorizationCacheEnabled' && value === 'false') {
    turn.set({ cards: new Map() });
    turn.ask({ for: 'nothing', what: 'cache' }, { ask: 'clear-cards' });
  }
}
