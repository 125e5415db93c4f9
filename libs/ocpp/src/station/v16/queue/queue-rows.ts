import type { MeterValuesRequest } from '../../../messages/v16/meter-values.ts';
import type { StartTransactionRequest } from '../../../messages/v16/start-transaction.ts';
import type { Reason, StopTransactionRequest } from '../../../messages/v16/stop-transaction.ts';
import type { JournalFact, QueueRow, StationStopReason, TransactionFact } from '../../../ports.ts';
import { sampledValues, type SupportedMeasurand } from './measurands.ts';

export interface QueueRowSettings {
  /** MeterValuesSampledData */
  readonly sampledData: readonly SupportedMeasurand[];
  /** Tell the CSMS what cars used of the internet service, under these names. */
  readonly internetUse?: InternetUseReport | undefined;
}

export interface InternetUseReport {
  readonly vendorId: string;
  readonly messageId: string;
}

const defaults: QueueRowSettings = { sampledData: ['Energy.Active.Import.Register'] };

const reasons: Readonly<Record<StationStopReason, Reason>> = {
  EVDisconnected: 'EVDisconnected',
  // The list of 1.6 has no word for a car that ends the session: a normal end at the charge point.
  EVStopped: 'Local',
  Local: 'Local',
  Remote: 'Remote',
  DeAuthorized: 'DeAuthorized',
  EmergencyStop: 'EmergencyStop',
  PowerLoss: 'PowerLoss',
  Reboot: 'Reboot',
  SoftReset: 'SoftReset',
  HardReset: 'HardReset',
  UnlockCommand: 'UnlockCommand',
  Storage: 'Other',
  BoardLost: 'Other',
  Fault: 'Other',
  Other: 'Other',
};

/** RFC 3339 in UTC, as OCPP wants it. */
export const timestampOf = (wall: number): string => new Date(wall).toISOString();

/** An idTag is a CiString20. */
export const idTagOf = (idToken: string): string => idToken.slice(0, 20);

const isTransactionFact = (fact: JournalFact): fact is TransactionFact =>
  fact.type === 'transaction.started' ||
  fact.type === 'meter.sampled' ||
  fact.type === 'transaction.stopped';

/** The wire payload without its transactionId, which is known when the row reaches the head. */
type Body =
  | { readonly action: 'StartTransaction'; readonly payload: StartTransactionRequest }
  | { readonly action: 'MeterValues'; readonly payload: MeterValuesRequest }
  | {
      readonly action: 'StopTransaction';
      readonly payload: Omit<StopTransactionRequest, 'transactionId'>;
    };

function bodyOf(fact: TransactionFact, settings: QueueRowSettings): Body | undefined {
  switch (fact.type) {
    case 'transaction.started': {
      const { connector, idToken, meter } = fact.data;
      return {
        action: 'StartTransaction',
        payload: {
          connectorId: connector,
          idTag: idTagOf(idToken),
          meterStart: Math.round(meter.energy),
          timestamp: timestampOf(fact.at),
        },
      };
    }
    case 'meter.sampled': {
      const { connector, meter } = fact.data;
      const sampledValue = sampledValues(fact.data, settings.sampledData);
      // A CSMS refuses an empty sampledValue.
      if (sampledValue.length === 0) return undefined;
      return {
        action: 'MeterValues',
        payload: {
          connectorId: connector,
          meterValue: [{ timestamp: timestampOf(meter.at), sampledValue }],
        },
      };
    }
    case 'transaction.stopped': {
      const { idToken, meterStart, meter, reason } = fact.data;
      return {
        action: 'StopTransaction',
        payload: {
          ...(idToken === undefined ? {} : { idTag: idTagOf(idToken) }),
          // A register that went back (replaced meter, clock jump) must not bill backwards.
          meterStop: Math.round(Math.max(meter.energy, meterStart)),
          timestamp: timestampOf(fact.at),
          reason: reasons[reason],
        },
      };
    }
  }
}

/** What a car used of the internet service, as DataTransfer.req. Its `data` is described in docs/vas.md. */
function internetUseRow(
  fact: JournalFact & { readonly evse?: number; readonly session?: string },
  { vendorId, messageId }: InternetUseReport,
): QueueRow {
  const { bytesUp, bytesDown, seconds, ports } = fact.data as Readonly<Record<string, unknown>>;
  const data = JSON.stringify({
    evse: fact.evse,
    session: fact.session,
    ended: timestampOf(fact.at),
    seconds,
    bytesUp,
    bytesDown,
    ports,
  });
  return {
    action: 'DataTransfer',
    transaction: '',
    body: JSON.stringify({ vendorId, messageId, data }),
  };
}

/** The OCPP rows that one journal entry makes; they are committed in the same transaction as the entry. */
export function queueRowsOf(
  fact: JournalFact,
  settings: QueueRowSettings = defaults,
): readonly QueueRow[] {
  if (fact.type === 'vas.ended' && settings.internetUse)
    return [internetUseRow(fact, settings.internetUse)];
  if (!isTransactionFact(fact)) return [];
  const body = bodyOf(fact, settings);
  if (!body) return [];
  return [
    {
      action: body.action,
      transaction: fact.data.transaction,
      body: JSON.stringify(body.payload),
    },
  ];
}
