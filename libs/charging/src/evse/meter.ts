import { seconds, wattHours } from '@kerbside/kernel';
import type { MeterReading } from '../facts.ts';
import { clear, raise } from './faults.ts';
import { effectiveLimit } from './limits.ts';
import { T_METER_SILENT } from './timings.ts';
import type { Turn } from './turn.ts';

/** Below this the car draws nothing: a meter has its own noise. */
const NO_DRAW_WATTS = 30;
const WATCH_EVERY = seconds(2);
/** A sample is taken from a reading that is at most this old. */
const FRESH = seconds(5);

/** Takes over a reading; the register never goes back. */
export function takeReading(turn: Turn, reading: MeterReading): MeterReading {
  const { meter, idleSince, orders } = turn.state;
  const back = meter !== undefined && reading.energy < meter.energy;
  const next = back ? { ...reading, energy: meter.energy } : reading;
  const draws = orders.contactor === 'open' || Math.abs(reading.power) >= NO_DRAW_WATTS;
  turn.set({
    meter: next,
    meterAt: turn.moment.now,
    idleSince: draws ? undefined : (idleSince ?? turn.moment.now),
  });
  clear(turn, 'meter-failure');
  return next;
}

/** A transaction whose energy nobody counts is ended. */
export function onMeterWatch(turn: Turn): void {
  const { transaction, meterAt } = turn.state;
  if (transaction && turn.moment.now - meterAt > T_METER_SILENT)
    raise(turn, 'meter-failure', 'the meter does not answer', 'own');
  turn.arm('meter-watch', WATCH_EVERY);
}

export function armSample(turn: Turn): void {
  if (turn.state.config.sampleInterval > 0) turn.arm('sample', turn.state.config.sampleInterval);
}

/** The interval changed: a running transaction samples by the new one from now on. */
export function restartSampling(turn: Turn): void {
  turn.cancel('sample');
  if (turn.state.transaction?.at === 'open') armSample(turn);
}

/** One `meter.sampled`; left out where the meter is silent, never invented. */
export function onSample(turn: Turn): void {
  const { transaction, meter, meterAt, session, config } = turn.state;
  if (transaction?.at !== 'open' && transaction?.at !== 'ending') return;
  armSample(turn);
  if (!meter || turn.moment.now - meterAt > FRESH) return;
  turn.fact({
    source: 'energy',
    type: 'meter.sampled',
    data: {
      transaction: transaction.key,
      connector: config.connector,
      meter: { ...meter, energy: wattHours(Math.max(meter.energy, transaction.meterStart)) },
      ...(session?.soc === undefined ? {} : { soc: session.soc }),
      offered: effectiveLimit(turn.state),
      context: 'Sample.Periodic',
    },
  });
}
