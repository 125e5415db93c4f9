import type {
  ChargePointErrorCode,
  ChargePointStatus,
  StatusNotificationRequest,
} from '../../messages/v16/status-notification.ts';
import type { StationEvseSnapshot } from '../../ports.ts';
import { timestampOf } from './queue/queue-rows.ts';

/** What StatusNotification says of a connector; `at` is when it came about, wall time. */
export interface ConnectorStatus {
  readonly status: ChargePointStatus;
  readonly errorCode: ChargePointErrorCode;
  readonly info: string | undefined;
  readonly vendorErrorCode: string | undefined;
  readonly at: number;
}

/** Words in our fault codes and the error code that they mean; the first that fits counts. */
const errorCodes: readonly (readonly [RegExp, ChargePointErrorCode])[] = [
  [/\block/i, 'ConnectorLockFailure'],
  [/ground|earth|insulation|rcd|residual|\bdc-?leak/i, 'GroundFailure'],
  [/temperature|overheat/i, 'HighTemperature'],
  [/over-?current/i, 'OverCurrentFailure'],
  [/over-?voltage/i, 'OverVoltage'],
  [/under-?voltage/i, 'UnderVoltage'],
  [/meter/i, 'PowerMeterFailure'],
  [/contactor|weld|relay|switch/i, 'PowerSwitchFailure'],
  [/reader|rfid/i, 'ReaderFailure'],
  [/pilot|communication/i, 'EVCommunicationError'],
  [/internal|storage|board/i, 'InternalError'],
];

const errorCodeOf = (code: string): ChargePointErrorCode =>
  errorCodes.find(([words]) => words.test(code))?.[1] ?? 'OtherError';

function statusOf({ state, transaction }: StationEvseSnapshot): ChargePointStatus {
  switch (state) {
    case 'Preparing':
    case 'Authorizing':
    case 'Matching':
    case 'Communicating':
    case 'Ready':
      // Preparing ends where the transaction begins; what is missing then is the car.
      return transaction ? 'SuspendedEV' : 'Preparing';
    case 'Stopping':
    case 'Finishing':
      return 'Finishing';
    case 'Available':
    case 'Charging':
    case 'SuspendedEV':
    case 'SuspendedEVSE':
    case 'Faulted':
    case 'Unavailable':
      return state;
  }
}

/** The status of a connector as OCPP names it. OCPP 1.6 section 4.9 */
export function connectorStatus(snapshot: StationEvseSnapshot): ConnectorStatus {
  const fault = snapshot.faults.at(-1);
  const status = statusOf(snapshot);
  return {
    status,
    errorCode: fault ? errorCodeOf(fault.code) : status === 'Faulted' ? 'OtherError' : 'NoError',
    info: fault?.text.slice(0, 50) || undefined,
    vendorErrorCode: fault?.code.slice(0, 50) || undefined,
    at: snapshot.since,
  };
}

/** Equal for two statuses that need not be told apart on the wire. */
export const statusKey = ({ status, errorCode, vendorErrorCode }: ConnectorStatus): string =>
  [status, errorCode, vendorErrorCode ?? ''].join('|');

/** The timestamp is that of the change, not that of sending. */
export function statusNotification(
  connectorId: number,
  { status, errorCode, info, vendorErrorCode, at }: ConnectorStatus,
): StatusNotificationRequest {
  return {
    connectorId,
    errorCode,
    ...(info === undefined ? {} : { info }),
    status,
    timestamp: timestampOf(at),
    ...(vendorErrorCode === undefined ? {} : { vendorErrorCode }),
  };
}
