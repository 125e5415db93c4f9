import type { StationCommandAnswer } from '../../../ports.ts';
import { cardKey } from '../authorization.ts';
import { isSet, numberOf } from '../configuration/configuration.ts';
import type { Connector } from '../station-state.ts';
import type { Turn } from '../turn.ts';
import type { Handler } from './handler.ts';

const startable = ({ snapshot }: Connector): boolean =>
  snapshot !== undefined &&
  !snapshot.transaction &&
  !['Stopping', 'Finishing', 'Unavailable', 'Faulted'].includes(snapshot.state);

/** The connector asked for; without one the first that is plugged in, else the first that is free. */
function chosen(turn: Turn, connectorId: number | undefined): Connector | undefined {
  const free = [...turn.state.connectors.values()].filter(
    (connector) => connector.evse !== undefined && startable(connector),
  );
  if (connectorId !== undefined) return free.find(({ connector }) => connector === connectorId);
  return free.find(({ snapshot }) => snapshot?.state !== 'Available') ?? free[0];
}

/** A chargingProfile is ignored, as section 5.11 wants of a station without smart charging. */
export const onRemoteStartTransaction: Handler<'RemoteStartTransaction'> = (
  turn,
  { connectorId, idTag },
  callId,
) => {
  const connector = turn.online && !turn.state.resetting ? chosen(turn, connectorId) : undefined;
  if (connector?.evse === undefined) {
    turn.respond(callId, 'RemoteStartTransaction', { status: 'Rejected' });
    return;
  }
  const { evse } = connector;
  const { configuration } = turn.state;
  const remoteStarts = new Map(turn.state.remoteStarts);
  // AuthorizeRemoteTxRequests false: the CSMS asked for it, so the card needs no Authorize.
  if (isSet(configuration, 'AuthorizeRemoteTxRequests')) remoteStarts.delete(evse);
  else {
    const wait = numberOf(configuration, 'ConnectionTimeOut') * 1000;
    const until = turn.moment.now + Math.max(wait, 1000);
    remoteStarts.set(evse, { idTag: cardKey(idTag), until });
  }
  turn.set({ remoteStarts });
  turn.ask(
    { for: 'remote-start', callId, evse, idTag },
    { ask: 'command', evse, command: { command: 'start', idToken: idTag, by: 'remote' } },
  );
};

export function onRemoteStartAnswer(
  turn: Turn,
  callId: string,
  evse: number,
  answer: StationCommandAnswer,
): void {
  if (!answer.accepted) {
    const remoteStarts = new Map(turn.state.remoteStarts);
    remoteStarts.delete(evse);
    turn.set({ remoteStarts });
  }
  turn.respond(callId, 'RemoteStartTransaction', {
    status: answer.accepted ? 'Accepted' : 'Rejected',
  });
}
