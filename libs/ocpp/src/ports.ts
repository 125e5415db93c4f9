import type { Amps } from '@kerbside/kernel';

/** One WebSocket connection, as OCPP-J sees it: text in, text out. OCPP-J 1.6 section 3 */
export interface OcppSocket {
  /** Hands one text frame to the network. Does nothing once the socket is closed. */
  send(text: string): void;
  /** Sends a WebSocket ping; its pong comes back as an event. */
  ping(): void;
  close(code: number, reason: string): void;
}

export type OcppSocketEvent =
  | { readonly event: 'open'; readonly protocol: string }
  | { readonly event: 'text'; readonly text: string }
  | { readonly event: 'pong' }
  /** The peer pinged: the connection is alive. */
  | { readonly event: 'ping' }
  /** The end of the socket, also of one that never opened; sent exactly once. `reason` is for people. */
  | {
      readonly event: 'closed';
      readonly opened: boolean;
      readonly code: number;
      readonly reason: string;
    };

/** Opens a socket to the CSMS; everything that happens to it, also its failure, comes as events. */
export type OcppSocketFactory = (listener: (event: OcppSocketEvent) => void) => OcppSocket;

/** Our own name of a transaction, given before the CSMS knows of it. */
export type TransactionKey = string;

/** The transaction messages of the Core profile, in the order in which they must be sent; and what is told beside. */
export type QueuedAction = 'StartTransaction' | 'MeterValues' | 'StopTransaction' | 'DataTransfer';

/** A row of the queue, committed together with the journal entry that it comes from. */
export interface QueueRow {
  readonly action: QueuedAction;
  /** Empty for a message of no transaction. */
  readonly transaction: TransactionKey;
  /** The payload as JSON, without the transactionId that only StartTransaction.conf tells. */
  readonly body: string;
}

/** The row at the head of the queue, with what has happened to it so far. */
export interface QueuedMessage extends QueueRow {
  /** Rises with each row; the order of the queue. */
  readonly seq: number;
  /** Tries that the CSMS failed to process. */
  readonly attempts: number;
  /** The payload exactly as sent; set once, before the first try. */
  readonly rendered?: string;
  /** What the CSMS answered to the StartTransaction of this transaction, when it did. */
  readonly transactionId?: number;
}

export interface AssignedTransaction {
  readonly transaction: TransactionKey;
  readonly transactionId: number;
}

/**
 * The transaction queue on disk. Each method resolves when its change is synced, and rejects when it is not.
 * Rows are added by the store itself, in the commit of their journal entry.
 */
export interface QueueStore {
  /** The oldest row that is neither done nor dropped. */
  head(): Promise<QueuedMessage | undefined>;
  length(): Promise<number>;
  markRendered(seq: number, payload: string): Promise<void>;
  markAttempt(seq: number, attempts: number): Promise<void>;
  /** The CSMS has taken the message; `assigned` is written in the same commit. */
  markDone(seq: number, assigned?: AssignedTransaction): Promise<void>;
  /** Gives the message up; the row no longer counts, the journal keeps why. */
  drop(seq: number, reason: string): Promise<void>;
  transactionId(transaction: TransactionKey): Promise<number | undefined>;
  transactionKey(transactionId: number): Promise<TransactionKey | undefined>;
}

/** What the CSMS said of a card, kept for the time without it. */
export interface CachedCard {
  /** In upper case: idTags compare without case. */
  readonly idToken: string;
  readonly status: StationAuthorizationStatus;
  readonly parentIdToken?: string | undefined;
  /** Wall time, milliseconds since 1970. */
  readonly expires?: number | undefined;
  readonly updatedAt: number;
}

/** What the station keeps over a restart. Each method resolves when synced, and rejects when it is not. */
export interface StationStore {
  load(): Promise<{
    /** `config.<Key>` and `availability.<connector>` */
    readonly settings: Readonly<Record<string, string>>;
    readonly cards: readonly CachedCard[];
  }>;
  putSetting(key: string, value: string): Promise<void>;
  putCard(card: CachedCard): Promise<void>;
  removeCard(idToken: string): Promise<void>;
  clearCards(): Promise<void>;
}

