import type { CsmsAction } from '../../../messages/v16/actions.ts';
import { onChangeAvailability } from './change-availability.ts';
import { onChangeConfiguration } from './change-configuration.ts';
import { onClearCache } from './clear-cache.ts';
import { onDataTransfer } from './data-transfer.ts';
import { onGetConfiguration } from './get-configuration.ts';
import type { Handler } from './handler.ts';
import { onRemoteStartTransaction } from './remote-start-transaction.ts';
import { onRemoteStopTransaction } from './remote-stop-transaction.ts';
import { onReset } from './reset.ts';
import { onTriggerMessage } from './trigger-message.ts';
import { onUnlockConnector } from './unlock-connector.ts';

/** Who answers what; a message of the CSMS without a handler does not compile. */
export const handlers: { readonly [A in CsmsAction]: Handler<A> } = {
  ChangeAvailability: onChangeAvailability,
  ChangeConfiguration: onChangeConfiguration,
  ClearCache: onClearCache,
  DataTransfer: onDataTransfer,
  GetConfiguration: onGetConfiguration,
  RemoteStartTransaction: onRemoteStartTransaction,
  RemoteStopTransaction: onRemoteStopTransaction,
  Reset: onReset,
  TriggerMessage: onTriggerMessage,
  UnlockConnector: onUnlockConnector,
};

export const isOffered = (action: string): action is CsmsAction => Object.hasOwn(handlers, action);
