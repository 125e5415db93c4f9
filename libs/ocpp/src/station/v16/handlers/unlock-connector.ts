import type { StationCommandAnswer } from '../../../ports.ts';
import type { Turn } from '../turn.ts';
import type { Handler } from './handler.ts';

/** A running transaction ends first, with the reason UnlockCommand. OCPP 1.6 section 5.18 */
export const onUnlockConnector: Handler<'UnlockConnector'> = (turn, { connectorId }, callId) => {
  const connector = turn.state.connectors.get(connectorId);
  if (connector?.evse === undefined) {
    turn.respond(callId, 'UnlockConnector', { status: 'NotSupported' });
    return;
  }
  const { evse, snapshot } = connector;
  if (snapshot?.transaction)
    turn.ask(
      { for: 'nothing', what: 'stop before unlock' },
      {
        ask: 'command',
        evse,
        command: {
          command: 'stop',
          transaction: snapshot.transaction.key,
          reason: 'UnlockCommand',
        },
      },
    );
  turn.ask({ for: 'unlock', callId }, { ask: 'command', evse, command: { command: 'unlock' } });
};

export function onUnlockAnswer(turn: Turn, callId: string, answer: StationCommandAnswer): void {
  const notSupported = !answer.accepted && answer.code === 'not-supported';
  turn.respond(callId, 'UnlockConnector', {
    status: answer.accepted ? 'Unlocked' : notSupported ? 'NotSupported' : 'UnlockFailed',
  });
}
