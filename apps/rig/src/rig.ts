import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Cancel, type Clock, type Logger, millis } from '@kerbside/kernel';
import type { RigConfig } from './config.ts';
import { meterMemory } from './meter-memory.ts';
import { openRigEvse, type RigEvse } from './rig-evse.ts';
import { serveBench } from './servers/bench-server.ts';

/** One step of the model. */
export const STEP_MS = 20;
/** After a long stall the model jumps: what was more than this long ago did not happen. */
const CATCH_UP_MS = 1000;
const REMEMBER_EVERY_MS = 5000;

export interface Rig {
  readonly evses: ReadonlyMap<number, RigEvse>;
  close(): Promise<void>;
}

/** Opens all sockets and runs the model in real time until closed. */
export async function openRig(
  config: RigConfig,
  ports: { readonly clock: Clock; readonly log: Logger },
): Promise<Rig> {
  const { clock, log } = ports;
  const memory = meterMemory(config.data && join(config.data, 'meters.json'));
  const evses = new Map<number, RigEvse>();
  mkdirSync(config.directory, { recursive: true });
  for (const { evse, kind, meterPort } of config.evses)
    evses.set(
      evse,
      await openRigEvse({
        evse,
        directory: config.directory,
        kind,
        meterPort,
        energyWh: memory.read(evse),
        stepMs: STEP_MS,
        clock,
        log,
      }),
    );
  const bench = await serveBench({ path: join(config.directory, 'bench.sock'), evses, log });

  let modelled = clock.monotonic();
  let remembered = modelled;
  let cancel: Cancel = () => {};
  const remember = (): void =>
    memory.write(new Map([...evses].map(([evse, { plant }]) => [evse, plant.energyWs / 3600])));

  function run(): void {
    const now = clock.monotonic();
    modelled = Math.max(modelled, now - CATCH_UP_MS);
    for (; modelled + STEP_MS <= now; modelled += STEP_MS)
      for (const evse of evses.values()) evse.step(STEP_MS);
    bench.publish(now);
    if (now - remembered >= REMEMBER_EVERY_MS) {
      remembered = now;
      remember();
    }
    cancel = clock.arm(millis(STEP_MS), run);
  }
  run();

  return {
    evses,
    async close() {
      cancel();
      remember();
      await Promise.all([bench.close(), ...[...evses.values()].map((evse) => evse.close())]);
    },
  };
}
