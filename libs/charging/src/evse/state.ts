import { type Amps, amps, type Percent, type Volts, volts, type WattHours } from '@kerbside/kernel';
import type { Fact, LimitSlot, MeterReading, SessionKind, StopReason } from '../facts.ts';
import type { PilotOutput, PilotState } from '../pilot.ts';
import type {
  EvseConfig,
  EvseStateName,
  RecoveredTransaction,
  SupplyCapabilities,
} from '../ports.ts';

/** What the board told. */
export interface BoardView {
  readonly link: boolean;
  /** When the link broke, monotonic: a fault in the journal, until it is back. */
  readonly lostAt: number | undefined;
  readonly pilot: PilotState;
  /** Measured, but not yet held for the debounce time. */
  readonly candidate: PilotState | undefined;
  readonly cable: Amps | undefined;
  readonly contactor: 'closed' | 'open' | 'welded' | 'unknown';
  readonly lock: 'locked' | 'unlocked' | 'failed' | 'unknown';
}

/** What the EVSE ordered last. */
export interface Orders {
  readonly output: PilotOutput;
  readonly contactor: 'closed' | 'open';
  readonly contactorReason: string;
  readonly locked: boolean;
  readonly limit: Amps | undefined;
  /** Monotonic; when the output last left F. */
  readonly leftFAt: number;
}

export interface ActiveFault {
  readonly code: string;
  readonly text: string;
  /** `board`: the board clears it. `own`: its cause clears it. `latched`: a person resets it. */
  readonly kind: 'board' | 'own' | 'latched';
}

/** A token that somebody presented, or an order to start. */
export interface Token {
  readonly idToken: string;
  readonly by: 'rfid' | 'remote' | 'operator' | 'recovery';
  readonly status: 'asking' | 'accepted';
  readonly ask: string;
  readonly askedAt: number;
  readonly parent?: string;
}

/** One stay of a car. */
export interface Session {
  readonly id: string;
  readonly began: number;
  readonly kind?: SessionKind;
  readonly soc?: Percent;
  readonly evccId?: string;
  readonly evMac?: string;
  /** Nobody authorised in time. */
  readonly timedOut: boolean;
  /** How the last token was refused. */
  readonly refused: string | undefined;
  /** A transaction of this stay is over. */
  readonly over: StopReason | undefined;
  readonly unplugged: boolean;
}

export interface Transaction {
  readonly key: string;
  readonly session: string;
  readonly idToken: string;
  readonly parent?: string;
  /**
   * reading: meter before the start; committing: the start is on its way to the disk; open: energy may
   * flow; ending: the car is told to stop; closing: the contactor opens; last-reading: meter for the stop.
   */
  readonly at: 'reading' | 'committing' | 'open' | 'ending' | 'closing' | 'last-reading';
  readonly started: number;
  readonly meterStart: WattHours;
  /** Monotonic; when the present reading was first wanted. */
  readonly readingSince: number;
  readonly stop?: { readonly reason: StopReason; readonly idToken?: string };
}

export interface PilotStep {
  readonly output: 'F' | 'X1';
  readonly after: number;
}

/** How the EVSE talks with the car. */
export type Comm =
  | { readonly at: 'none' }
  /** The pilot alone. IEC 61851-1 */
  | { readonly at: 'basic'; readonly beside?: Beside }
  | {
      readonly at: 'steps';
      readonly steps: readonly PilotStep[];
      /** `resuming`: the network of the paused session is kept. `ended`: nothing more is offered. */
      readonly leadsTo: 'basic' | 'listening' | 'resuming' | 'ended';
      readonly tries: number;
    }
  /** Matching is being made ready; the pilot stays as it is until then. */
  | { readonly at: 'readying'; readonly tries: number }
  /** 5 %, and no car has asked for matching yet. */
  | { readonly at: 'listening'; readonly tries: number }
  | { readonly at: 'matching'; readonly tries: number }
  /** Matched; SDP is answered. */
  | { readonly at: 'linked'; readonly tries: number }
  | { readonly at: 'talking'; readonly tries: number; readonly v2g: V2gState }
  /**
   * The V2G session is paused. Asleep: D-LINK_PAUSE, X1 and the network kept; before, its last answer
   * is on its way. `low`: when last looked at there was no energy to be had.
   */
  | { readonly at: 'paused'; readonly asleep: boolean; readonly low: boolean }
  /** Woken up: 5 %, and the car is to join the network that was kept. */
  | { readonly at: 'resuming'; readonly by: WokenBy; readonly tries: number }
  /** The V2G session is over; the car is still plugged in. */
  | { readonly at: 'ended' };

/**
 * What goes on beside basic charging. `resting`: it failed, and is tried again; `ending`: the last answer
 * is on its way; `over`: the car ended it.
 */
export type Beside = 'matching' | 'linked' | 'talking' | 'resting' | 'ending' | 'over';

export type WokenBy = 'car' | 'operator' | 'energy';

/** What the car has reached in its V2G session. */
export interface V2gState {
  readonly protocol: string;
  readonly authorizeAsked: boolean;
  readonly maxVoltage: Volts | undefined;
  readonly maxCurrent: Amps | undefined;
  /** Whether the car may have the contactor closed; `ramping`: the DC output goes down first. */
  readonly power: 'off' | 'asked' | 'on' | 'ramping';
  readonly cableCheck:
    'idle' | 'closing' | 'measuring' | 'discharging' | 'valid' | 'warning' | 'fault';
  readonly measured: 'valid' | 'warning';
  /** The contactor was closed for this session. */
  readonly wasOn: boolean;
  /** Between PowerDelivery start and stop. */
  readonly delivering: boolean;
  /** The end of the session is being told to the car, and time runs. */
  readonly told: boolean;
}