/** What the station asks of one EVSE; a subset of the commands of `charging`. */
export type StationCommand =
  | { readonly command: 'start'; readonly idToken: string; readonly by: 'remote' }
  | {
      readonly command: 'stop';
      readonly transaction?: TransactionKey;
      readonly reason: 'Remote' | 'DeAuthorized' | 'SoftReset' | 'HardReset' | 'UnlockCommand';
    }
  | { readonly command: 'unlock' }
  | { readonly command: 'availability'; readonly operative: boolean }
  | { readonly command: 'limit'; readonly slot: 'ocpp'; readonly limit: Amps | undefined };

export type StationCommandAnswer =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly code: string; readonly reason: string };

export interface StationCommands {
  command(
    evse: number,
    command: StationCommand,
  ): StationCommandAnswer | Promise<StationCommandAnswer>;
  /** Restarts the software (Soft) or the unit (Hard). Rejects when it can't. */
  reset(type: 'Soft' | 'Hard'): Promise<void>;
}

/** One reading of the meter, as `charging` makes it: energy in Wh, never rebased. */
export interface StationMeterReading {
  /** Wall time, milliseconds since 1970. */
  readonly at: number;
  readonly energy: number;
  readonly power: number;
  readonly voltage: readonly number[];
  readonly current: readonly number[];
}

/** What the station must know of an EVSE; a snapshot of `charging` fits. */
export interface StationEvseSnapshot {
  readonly evse: number;
  readonly state:
    | 'Available'
    | 'Preparing'
    | 'Authorizing'
    | 'Matching'
    | 'Communicating'
    | 'Ready'
    | 'Charging'
    | 'SuspendedEV'
    | 'SuspendedEVSE'
    | 'Stopping'
    | 'Finishing'
    | 'Faulted'
    | 'Unavailable';
  /** Wall time of the change, milliseconds since 1970. */
  readonly since: number;
  readonly pilot?: string;
  readonly transaction?: {
    readonly key: TransactionKey;
    readonly idToken: string;
  };
  readonly meter?: StationMeterReading;
  readonly faults: readonly { readonly code: string; readonly text: string }[];
}

export type StationAuthorizationStatus =
  'Accepted' | 'Blocked' | 'Expired' | 'Invalid' | 'ConcurrentTx';

export interface StationAuthorizationResult {
  readonly status: StationAuthorizationStatus;
  readonly from: 'csms' | 'local-list' | 'cache' | 'offline';
  readonly parentIdToken?: string;
}

/** Why a transaction ended, in the words of `charging`. */
export type StationStopReason =
  | 'EVDisconnected'
  | 'EVStopped'
  | 'Local'
  | 'Remote'
  | 'DeAuthorized'
  | 'EmergencyStop'
  | 'PowerLoss'
  | 'Reboot'
  | 'SoftReset'
  | 'HardReset'
  | 'UnlockCommand'
  | 'Storage'
  | 'BoardLost'
  | 'Fault'
  | 'Other';

/** The journal entries that become queue rows. */
export type TransactionFact =
  | {
      readonly at: number;
      readonly type: 'transaction.started';
      readonly data: {
        readonly transaction: TransactionKey;
        readonly connector: number;
        readonly idToken: string;
        readonly meter: StationMeterReading;
      };
    }
  | {
      readonly at: number;
      readonly type: 'meter.sampled';
      readonly data: {
        readonly transaction: TransactionKey;
        readonly connector: number;
        readonly meter: StationMeterReading;
        readonly soc?: number;
        readonly offered?: number;
        readonly context: 'Sample.Periodic' | 'Transaction.Begin' | 'Transaction.End' | 'Trigger';
      };
    }
  | {
      readonly at: number;
      readonly type: 'transaction.stopped';
      readonly data: {
        readonly transaction: TransactionKey;
        readonly connector: number;
        readonly idToken?: string;
        readonly meterStart: number;
        readonly meter: StationMeterReading;
        readonly reason: StationStopReason;
      };
    };

/** Any entry of the journal: those that are no transaction facts become no rows. */
export type JournalFact =
  TransactionFact | { readonly at: number; readonly type: string; readonly data: object };

/** One entry for the journal, made by the station; idTags and keys are masked. */
export interface StationFact {
  readonly at: number;
  readonly evse?: number;
  readonly source: 'ocpp';
  readonly type: `ocpp.${string}`;
  readonly data: Readonly<Record<string, unknown>>;
}
