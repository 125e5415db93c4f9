import type { AuthorizeRequest, AuthorizeResponse } from './authorize.ts';
import type { BootNotificationRequest, BootNotificationResponse } from './boot-notification.ts';
import type {
  ChangeAvailabilityRequest,
  ChangeAvailabilityResponse,
} from './change-availability.ts';
import type {
  ChangeConfigurationRequest,
  ChangeConfigurationResponse,
} from './change-configuration.ts';
import type { ClearCacheRequest, ClearCacheResponse } from './clear-cache.ts';
import type { DataTransferRequest, DataTransferResponse } from './data-transfer.ts';
import type { GetConfigurationRequest, GetConfigurationResponse } from './get-configuration.ts';
import type { HeartbeatRequest, HeartbeatResponse } from './heartbeat.ts';
import type { MeterValuesRequest, MeterValuesResponse } from './meter-values.ts';
import type {
  RemoteStartTransactionRequest,
  RemoteStartTransactionResponse,
} from './remote-start-transaction.ts';
import type {
  RemoteStopTransactionRequest,
  RemoteStopTransactionResponse,
} from './remote-stop-transaction.ts';
import type { ResetRequest, ResetResponse } from './reset.ts';
import type { StartTransactionRequest, StartTransactionResponse } from './start-transaction.ts';
import type {
  StatusNotificationRequest,
  StatusNotificationResponse,
} from './status-notification.ts';
import type { StopTransactionRequest, StopTransactionResponse } from './stop-transaction.ts';
import type { TriggerMessageRequest, TriggerMessageResponse } from './trigger-message.ts';
import type { UnlockConnectorRequest, UnlockConnectorResponse } from './unlock-connector.ts';

interface Pair<Request, Response> {
  readonly request: Request;
  readonly response: Response;
}

/** What a charge point asks of the CSMS: the Core profile. */
export interface StationToCsms {
  readonly Authorize: Pair<AuthorizeRequest, AuthorizeResponse>;
  readonly BootNotification: Pair<BootNotificationRequest, BootNotificationResponse>;
  readonly DataTransfer: Pair<DataTransferRequest, DataTransferResponse>;
  readonly Heartbeat: Pair<HeartbeatRequest, HeartbeatResponse>;
  readonly MeterValues: Pair<MeterValuesRequest, MeterValuesResponse>;
  readonly StartTransaction: Pair<StartTransactionRequest, StartTransactionResponse>;
  readonly StatusNotification: Pair<StatusNotificationRequest, StatusNotificationResponse>;
  readonly StopTransaction: Pair<StopTransactionRequest, StopTransactionResponse>;
}
export type StationAction = keyof StationToCsms;

/** What the CSMS asks of a charge point: the profiles Core and RemoteTrigger. */
export interface CsmsToStation {
  readonly ChangeAvailability: Pair<ChangeAvailabilityRequest, ChangeAvailabilityResponse>;
  readonly ChangeConfiguration: Pair<ChangeConfigurationRequest, ChangeConfigurationResponse>;
  readonly ClearCache: Pair<ClearCacheRequest, ClearCacheResponse>;
  readonly DataTransfer: Pair<DataTransferRequest, DataTransferResponse>;
  readonly GetConfiguration: Pair<GetConfigurationRequest, GetConfigurationResponse>;
  readonly RemoteStartTransaction: Pair<
    RemoteStartTransactionRequest,
    RemoteStartTransactionResponse
  >;
  readonly RemoteStopTransaction: Pair<RemoteStopTransactionRequest, RemoteStopTransactionResponse>;
  readonly Reset: Pair<ResetRequest, ResetResponse>;
  readonly TriggerMessage: Pair<TriggerMessageRequest, TriggerMessageResponse>;
  readonly UnlockConnector: Pair<UnlockConnectorRequest, UnlockConnectorResponse>;
}
export type CsmsAction = keyof CsmsToStation;

/** Every action of 1.6 with its security extension, so that "not offered" differs from "unknown". */
export const KNOWN_ACTIONS: ReadonlySet<string> = new Set([
  'Authorize',
  'BootNotification',
  'CancelReservation',
  'CertificateSigned',
  'ChangeAvailability',
  'ChangeConfiguration',
  'ClearCache',
  'ClearChargingProfile',
  'DataTransfer',
  'DeleteCertificate',
  'DiagnosticsStatusNotification',
  'ExtendedTriggerMessage',
  'FirmwareStatusNotification',
  'GetCompositeSchedule',
  'GetConfiguration',
  'GetDiagnostics',
  'GetInstalledCertificateIds',
  'GetLocalListVersion',
  'GetLog',
  'Heartbeat',
  'InstallCertificate',
  'LogStatusNotification',
  'MeterValues',
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'ReserveNow',
  'Reset',
  'SecurityEventNotification',
  'SendLocalList',
  'SetChargingProfile',
  'SignCertificate',
  'SignedFirmwareStatusNotification',
  'SignedUpdateFirmware',
  'StartTransaction',
  'StatusNotification',
  'StopTransaction',
  'TriggerMessage',
  'UnlockConnector',
  'UpdateFirmware',
]);
