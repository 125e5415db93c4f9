import { amps, type Clock, type Duration, millis, volts, watts } from '@kerbside/kernel';
import type { InsulationMonitor, PowerSupply } from '../ports.ts';

export interface MemorySupply extends PowerSupply {
  readonly setPoint: { readonly voltage: number; readonly current: number } | undefined;
  /** Tells what is present on the output. */
  tell(voltage: number, current: number): void;
}

/** A supply in memory: its output follows at once unless the test tells otherwise. */
export function memorySupply(): MemorySupply {
  const listeners: Parameters<PowerSupply['onPresent']>[0][] = [];
  let setPoint: { voltage: number; current: number } | undefined;
  const tell = (voltage: number, current: number): void => {
    for (const listener of listeners) listener({ voltage: volts(voltage), current: amps(current) });
  };
  return {
    capabilities: {
      minVoltage: volts(150),
      maxVoltage: volts(1000),
      minCurrent: amps(0),
      maxCurrent: amps(125),
      maxPower: watts(50_000),
    },
    get setPoint() {
      return setPoint;
    },
    set(voltage, current) {
      setPoint = { voltage, current };
      tell(voltage, 0);
    },
    off() {
      setPoint = undefined;
      tell(0, 0);
    },
    onPresent: (listener) => void listeners.push(listener),
    tell,
  };
}

export interface MemoryInsulation extends InsulationMonitor {
  result: 'valid' | 'warning' | 'fault';
  readonly measuring: boolean;
}

/** A monitor in memory that has its result after `takes`. */
export function memoryInsulation(options: {
  readonly clock: Clock;
  readonly takes?: Duration;
}): MemoryInsulation {
  const listeners: Parameters<InsulationMonitor['onResult']>[0][] = [];
  let measuring = false;
  const monitor: MemoryInsulation = {
    result: 'valid',
    get measuring() {
      return measuring;
    },
    start() {
      measuring = true;
      options.clock.arm(options.takes ?? millis(500), () => {
        if (measuring) for (const listener of listeners) listener({ status: monitor.result });
      });
    },
    stop: () => void (measuring = false),
    onResult: (listener) => void listeners.push(listener),
  };
  return monitor;
}
