import type { Fact, MeterReading, StopReason } from '@kerbside/charging';
import { amps, volts, wattHours, watts } from '@kerbside/kernel';

/** Facts of one charge on EVSE 1, in session `s1` unless told otherwise. */
const head = (at: number, session: string) => ({ at, evse: 1, session });

export const reading = (energy: number, at: number): MeterReading => ({
  at,
  energy: wattHours(energy),
  power: watts(11_000),
  voltage: [volts(230)],
  current: [amps(16)],
});

export const beganFact = (at: number, session = 's1'): Fact => ({
  ...head(at, session),
  source: 'system',
  type: 'session.began',
  data: { trigger: 'plug-in' },
});

export const endedFact = (at: number, session = 's1'): Fact => ({
  ...head(at, session),
  source: 'system',
  type: 'session.ended',
  data: { reason: 'EVDisconnected' },
});

export const startedFact = (
  transaction: string,
  energy: number,
  at: number,
  session = 's1',
): Fact => ({
  ...head(at, session),
  source: 'energy',
  type: 'transaction.started',
  data: { transaction, connector: 1, idToken: 'DEADBEEF12', meter: reading(energy, at) },
});

export const sampledFact = (
  transaction: string,
  energy: number,
  at: number,
  session = 's1',
): Fact => ({
  ...head(at, session),
  source: 'energy',
  type: 'meter.sampled',
  data: {
    transaction,
    connector: 1,
    meter: reading(energy, at),
    context: 'Sample.Periodic',
  },
});

export const stoppedFact = (
  transaction: string,
  energy: number,
  at: number,
  session = 's1',
  reason: StopReason = 'Local',
): Fact => ({
  ...head(at, session),
  source: 'energy',
  type: 'transaction.stopped',
  data: {
    transaction,
    connector: 1,
    meterStart: wattHours(0),
    meter: reading(energy, at),
    reason,
  },
});
