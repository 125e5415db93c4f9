import { seconds, wattHours } from '@kerbside/kernel';
import type { MeterReading } from '../facts.ts';
import { clear, raise } from './faults.ts';
import { effectiveLimit } from './limits.ts';
import { deliversDc } from './state.ts';
import { T_METER_SILENT, T_OVER_CURRENT } from './timings.ts';
import type { Turn } from './turn.ts';

/** Below this the car draws nothing: a meter has its own noise. */
const NO_DRAW_WATTS = 30;
const WATCH_EVERY = seconds(2);
/** A sample is taken from a reading that is at most this old. */
const FRESH = seconds(5);

/** Takes over a reading; while energy is counted the register never goes back. */
export function takeReading(turn: Turn, reading: MeterReading): MeterReading {
  const { meter, idleSince, orders, transaction, recovery } = turn.state;
  // Between transactions a lower register is that of another meter, and the next one counts from there.
  const counting = transaction !== undefined || recovery?.at === 'reading';
  const back = counting && meter !== undefined && reading.energy < meter.energy;
  const next = { ...conductorsOf(turn.state, reading), ...(back && { energy: meter.energy }) };
  const draws = orders.contactor === 'open' || Math.abs(reading.power) >= NO_DRAW_WATTS;
  turn.set({
    meter: next,
    meterAt: turn.moment.now,
    idleSince: draws ? undefined : (idleSince ?? turn.moment.now),
  });
  clear(turn, 'meter-failure');
  watchCurrent(turn, reading);
  return next;
}

/** DC has one voltage and one current, whatever else the meter of an outlet for both shows. */
const conductorsOf = (state: Turn['state'], reading: MeterReading): MeterReading =>
  deliversDc(state)
    ? { ...reading, voltage: reading.voltage.slice(0, 1), current: reading.current.slice(0, 1) }
    : reading;

/** What a meter may show above the limit before it counts: its error, and that of the duty cycle. */
const TOLERANCE = { factor: 1.1, amps: 1 } as const;

/** AC: the car alone holds the current down. One that takes more than its cable or fuse allows is cut off. */
function watchCurrent(turn: Turn, { current }: MeterReading): void {
  const { state } = turn;
  const { now } = turn.moment;
  const limit = effectiveLimit(state);
  const most = Math.max(0, ...current);
  const over =
    state.orders.contactor === 'closed' &&
    !deliversDc(state) &&
    most > limit * TOLERANCE.factor + TOLERANCE.amps;
  const overSince = over ? (state.overSince ?? now) : undefined;
  turn.set({ overSince });
  if (overSince === undefined || now - overSince < T_OVER_CURRENT) return;
  const text = `the car draws ${most.toFixed(1)} A where ${limit} A are allowed`;
  raise(turn, 'over-current', text, 'own');
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
