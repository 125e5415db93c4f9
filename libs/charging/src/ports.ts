import type { Amps, Duration, Percent, Volts, WattHours, Watts } from '@kerbside/kernel';
import type {
  AuthorizationOrigin,
  AuthorizationStatus,
  EvseId,
  Fact,
  LimitSlot,
  MeterReading,
  SessionId,
  SessionKind,
  StopReason,
  TransactionKey,
} from './facts.ts';
import type { PilotOutput, PilotState } from './pilot.ts';
import type { PilotTimerName } from './pilot-timers.ts';

/** The charger's hardware. Opening is never refused and never awaited. */
export interface Board {
  setPilot(output: PilotOutput): void;
  /** `output`: which contactor, where the outlet has one for AC and one for DC. */
  closeContactor(output?: 'AC' | 'DC'): void;
  openContactor(): void;
  setLock(locked: boolean): void;
  /** What the car may draw now, per phase on AC: for a board that guards or shows it. */
  setLimit?(limit: Amps): void;
  /** Called with each event; the board sends its whole state when the link comes up. */
  onEvent(listener: (event: BoardEvent) => void): void;
  /** It tells each edge of the pilot within 20 ms, so that BCB toggles can be counted. Absent: not. */
  readonly tellsPilotEdges?: boolean;
}

export type BoardEvent =
  | {
      readonly event: 'pilot';
      readonly state: PilotState;
      readonly voltage?: Volts;
      /** For how long a vehicle has been there without a break; absent: the board cannot tell. */
      readonly pluggedFor?: Duration;
    }
  /** What the cable's proximity resistor allows; undefined with a fixed cable or none plugged. */
  | { readonly event: 'cable'; readonly rating: Amps | undefined }
  | { readonly event: 'contactor'; readonly state: 'closed' | 'open' | 'welded' }
  | { readonly event: 'lock'; readonly state: 'locked' | 'unlocked' | 'failed' }
  | {
      readonly event: 'fault';
      readonly code: string;
      readonly text: string;
      readonly active: boolean;
    }
  | { readonly event: 'token'; readonly idToken: string }
  | { readonly event: 'temperature'; readonly celsius: number }
  /** The link to the board itself. While it is down the board opens the contactor by itself. */
  | { readonly event: 'link'; readonly up: boolean; readonly reason?: string };

export interface Meter {
  /** The newest reading, pushed at least once a second while the meter answers. */
  onReading(listener: (reading: MeterReading) => void): void;
  onFailure(listener: (reason: string) => void): void;
  /** Reads now. Rejects with a PortError when the meter does not answer in time. */
  read(): Promise<MeterReading>;
}

export interface SupplyCapabilities {
  readonly minVoltage: Volts;
  readonly maxVoltage: Volts;
  readonly minCurrent: Amps;
  readonly maxCurrent: Amps;
  readonly maxPower: Watts;
}

/** A DC supply: it follows the set point within its capabilities. */
export interface PowerSupply {
  readonly capabilities: SupplyCapabilities;
  set(voltage: Volts, current: Amps): void;
  off(): void;
  onPresent(listener: (present: { voltage: Volts; current: Amps }) => void): void;
}

export interface InsulationMonitor {
  start(): void;
  stop(): void;
  onResult(
    listener: (result: { status: 'valid' | 'warning' | 'fault'; kiloOhm?: number }) => void,
  ): void;
}

/** SLAC, as the EVSE sees it. ISO 15118-3 */
export interface Matching {
  /** Pilot B, C or D with 5 % or nominal duty: a car may match. After `pause` in the same network. Answered by `ready`. */
  enter(): void;
  /** The pilot left B, C and D: ends at once. */
  leave(): void;
  /** D-LINK_TERMINATE.request: leaves the network within TP_match_leave. */
  terminate(): void;
  /** D-LINK_ERROR.request: leaves the network; the pilot's error routine follows. */
  error(): void;
  /** D-LINK_PAUSE.request: keeps NMK and NID. */
  pause(): void;
  /** Each reading of the pilot as the board tells it, undebounced; only from a board that tells edges within 20 ms. */
  pilot?(state: PilotState): void;
  onEvent(listener: (event: MatchingEvent) => void): void;
}
export type MatchingEvent =
  /** Entered, and the modem has the key. */
  | { readonly event: 'ready' }
  | { readonly event: 'matching' }
  | { readonly event: 'matched'; readonly evMac: string }
  | { readonly event: 'failed'; readonly reason: string }
  | { readonly event: 'link-lost'; readonly reason: string };

