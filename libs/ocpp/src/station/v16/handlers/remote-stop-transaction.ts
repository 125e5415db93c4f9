import type { Turn } from '../turn.ts';
import type { Handler } from './handler.ts';

/** OCPP 1.6 section 5.12 */
export const onRemoteStopTransaction: Handler<'RemoteStopTransaction'> = (
  turn,
  { transactionId },
  callId,
) => {
  if (!turn.online) {
    turn.respond(callId, 'RemoteStopTransaction', { status: 'Rejected' });
    return;
  }
  turn.ask(
    { for: 'remote-stop', callId, transactionId },
    { ask: 'transaction-key', transactionId },
  );
};

/** Rejected for an id that is unknown, or not that of a running transaction. */
export function onRemoteStopKey(turn: Turn, callId: string, key: string | undefined): void {
  const connector = [...turn.state.connectors.values()].find(
    ({ snapshot }) => key !== undefined && snapshot?.transaction?.key === key,
  );
  const found = connector?.evse !== undefined && key !== undefined;
  turn.respond(callId, 'RemoteStopTransaction', { status: found ? 'Accepted' : 'Rejected' });
  if (!found) return;
  turn.ask(
    { for: 'nothing', what: 'remote stop' },
    {
      ask: 'command',
      evse: connector.evse,
      command: { command: 'stop', transaction: key, reason: 'Remote' },
    },
  );
}
