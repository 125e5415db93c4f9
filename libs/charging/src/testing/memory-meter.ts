import { amps, type Clock, PortError, seconds, volts, wattHours, watts } from '@kerbside/kernel';
import type { MeterReading } from '../facts.ts';
import type { Meter } from '../ports.ts';

export interface MemoryMeter extends Meter {
  /** Watts that flow while `flows` says so. */
  power: number;
  silent: boolean;
  /** The register, watt-hours with fraction. */
  energy: number;
}

/** A meter in memory that counts `power` while `flows` is true, and pushes a reading each second. */
export function memoryMeter(options: { readonly clock: Clock; flows(): boolean }): MemoryMeter {
  const { clock } = options;
  const readings: ((reading: MeterReading) => void)[] = [];
  const failures: ((reason: string) => void)[] = [];
  let last = clock.monotonic();
  function count(): void {
    const now = clock.monotonic();
    if (options.flows()) meter.energy += (meter.power * (now - last)) / 3_600_000;
    last = now;
  }
  const reading = (): MeterReading => {
    const power = options.flows() ? meter.power : 0;
    return {
      at: clock.now(),
      energy: wattHours(meter.energy),
      power: watts(power),
      voltage: [volts(230), volts(230), volts(230)],
      current: [amps(power / 690), amps(power / 690), amps(power / 690)],
    };
  };
  const meter: MemoryMeter = {
    power: 0,
    silent: false,
    energy: 1000,
    onReading: (listener) => void readings.push(listener),
    onFailure: (listener) => void failures.push(listener),
    async read() {
      count();
      if (meter.silent) throw new PortError('meter.failed', 'silent');
      const now = reading();
      for (const listener of readings) listener(now);
      return now;
    },
  };
  /** Counts often, so that the energy is right whenever `flows` changes. */
  function poll(rounds: number): void {
    count();
    if (rounds % 20 === 0)
      if (meter.silent) for (const listener of failures) listener('silent');
      else for (const listener of readings) listener(reading());
    clock.arm((seconds(1) / 20) as ReturnType<typeof seconds>, () => poll(rounds + 1));
  }
  poll(1);
  return meter;
}