/** What the SECC reads whenever it answers the car: the EVSE's live state. */
export interface EvseView {
  readonly authorization: 'waiting' | 'accepted' | 'rejected';
  /** Key of the transaction that is open: what a pause of the V2G session lasts at most. */
  readonly transaction: string | undefined;
  readonly contactor: 'open' | 'closed';
  /** Set when the EVSE wants the session to end: the car is told to stop. */
  readonly stop: StopReason | undefined;
  readonly fault: string | undefined;
  readonly cableCheck: 'idle' | 'ongoing' | 'valid' | 'warning' | 'fault';
  readonly present: { readonly voltage: Volts; readonly current: Amps };
  /** Effective limit per phase on AC, of the output on DC. */
  readonly maxCurrent: Amps;
  readonly supply: SupplyCapabilities | undefined;
  readonly meter: { readonly id: string; readonly energy: WattHours } | undefined;
}

/** What the car asked for over V2G, reported by the SECC as it happens. Voltages and currents at the inlet. */
export type HlcRequest =
  | { readonly request: 'session-setup'; readonly evccId: string; readonly protocol: string }
  | { readonly request: 'authorize' }
  | {
      readonly request: 'charge-parameters';
      readonly mode: 'AC' | 'DC';
      readonly maxVoltage?: Volts;
      readonly maxCurrent?: Amps;
      readonly minCurrent?: Amps;
      readonly energyWanted?: WattHours;
      readonly soc?: Percent;
    }
  | { readonly request: 'cable-check' }
  | { readonly request: 'pre-charge'; readonly voltage: Volts; readonly current: Amps }
  | {
      readonly request: 'demand';
      readonly voltage: Volts;
      readonly current: Amps;
      readonly soc?: Percent;
    }
  | { readonly request: 'power-off' }
  | { readonly request: 'welding-detection' }
  | { readonly request: 'session-stop'; readonly pause: boolean }
  /** The V2G session is gone without a SessionStop. */
  | { readonly request: 'lost'; readonly reason: string };

/** The charger's side of V2G towards the EVSE actor: implemented by `charging`, called by the SECC. */
export interface EvseSide {
  view(): EvseView;
  request(request: HlcRequest): void;
  /** PowerDelivery start: resolves when the contactor is closed, or says why it will not. Never rejects. */
  powerOn(): Promise<{ readonly on: true } | { readonly on: false; readonly reason: string }>;
}

/** The V2G service of one EVSE, as `charging` commands it. */
export interface HighLevelComm {
  /** Link is up: answer SDP, accept one V2G session. */
  open(): void;
  /** Ends the session and closes sockets; `reason` goes into the journal. */
  close(reason: string): void;
}

export interface AuthorizationResult {
  readonly status: AuthorizationStatus;
  readonly from: AuthorizationOrigin;
  readonly parentIdToken?: string;
}

export interface Authorizer {
  /**
   * Asks list, cache or back-end. Never rejects: no answer is a status. `by` says who presented the
   * token: a remote start may be accepted at once where the back-end is not to be asked again.
   */
  authorize(
    idToken: string,
    evse: EvseId,
    by?: 'rfid' | 'remote' | 'recovery',
  ): Promise<AuthorizationResult>;
}

/**
 * The session journal. Resolves when every fact is on disk; rejects when it is not, or took over 2 s.
 * A fact that is recorded again after a rejection is the very same object as before: one that landed
 * late must not be written twice.
 */
export interface Ledger {
  record(facts: readonly Fact[]): Promise<void>;
  /** Facts that need not be awaited: written in batches, in order with the recorded ones. */
  note(facts: readonly Fact[]): void;
}

/** A transaction that was open when the charger stopped. */
export interface OpenTransaction {
  readonly transaction: TransactionKey;
  readonly session: SessionId;
  readonly evse: EvseId;
  readonly connector: number;
  readonly idToken: string;
  readonly meterStart: WattHours;
  /** The last register value on disk. */
  readonly lastMeter: WattHours;
  /** When that was, milliseconds since 1970. */
  readonly lastAt: number;
}

/** A transaction that a crash left open, at the next start. */
export interface RecoveredTransaction extends OpenTransaction {
  /** Whether the clock tells how long ago `lastAt` was: it ran on since, or a time source has set it. */
  readonly timeKnown: boolean;
}

