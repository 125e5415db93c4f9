import { UsageError, optionHelp, systemClock, systemRandom } from '@kerbside/host';
import type { LogFields, Logger } from '@kerbside/kernel';
import { Car } from './car.ts';
import { readConfig, vehicleOptions, type VehicleConfig } from './config.ts';
import { eventText, type VehicleEvent } from './vehicle-event.ts';

export interface VehicleIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  out(line: string): void;
  err(line: string): void;
  /** Calls back when the process is asked to end. */
  onStop(stop: () => void): void;
}

const USAGE = 'kerbside vehicle: a simulated electric car at a charger\n';

function lineLogger(err: (line: string) => void, base: LogFields = {}): Logger {
  const at = (level: string) => (event: string, fields: LogFields) =>
    err(JSON.stringify({ level, event, ...base, ...fields }));
  const write =
    (level: string) =>
    (event: string, fields: LogFields = {}) =>
      at(level)(event, fields);
  return {
    debug: () => {},
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    with: (fields) => lineLogger(err, { ...base, ...fields }),
  };
}

const round = (_: string, value: unknown) =>
  typeof value === 'number' ? Number(value.toFixed(3)) : value;

/** Runs a simulated car: one charge, or standing by for the bench's orders. Gives the exit code: 0 for a good charge. */
export async function runVehicle(args: readonly string[], io: VehicleIo): Promise<number> {
  let config: VehicleConfig | 'help';
  try {
    config = readConfig(args, io.env);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(error.message);
    return error.exitCode;
  }
  if (config === 'help') {
    io.out(`${USAGE}\n${optionHelp(vehicleOptions).trimEnd()}`);
    return 0;
  }
  const { json, stay, bays } = config;
  const report = (event: VehicleEvent) =>
    io.out(json ? JSON.stringify(event, round) : eventText(event));
  const log = lineLogger(io.err);
  const cars = bays.map(
    (bay) => new Car({ bay, clock: systemClock, random: systemRandom, log, report }),
  );
  const stopped = new Promise<'stopped'>((resolve) => io.onStop(() => resolve('stopped')));
  const close = () => Promise.all(cars.map((car) => car.close()));

  const ready = Promise.all(cars.map((car) => car.ready));
  if ((await Promise.race([ready, stopped])) === 'stopped') {
    await close();
    return 0;
  }
  report({ event: 'ready', evses: bays.map(({ evse }) => evse) });
  const [first] = cars;
  if (!stay || !first) {
    await stopped;
    await close();
    return 0;
  }
  const end = await Promise.race([first.plugIn(stay), stopped]);
  await close();
  return end !== 'stopped' && end.ok ? 0 : 1;
}
