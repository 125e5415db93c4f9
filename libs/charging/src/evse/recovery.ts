import { wattHours, watts } from '@kerbside/kernel';
import type { MeterReading } from '../facts.ts';
import { T_METER_NEEDED, T_METER_RETRY } from './timings.ts';
import type { Turn } from './turn.ts';

/** A crash left a transaction open: it is closed with what the meter shows now. */
export function beginRecovery(turn: Turn): void {
  if (turn.state.recovery) turn.set({ meterAsk: turn.ask({ ask: 'meter' }) });
}

export function onRecoveryReading(turn: Turn, reading: MeterReading): void {
  const { recovery } = turn.state;
  if (recovery?.at !== 'reading') return;
  const { open } = recovery;
  const energy = wattHours(Math.max(reading.energy, open.lastMeter, open.meterStart));
  turn.fact(
    {
      source: 'energy',
      type: 'transaction.stopped',
      data: {
        transaction: open.transaction,
        connector: open.connector,
        meterStart: open.meterStart,
        meter: { ...reading, energy },
        reason: 'PowerLoss',
      },
    },
    open.session,
  );
  turn.fact(
    { source: 'system', type: 'session.ended', data: { reason: 'PowerLoss' } },
    open.session,
  );
  turn.set({ recovery: { ...recovery, at: 'closed' } });
}

/** No meter yet: asked again for a while, then the last value on disk counts. */
export function onRecoveryMeterSilent(turn: Turn): void {
  const { recovery } = turn.state;
  if (recovery?.at !== 'reading') return;
  if (turn.moment.now - recovery.since < 2 * T_METER_NEEDED) {
    turn.arm('meter-retry', T_METER_RETRY);
    return;
  }
  onRecoveryReading(turn, {
    at: turn.moment.wall,
    energy: recovery.open.lastMeter,
    power: watts(0),
    voltage: [],
    current: [],
  });
}