/** What people and back-ends may ask of an EVSE. */
export type EvseCommand =
  | {
      readonly command: 'start';
      readonly idToken: string;
      readonly by: 'rfid' | 'remote' | 'operator';
    }
  | { readonly command: 'stop'; readonly transaction?: TransactionKey; readonly reason: StopReason }
  | { readonly command: 'unlock' }
  | { readonly command: 'availability'; readonly operative: boolean }
  | {
      readonly command: 'limit';
      readonly slot: LimitSlot['name'];
      readonly limit: Amps | undefined;
    }
  | { readonly command: 'reset-fault' }
  /** Wakes a car that paused its session. */
  | { readonly command: 'wake-up' }
  /** Takes effect at once; the interval from the next sample on, what concerns matching from its next step on. */
  | ({
      readonly command: 'configure';
      readonly sampleInterval?: Duration;
      readonly connectionTimeout?: Duration;
    } & Partial<PilotConfig>);

export type CommandAnswer =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly code: string; readonly reason: string };

export type EvseStateName =
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

/** What a person sees of an EVSE: what, since when, why, what it waits for, what to do next. */
export interface EvseSnapshot {
  readonly evse: EvseId;
  readonly state: EvseStateName;
  /** Wall time, milliseconds since 1970. */
  readonly since: number;
  /** Stable key of the reason, translated by the UI, such as `waiting-for-authorization`. */
  readonly reason: string;
  readonly waitingFor?: string;
  readonly next?: string;
  readonly pilot: PilotState;
  readonly pilotOutput: PilotOutput;
  readonly contactor: 'open' | 'closed' | 'welded' | 'unknown';
  readonly lock: 'locked' | 'unlocked' | 'failed' | 'unknown';
  readonly boardLink: boolean;
  readonly session?: {
    readonly id: SessionId;
    readonly began: number;
    readonly kind?: SessionKind;
    readonly soc?: Percent;
    readonly evccId?: string;
    readonly evMac?: string;
  };
  /** A token waits for a car: what the journal calls the session that plugging in begins. */
  readonly comingSession?: SessionId;
  readonly transaction?: {
    readonly key: TransactionKey;
    readonly started: number;
    readonly meterStart: WattHours;
    readonly energy: WattHours;
    readonly idToken: string;
  };
  readonly meter?: MeterReading;
  /** DC output, where there is one. */
  readonly output?: { readonly voltage: Volts; readonly current: Amps };
  readonly limits: readonly LimitSlot[];
  readonly maxCurrent: Amps;
  readonly faults: readonly { readonly code: string; readonly text: string }[];
}

/** How the pilot goes with matching. ISO 15118-3 */
export interface PilotConfig {
  /** AC: 5 % duty also where the token came before the car. [V2G2-853] lets it charge by pilot alone. */
  readonly enforceHighLevelComm: boolean;
  /** AC: fall back to basic charging at the first failed matching, not after more tries. */
  readonly fastFallback: boolean;
  /** AC: a car may match also at a nominal duty cycle, and talk V2G beside basic charging. */
  readonly matchAtNominalDuty: boolean;
  /** C_sequ_retry: tries of matching after the first. */
  readonly sequenceRetries: number;
  /** Those not given are as `pilotTimers` has them. */
  readonly timers: Partial<Readonly<Record<PilotTimerName, Duration>>>;
}

export interface EvseConfig extends Partial<PilotConfig> {
  readonly evse: EvseId;
  /** OCPP connector id; equals `evse` unless told otherwise. */
  readonly connector: number;
  /** What the outlet delivers; with both, the vehicle's charge parameters decide for its session. */
  readonly kind: 'AC' | 'DC' | 'AC+DC';
  readonly phases: 1 | 3;
  readonly nominalVoltage: Volts;
  readonly fuse: Amps;
  /** Speak ISO 15118 (5 % duty) before basic charging. */
  readonly highLevelComm: boolean;
  readonly meterId: string;
  /** Interval of `meter.sampled` in a transaction; 0 turns it off. */
  readonly sampleInterval: Duration;
  /** Plug-in or token first, then the other within this time; 0 waits for ever. OCPP ConnectionTimeOut */
  readonly connectionTimeout: Duration;
  /** Vehicles that require ventilation (state D) are given energy: the area has it. Absent: not. IEC 61851-1 */
  readonly ventilation?: boolean;
  /** Closings of the contactor within any minute, at most; absent: 6. Opening is never held back. */
  readonly closingsPerMinute?: number;
}
