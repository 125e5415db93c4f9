import { type Duration, wattHours, watts } from '@kerbside/kernel';
import type { MeterReading } from '../facts.ts';
import type { Recovery } from './state.ts';
import {
  CLOCK_DEVIATION,
  T_METER_NEEDED,
  T_METER_RETRY,
  T_PLUG_SEEN,
  T_RESUME_UNSEEN,
} from './timings.ts';
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

/** The board tells what is plugged in: is it the vehicle of before? A later line without the time takes nothing back. */
export function judgeRecovery(turn: Turn, pluggedFor: Duration | undefined): void {
  const { recovery } = turn.state;
  if (!recovery || recovery.stayed === false) return;
  if (pluggedFor === undefined && recovery.stayed) return;
  turn.set({ recovery: { ...recovery, stayed: stayed(turn, recovery, pluggedFor) } });
}

/**
 * Whether the vehicle was plugged in before the last word on disk. Where the board cannot tell, it is taken for the same
 * one for a short time only; a clock that went back, or may have stood still, tells no time at all.
 */
function stayed(turn: Turn, { open }: Recovery, pluggedFor: Duration | undefined): boolean {
  const unseen = turn.moment.wall - open.lastAt;
  if (!open.timeKnown || unseen < 0) return false;
  if (pluggedFor !== undefined)
    return pluggedFor + T_PLUG_SEEN + unseen * CLOCK_DEVIATION >= unseen;
  return unseen <= T_RESUME_UNSEEN + turn.state.config.sampleInterval;
}

/** The vehicle of before has left: whoever comes is another. */
export function forgetVehicle(turn: Turn): void {
  const { recovery } = turn.state;
  if (recovery) turn.set({ recovery: { ...recovery, stayed: false } });
}

/** Whether the charge of before goes on with the vehicle that is there. */
export const mayResume = (turn: Turn, recovery: Recovery): boolean =>
  recovery.stayed ?? stayed(turn, recovery, undefined);

/** The charge of before does not go on: for all that is known this is another vehicle. */
export const tellNotResumed = (turn: Turn, { open }: Recovery): void =>
  turn.fact({
    source: 'system',
    type: 'system.replugged',
    data: { unseenMs: Math.max(0, Math.round(turn.moment.wall - open.lastAt)) },
  });
