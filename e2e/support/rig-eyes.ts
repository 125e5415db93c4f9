import { type BenchLink, openBenchLink, systemClock } from '@kerbside/host';
import type { RigState } from '@kerbside/charging';
import { silentLogger } from '@kerbside/kernel';
import path from 'node:path';
import { eventually } from './running.ts';

/** What the hardware itself says and does, whatever the charger does. */
export interface RigEyes {
  readonly link: BenchLink;
  state(evse: number): Promise<RigState>;
  /** Milliseconds until the contactor of an EVSE conducts no more. */
  untilOpen(evse: number, limitMs: number): Promise<number>;
  /** The same, and the rig knows that no charger is there. */
  untilAlone(evse: number, limitMs: number): Promise<number>;
  close(): void;
}

/** Connects to the rig of a bench by its sockets. */
export async function openRigEyes(sockets: string): Promise<RigEyes> {
  const link = openBenchLink({
    address: { path: path.join(sockets, 'bench.sock') },
    clock: systemClock,
    log: silentLogger,
  });
  await eventually('the rig answers', () => link.connected);
  const state = async (evse: number): Promise<RigState> => {
    const found = (await link.states()).find((one) => one.evse === evse);
    if (!found) throw new Error(`the rig has no EVSE ${evse}`);
    return found;
  };
  const until = async (
    evse: number,
    limitMs: number,
    holds: (state: RigState) => boolean,
  ): Promise<number> => {
    const begun = performance.now();
    for (;;) {
      const now = await state(evse);
      const took = performance.now() - begun;
      if (holds(now)) return took;
      if (took > limitMs)
        throw new Error(`EVSE ${evse} after ${limitMs} ms: ${JSON.stringify(now)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return {
    link,
    state,
    untilOpen: (evse, limitMs) => until(evse, limitMs, ({ contactor }) => contactor === 'open'),
    untilAlone: (evse, limitMs) =>
      until(evse, limitMs, ({ contactor, charger }) => contactor === 'open' && !charger),
    close: () => link.close(),
  };
}
