import type { Amps, Percent, Volts, WattHours, Watts } from '@kerbside/kernel';
import type { PilotState } from './pilot.ts';

/** Number of an EVSE, from 1. */
export type EvseId = number;
/** Our own name for one stay of a car, from plug-in to unplug. */
export type SessionId = string;
/** Our own name for one transaction, given before any back-end knows of it. */
export type TransactionKey = string;

/** Where the entry comes from: the lanes of the time line. */
export type FactSource =
  | 'pilot'
  | 'slac'
  | 'v2g'
  | 'authorization'
  | 'energy'
  | 'ocpp'
  | 'vas'
  | 'fault'
  | 'operator'
  | 'system';

/** Why a transaction or session ended; OCPP and the UI translate it. */
export type StopReason =
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

export type SessionKind = 'basic' | 'iso2-ac' | 'iso2-dc';

/** One reading of the meter. Energy is the import register, never rebased. */
export interface MeterReading {
  /** Wall time of the reading, milliseconds since 1970. */
  readonly at: number;
  readonly energy: WattHours;
  readonly power: Watts;
  /** Per phase; one entry on DC. */
  readonly voltage: readonly Volts[];
  readonly current: readonly Amps[];
}

interface Body<Source extends FactSource, Type extends string, Data> {
  readonly source: Source;
  readonly type: Type;
  readonly data: Data;
}

/** Facts that `charging` itself makes; the types of their data are fixed. */
export type ChargingFact =
  | Body<'pilot', 'pilot.changed', { state: PilotState; previous: PilotState; voltage?: Volts }>
  | Body<'pilot', 'pilot.duty', { dutyPercent: number; meaning: string }>
  | Body<'energy', 'contactor.changed', { state: 'closed' | 'open' | 'welded'; reason: string }>
  | Body<'energy', 'lock.changed', { state: 'locked' | 'unlocked' | 'failed' }>
  | Body<'system', 'session.began', { trigger: 'plug-in' | 'recovery' }>
  | Body<'system', 'session.kind', { kind: SessionKind }>
  | Body<'system', 'session.ended', { reason: StopReason; detail?: string }>
  | Body<
      'authorization',
      'authorization.requested',
      { idToken: string; by: 'rfid' | 'remote' | 'recovery' }
    >
  | Body<
      'authorization',
      'authorization.answered',
      { idToken: string; status: AuthorizationStatus; from: AuthorizationOrigin; tookMs: number }
    >
  | Body<
      'energy',
      'transaction.started',
      { transaction: TransactionKey; connector: number; idToken: string; meter: MeterReading }
    >
  | Body<
      'energy',
      'transaction.stopped',
      {
        transaction: TransactionKey;
        connector: number;
        idToken?: string;
        meterStart: WattHours;
        meter: MeterReading;
        reason: StopReason;
      }
    >
  | Body<
      'energy',
      'meter.sampled',
      {
        transaction: TransactionKey;
        connector: number;
        meter: MeterReading;
        soc?: Percent;
        offered?: Amps;
        context: 'Sample.Periodic' | 'Transaction.Begin' | 'Transaction.End' | 'Trigger';
      }
    >
  | Body<'energy', 'limit.changed', { limits: readonly LimitSlot[]; effective: Amps }>
  | Body<'fault', 'fault.raised', { code: string; text: string }>
  | Body<'fault', 'fault.cleared', { code: string }>;

/** Facts of the other services (SLAC steps, V2G messages, OCPP exchanges ...): data is JSON. */
export interface ServiceFact {
  readonly source: Exclude<FactSource, 'pilot' | 'energy'>;
  readonly type: `${'slac' | 'v2g' | 'sdp' | 'ocpp' | 'vas' | 'operator' | 'security' | 'system' | 'board' | 'http' | 'stream' | 'control'}.${string}`;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface FactHead {
  /** Wall time, milliseconds since 1970. */
  readonly at: number;
  readonly evse?: EvseId;
  readonly session?: SessionId;
}

/** One entry of the session journal. */
export type Fact = FactHead & (ChargingFact | ServiceFact);

/** Committed, with its OCPP row, before it takes effect; everything else is written in batches. */
const critical: ReadonlySet<string> = new Set([
  'transaction.started',
  'transaction.stopped',
  'meter.sampled',
  'session.began',
  'session.ended',
]);

export const isCritical = (fact: Fact): boolean =>
  critical.has(fact.type) || fact.type.startsWith('security.');

export type AuthorizationStatus = 'Accepted' | 'Blocked' | 'Expired' | 'Invalid' | 'ConcurrentTx';
export type AuthorizationOrigin = 'csms' | 'local-list' | 'cache' | 'offline' | 'operator';

/** One named limiter; the minimum of all is what the car is told. */
export interface LimitSlot {
  readonly name: 'cable' | 'fuse' | 'ocpp' | 'technician' | 'temperature' | 'supply' | 'vehicle';
  readonly limit: Amps;
}