/** Facts on their way to the ledger, in order. */
export interface Outbox {
  readonly queue: readonly Fact[];
  /** How many, from the front, the ledger has now. */
  readonly inFlight: number;
  readonly ask: string;
  readonly failing: boolean;
  readonly attempts: number;
  readonly retryWaits: boolean;
  readonly dropped: number;
}

/** The transaction that a crash left open, and the car that may still be there. */
export interface Recovery {
  readonly open: RecoveredTransaction;
  readonly at: 'reading' | 'closed';
  readonly since: number;
  /** Whether it is; undefined before the board has told. */
  readonly stayed: boolean | undefined;
}

export interface Status {
  readonly state: EvseStateName;
  readonly reason: string;
  readonly waitingFor?: string;
  readonly next?: string;
  /** Wall time. */
  readonly since: number;
}

export interface EvseState {
  readonly config: EvseConfig;
  readonly ids: { readonly salt: string; readonly count: number };
  readonly has: {
    readonly hlc: boolean;
    readonly matching: boolean;
    readonly insulation: boolean;
    readonly supply: boolean;
  };
  /** Taken over from the port, which learns them when its link comes up. */
  readonly supply: SupplyCapabilities | undefined;
  readonly board: BoardView;
  readonly orders: Orders;
  readonly faults: readonly ActiveFault[];
  readonly operative: boolean;
  readonly limits: readonly LimitSlot[];
  readonly meter: MeterReading | undefined;
  /** Monotonic time of the newest reading. */
  readonly meterAt: number;
  /** Monotonic; since when the car draws nothing. */
  readonly idleSince: number | undefined;
  /** Monotonic; since when the car draws more than it is told. */
  readonly overSince: number | undefined;
  readonly present: { readonly voltage: Volts; readonly current: Amps };
  readonly token: Token | undefined;
  readonly session: Session | undefined;
  /** A token waits for a car: the name of the session that plugging in begins, so that the token is in it. */
  readonly comingSession: string | undefined;
  readonly transaction: Transaction | undefined;
  readonly comm: Comm;
  /** What runs beside the pilot: matching was entered, V2G was opened. */
  readonly running: { readonly matching: boolean; readonly hlc: boolean };
  /** What the car wants of the DC supply now. */
  readonly demand: { readonly voltage: Volts; readonly current: Amps } | undefined;
  /** What the DC supply is set to. */
  readonly setPoint: { readonly voltage: Volts; readonly current: Amps } | undefined;
  /** Basic charging below 6 A: `waiting` lets the car leave state C first. */
  readonly pause: 'no' | 'waiting' | 'paused';
  /** Monotonic; the last closings that were ordered, oldest first. */
  readonly closings: readonly number[];
  /** It closed as often as it may within the time: a closing waits, an opening does not. */
  readonly contactorRests: boolean;
  readonly outbox: Outbox;
  readonly recovery: Recovery | undefined;
  /** PowerDelivery requests that wait for the contactor. */
  readonly powerOn: readonly number[];
  /** Unlock commands that wait for the lock. */
  readonly unlocking: readonly number[];
  readonly meterAsk: string;
  /** A second token in a transaction: of the same group, perhaps. */
  readonly groupAsk: { readonly ask: string; readonly idToken: string } | undefined;
  /** The charger is going down: nothing starts any more. */
  readonly shutdown: StopReason | undefined;
  readonly status: Status;
}

export interface InitialOptions {
  readonly config: EvseConfig;
  /** Unlike that of any other run: names are made from it. */
  readonly salt: string;
  readonly has: EvseState['has'];
  readonly recovered: RecoveredTransaction | undefined;
  readonly now: number;
  readonly wall: number;
}

export function initialState({ config, ...options }: InitialOptions): EvseState {
  return {
    config,
    ids: { salt: options.salt, count: 0 },
    has: options.has,
    supply: undefined,
    board: {
      link: false,
      lostAt: undefined,
      pilot: 'A',
      candidate: undefined,
      cable: undefined,
      contactor: 'unknown',
      lock: 'unknown',
    },
    orders: {
      output: 'X1',
      contactor: 'open',
      contactorReason: 'start',
      locked: false,
      limit: undefined,
      leftFAt: -Infinity,
    },
    faults: [],
    operative: true,
    limits: [{ name: 'fuse', limit: config.fuse }],
    meter: undefined,
    meterAt: options.now,
    idleSince: undefined,
    overSince: undefined,
    present: { voltage: volts(0), current: amps(0) },
    token: undefined,
    session: undefined,
    comingSession: undefined,
    transaction: undefined,
    comm: { at: 'none' },
    running: { matching: false, hlc: false },
    demand: undefined,
    setPoint: undefined,
    pause: 'no',
    closings: [],
    contactorRests: false,
    outbox: {
      queue: [],
      inFlight: 0,
      ask: '',
      failing: false,
      attempts: 0,
      retryWaits: false,
      dropped: 0,
    },
    recovery: options.recovered && {
      open: options.recovered,
      at: 'reading',
      since: options.now,
      stayed: undefined,
    },
    powerOn: [],
    unlocking: [],
    meterAsk: '',
    groupAsk: undefined,
    shutdown: undefined,
    status: { state: 'Unavailable', reason: 'board-link-down', since: options.wall },
  };
}

/** This session is, or can only be, a DC one. */
export const deliversDc = (state: Pick<EvseState, 'config' | 'session'>): boolean =>
  state.config.kind === 'DC' ||
  (state.config.kind === 'AC+DC' && state.session?.kind === 'iso2-dc');
