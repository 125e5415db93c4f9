import type { StationEvseSnapshot } from '../../ports.ts';
import type { CallOutcome } from '../../rpc/rpc-machine.ts';
import { numberOf } from './configuration/configuration.ts';
import type { Connector } from './station-state.ts';
import { connectorStatus, type ConnectorStatus, statusKey, statusNotification } from './status.ts';
import type { Turn } from './turn.ts';

const timerOf = (connector: number): string => `status:${connector}`;

function sendStatus(turn: Turn, { connector }: Connector, current: ConnectorStatus): void {
  const key = statusKey(current);
  turn.setConnector(connector, { reported: key });
  turn.call(
    { for: 'status', connector, key },
    'StatusNotification',
    statusNotification(connector, current),
  );
}

/** After Accepted: connector 0 and every connector. OCPP 1.6 section 4.2 */
export function reportAllStatuses(turn: Turn): void {
  for (const connector of turn.state.connectors.keys())
    turn.setConnector(connector, { reported: undefined });
  reportChangedStatuses(turn);
}

/** After an outage: the present status of those that changed, not their history. OCPP 1.6 section 4.9 */
export function reportChangedStatuses(turn: Turn): void {
  for (const connector of turn.state.connectors.values()) {
    turn.cancel(timerOf(connector.connector));
    if (connector.current && statusKey(connector.current) !== connector.reported)
      sendStatus(turn, connector, connector.current);
  }
}

/** A status that held for MinimumStatusDuration. */
export function onStatusTimer(turn: Turn, connectorId: number): void {
  const connector = turn.state.connectors.get(connectorId);
  if (!turn.online || !connector?.current) return;
  if (statusKey(connector.current) !== connector.reported)
    sendStatus(turn, connector, connector.current);
}

export function setStatus(turn: Turn, connectorId: number, status: ConnectorStatus): void {
  const connector = turn.state.connectors.get(connectorId);
  if (!connector) return;
  const key = statusKey(status);
  if (connector.current && statusKey(connector.current) === key) return;
  turn.setConnector(connectorId, { current: status });
  if (!turn.online) return;
  const hold = numberOf(turn.state.configuration, 'MinimumStatusDuration');
  if (key === connector.reported) turn.cancel(timerOf(connectorId));
  // The first status of a connector is not one that may pass by.
  else if (hold > 0 && connector.reported !== undefined) turn.arm(timerOf(connectorId), hold);
  else sendStatus(turn, connector, status);
}

/** Connector 0 knows Available and Unavailable; it changes by ChangeAvailability of connector 0. */
export const chargePointStatus = (operative: boolean, at: number): ConnectorStatus => ({
  status: operative ? 'Available' : 'Unavailable',
  errorCode: 'NoError',
  info: undefined,
  vendorErrorCode: undefined,
  at,
});

export function onStatusOutcome(
  turn: Turn,
  connectorId: number,
  key: string,
  outcome: CallOutcome,
): void {
  const unheard =
    outcome.kind === 'disconnected' ||
    outcome.kind === 'refused' ||
    (outcome.kind === 'timeout' && outcome.silent);
  // The CSMS may not have seen it: tell it again after the reconnect.
  if (unheard && turn.state.connectors.get(connectorId)?.reported === key)
    turn.setConnector(connectorId, { reported: undefined });
}

export function connectorOfEvse(turn: Turn, evse: number): Connector | undefined {
  for (const connector of turn.state.connectors.values())
    if (connector.evse === evse) return connector;
  return undefined;
}

/** What the EVSE shows now; scheduled changes of availability happen when its transaction is over. */
export function onEvse(turn: Turn, snapshot: StationEvseSnapshot): void {
  const connector = connectorOfEvse(turn, snapshot.evse);
  if (!connector) return;
  turn.setConnector(connector.connector, { snapshot });
  setStatus(turn, connector.connector, connectorStatus(snapshot));
  if (connector.scheduled && !snapshot.transaction) {
    turn.setConnector(connector.connector, { scheduled: false });
    commandAvailability(turn, { ...connector, snapshot });
  }
}

/** Tells the EVSE what its connector and the charge point as a whole are set to. */
export function commandAvailability(turn: Turn, { connector, evse, operative }: Connector): void {
  if (evse === undefined) return;
  const whole = turn.state.connectors.get(0)?.operative ?? true;
  turn.ask(
    { for: 'nothing', what: `availability of connector ${connector}` },
    { ask: 'command', evse, command: { command: 'availability', operative: whole && operative } },
  );
}
