import type {
  AnswerInput,
  ArmEffect,
  AskEffect,
  AskFailedInput,
  CancelEffect,
  TimeoutInput,
} from '@kerbside/kernel';
import type { StationAction } from '../../messages/v16/actions.ts';
import type { IdTagInfo } from '../../messages/v16/id-tag-info.ts';
import type {
  AssignedTransaction,
  CachedCard,
  StationAuthorizationResult,
  StationCommand,
  StationEvseSnapshot,
  TransactionKey,
} from '../../ports.ts';
import type { CallFrame } from '../../rpc/frame.ts';
import type { CallOutcome, CallResponse } from '../../rpc/rpc-machine.ts';
import type { Configuration } from './configuration/configuration.ts';
import type { StationSettings } from './station-settings.ts';
import type { ConnectorStatus } from './status.ts';

export type Registration = 'none' | 'booting' | 'pending' | 'rejected' | 'accepted';

export interface Connector {
  readonly connector: number;
  /** Connector 0 is the charge point itself and has none. */
  readonly evse: number | undefined;
  readonly snapshot: StationEvseSnapshot | undefined;
  readonly current: ConnectorStatus | undefined;
  /** Key of the status that the CSMS knows; undefined when it knows none. */
  readonly reported: string | undefined;
  /** As ChangeAvailability last set it. */
  readonly operative: boolean;
  /** A change of availability waits for the end of the transaction. */
  readonly scheduled: boolean;
  /** The transaction that gets no energy since its card was refused. */
  readonly suspended: TransactionKey | undefined;
  /** The last transaction that the CSMS has numbered. */
  readonly numbered: AssignedTransaction | undefined;
}

/** What a CALL of ours or a question is for: read when its outcome or answer comes. */
export type Work =
  | { readonly for: 'boot' }
  | { readonly for: 'notify' }
  | { readonly for: 'heartbeat' }
  | { readonly for: 'status'; readonly connector: number; readonly key: string }
  | { readonly for: 'authorize'; readonly ref: string; readonly idTag: string }
  /** A CALL of the CSMS, answered `status` when accepted or done. */
  | {
      readonly for: 'remote-start';
      readonly callId: string;
      readonly evse: number;
      readonly idTag: string;
    }
  | { readonly for: 'remote-stop'; readonly callId: string; readonly transactionId: number }
  | { readonly for: 'unlock'; readonly callId: string }
  | {
      readonly for: 'change-configuration';
      readonly callId: string;
      readonly key: string;
      readonly value: string;
    }
  | { readonly for: 'availability'; readonly callId: string; readonly scheduled: boolean }
  | { readonly for: 'clear-cache'; readonly callId: string }
  | { readonly for: 'reset' }
  /** Done for its effect; only a failure is told. */
  | { readonly for: 'nothing'; readonly what: string };

export interface Resetting {
  readonly type: 'Soft' | 'Hard';
  /** Tries that failed. */
  readonly failures: number;
  readonly asked: boolean;
}

/** A card that a RemoteStart has let in without asking again. */
export interface RemoteStart {
  readonly idTag: string;
  /** Monotonic milliseconds. */
  readonly until: number;
}

export interface StationState {
  readonly settings: StationSettings;
  readonly configuration: Configuration;
  readonly loaded: boolean;
  readonly connected: boolean;
  readonly registration: Registration;
  /** The CSMS told us to wait before the next BootNotification. */
  readonly bootHeld: boolean;
  readonly connectors: ReadonlyMap<number, Connector>;
  readonly cards: ReadonlyMap<string, CachedCard>;
  readonly authorizing: ReadonlyMap<string, string>;
  readonly remoteStarts: ReadonlyMap<number, RemoteStart>;
  readonly resetting: Resetting | undefined;
  readonly queueLength: number;
  readonly work: ReadonlyMap<string, Work>;
  readonly nextWork: number;
}

export type StationInput =
  | {
      readonly on: 'loaded';
      readonly settings: Readonly<Record<string, string>>;
      readonly cards: readonly CachedCard[];
    }
  | { readonly on: 'connected' }
  | { readonly on: 'disconnected' }
  | { readonly on: 'incoming'; readonly call: CallFrame }
  | { readonly on: 'outcome'; readonly id: string; readonly outcome: CallOutcome }
  | { readonly on: 'evse'; readonly snapshot: StationEvseSnapshot }
  | {
      readonly on: 'authorize';
      readonly ref: string;
      readonly idToken: string;
      readonly evse: number;
    }
  /** The CSMS said something of a card in Start or Stop; `started` when it was the start of `transaction`. */
  | {
      readonly on: 'id-tag-info';
      readonly idTag: string | undefined;
      readonly info: IdTagInfo;
      readonly started?: AssignedTransaction & { readonly connector: number };
    }
  | { readonly on: 'queue-length'; readonly length: number }
  /** A message of the queue was answered; `code` when by a CALLERROR. */
  | { readonly on: 'exchanged'; readonly code?: string }
  | TimeoutInput
  | AnswerInput
  | AskFailedInput;

export type StationQuestion =
  | { readonly ask: 'command'; readonly evse: number; readonly command: StationCommand }
  | { readonly ask: 'put-setting'; readonly key: string; readonly value: string }
  | { readonly ask: 'put-card'; readonly card: CachedCard }
  | { readonly ask: 'remove-card'; readonly idToken: string }
  | { readonly ask: 'clear-cards' }
  | { readonly ask: 'transaction-key'; readonly transactionId: number }
  | { readonly ask: 'reset'; readonly type: 'Soft' | 'Hard' };

export type StationEffect =
  | ArmEffect
  | CancelEffect
  | AskEffect<StationQuestion>
  | {
      readonly do: 'call';
      readonly id: string;
      readonly action: StationAction;
      /** JSON of an object. */
      readonly payload: string;
      readonly urgent: boolean;
    }
  | { readonly do: 'withdraw'; readonly id: string }
  | { readonly do: 'respond'; readonly id: string; readonly response: CallResponse }
  | { readonly do: 'authorized'; readonly ref: string; readonly result: StationAuthorizationResult }
  /** The transaction queue may be sent, or must wait. */
  | { readonly do: 'queue'; readonly open: boolean }
  | { readonly do: 'configured'; readonly key: string; readonly value: string }
  | {
      readonly do: 'report';
      readonly type: `ocpp.${string}`;
      readonly data: Readonly<Record<string, unknown>>;
    };
