import { chargePointStatus, commandAvailability, setStatus } from '../connectors.ts';
import type { Handler } from './handler.ts';

/** In a transaction the change is Scheduled, idle connectors change at once. OCPP 1.6 section 5.2 */
export const onChangeAvailability: Handler<'ChangeAvailability'> = (turn, request, callId) => {
  const { connectorId, type } = request;
  const operative = type === 'Operative';
  if (!turn.state.connectors.has(connectorId)) {
    turn.respond(callId, 'ChangeAvailability', { status: 'Rejected' });
    return;
  }
  // Connector 0 stands for the charge point and every connector.
  const affected = [...turn.state.connectors.values()].filter(
    ({ connector }) => connectorId === 0 || connector === connectorId,
  );
  let scheduled = false;
  for (const { connector } of affected) {
    turn.setConnector(connector, { operative });
    turn.ask(
      { for: 'nothing', what: `availability of connector ${connector}` },
      {
        ask: 'put-setting',
        key: `availability.${connector}`,
        value: operative ? 'Operative' : 'Inoperative',
      },
    );
  }
  for (const { connector } of affected) {
    const known = turn.state.connectors.get(connector);
    if (!known) continue;
    const busy = known.snapshot?.transaction !== undefined;
    turn.setConnector(connector, { scheduled: busy });
    scheduled ||= busy;
    if (!busy) commandAvailability(turn, known);
  }
  if (connectorId === 0) setStatus(turn, 0, chargePointStatus(operative, turn.moment.wall));
  turn.respond(callId, 'ChangeAvailability', { status: scheduled ? 'Scheduled' : 'Accepted' });
};
