import type { BootNotificationRequest } from '../messages/v16/boot-notification.ts';
import type { AuthorizationStatus } from '../messages/v16/id-tag-info.ts';
import type { MeterValuesRequest } from '../messages/v16/meter-values.ts';
import type { StartTransactionRequest } from '../messages/v16/start-transaction.ts';
import type { StatusNotificationRequest } from '../messages/v16/status-notification.ts';
import type { StopTransactionRequest } from '../messages/v16/stop-transaction.ts';

/** A card that the CSMS knows. */
export interface CsmsToken {
  readonly idTag: string;
  readonly status: 'Accepted' | 'Blocked';
  /** Wall time, milliseconds since 1970. */
  readonly expiry?: number | undefined;
  readonly parentIdTag?: string | undefined;
}

/** A Start as it is stored: the request, and what became of the card. */
export interface CsmsStart {
  readonly station: string;
  readonly request: StartTransactionRequest;
  readonly status: AuthorizationStatus;
  /** Wall time of receipt. */
  readonly at: number;
}

/**
 * What the manager keeps. Each method is one commit and resolves when it is synced: only then is the
 * station answered. A message that comes again changes nothing and gets the same answer.
 */
export interface CsmsStore {
  boot(station: string, request: BootNotificationRequest, at: number): Promise<void>;
  /** Whether the station has ever booted here. */
  hasBooted(station: string): Promise<boolean>;
  status(station: string, request: StatusNotificationRequest, at: number): Promise<void>;
  token(idTag: string): Promise<CsmsToken | undefined>;
  /** The transactionId; the same for the same station, connector, idTag, timestamp and meterStart. */
  start(start: CsmsStart): Promise<number>;
  /** The first Stop of a transaction counts; one of an unknown transaction is kept for a person to look at. */
  stop(
    station: string,
    request: StopTransactionRequest,
    at: number,
  ): Promise<'stopped' | 'repeated' | 'unknown'>;
  /** Each meter value counts once. */
  meterValues(station: string, request: MeterValuesRequest, at: number): Promise<void>;
}
