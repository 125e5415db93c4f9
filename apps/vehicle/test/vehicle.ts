import { runVehicle, type VehicleEvent } from '@kerbside/vehicle';

/** Runs the vehicle in this process and gathers what it says. */
export function startVehicle(args: readonly string[], env: Record<string, string>) {
  const events: VehicleEvent[] = [];
  const lines: string[] = [];
  const errors: string[] = [];
  let stop: () => void = () => {};
  const exit = runVehicle(args, {
    env,
    out(line) {
      lines.push(line);
      if (line.startsWith('{')) events.push(JSON.parse(line) as VehicleEvent);
    },
    err: (line) => errors.push(line),
    onStop: (callback) => (stop = callback),
  });
  return {
    events,
    lines,
    errors,
    exit,
    stop: () => stop(),
    phases: () => events.flatMap((event) => (event.event === 'phase' ? [event.phase] : [])),
  };
}
