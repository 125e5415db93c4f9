import type { StationState } from '../station-state.ts';
import { sampledValues, type SupportedMeasurand } from '../queue/measurands.ts';
import { timestampOf } from '../queue/queue-rows.ts';
import { itemsOf } from '../configuration/configuration.ts';
import { sendBoot, sendHeartbeat } from '../registration.ts';
import { statusKey, statusNotification } from '../status.ts';
import type { Turn } from '../turn.ts';
import type { Handler } from './handler.ts';

const connectorsOf = (state: StationState, connectorId: number | undefined) =>
  [...state.connectors.values()].filter(
    ({ connector }) => connectorId === undefined || connector === connectorId,
  );

function sendStatuses(turn: Turn, connectorId: number | undefined): void {
  for (const { connector, current } of connectorsOf(turn.state, connectorId)) {
    if (!current) continue;
    const key = statusKey(current);
    turn.setConnector(connector, { reported: key });
    turn.call(
      { for: 'status', connector, key },
      'StatusNotification',
      statusNotification(connector, current),
    );
  }
}

/** The newest reading of each connector; out of the queue, since it was asked for and not measured for billing. */
function sendMeterValues(turn: Turn, connectorId: number | undefined): void {
  const measurands = itemsOf(
    turn.state.configuration,
    'MeterValuesSampledData',
  ) as readonly SupportedMeasurand[];
  for (const { connector, snapshot, numbered } of connectorsOf(turn.state, connectorId)) {
    if (!snapshot?.meter) continue;
    const sampledValue = sampledValues({ meter: snapshot.meter, context: 'Trigger' }, measurands);
    if (sampledValue.length === 0) continue;
    const running = numbered && snapshot.transaction?.key === numbered.transaction;
    turn.call({ for: 'notify' }, 'MeterValues', {
      connectorId: connector,
      ...(running ? { transactionId: numbered.transactionId } : {}),
      meterValue: [{ timestamp: timestampOf(snapshot.meter.at), sampledValue }],
    });
  }
}

/** The answer goes first, then the message. OCPP 1.6 section 5.17 */
export const onTriggerMessage: Handler<'TriggerMessage'> = (turn, request, callId) => {
  const { requestedMessage, connectorId } = request;
  const answer = (status: 'Accepted' | 'Rejected' | 'NotImplemented') =>
    turn.respond(callId, 'TriggerMessage', { status });
  const known = connectorId === undefined || turn.state.connectors.has(connectorId);
  switch (requestedMessage) {
    case 'BootNotification':
      // The errata of 1.6 recommend to reject it once the boot is accepted.
      if (
        turn.state.registration === 'booting' ||
        (turn.state.registration === 'accepted' && !turn.state.settings.triggerBootAfterAccepted)
      ) {
        answer('Rejected');
        return;
      }
      answer('Accepted');
      sendBoot(turn);
      return;
    case 'Heartbeat':
      answer('Accepted');
      sendHeartbeat(turn);
      return;
    case 'StatusNotification':
      answer(known ? 'Accepted' : 'Rejected');
      if (known) sendStatuses(turn, connectorId);
      return;
    case 'MeterValues': {
      const measured = connectorsOf(turn.state, connectorId).some(
        ({ snapshot }) => snapshot?.meter,
      );
      answer(measured ? 'Accepted' : 'Rejected');
      if (measured) sendMeterValues(turn, connectorId);
      return;
    }
    case 'DiagnosticsStatusNotification':
    case 'FirmwareStatusNotification':
      answer('NotImplemented');
  }
};
