import { addNamespace, deleteNamespace, processesIn } from '@kerbside/host';
import type { Cleanup } from '../support/cleanup.ts';
import { VasControl, vasWorld } from '../support/vas-world.ts';
import type { BenchResult } from './result.ts';

const CYCLES = 21;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** One selection and teardown of the internet service, with the real tools and daemons in namespaces. */
export async function benchVas(): Promise<BenchResult[]> {
  const acts: (() => unknown)[] = [];
  const clean: Cleanup = {
    add: (act) => void acts.push(act),
    name: (what) => `kbv-${process.pid % 100_000}-${what}`.slice(0, 15),
    async namespace(what) {
      const namespace = await addNamespace(this.name(what));
      acts.push(async () => {
        for (const pid of processesIn(namespace)) process.kill(pid, 'SIGKILL');
        await deleteNamespace(namespace);
      });
      return namespace;
    },
  };
  try {
    const world = await vasWorld(clean, 1);
    const control = new VasControl(world);
    await control.started();
    const request = { evse: 1, interface: 'ev0', ports: [80, 443], v2gPort: 50_000 };
    control.say({ cycles: { count: CYCLES, request } });
    const { took } = await control.line('the cycles', (line) => 'took' in line, 0, 120_000);
    await control.stop();
    const times = took as { up: number; down: number }[];
    const of = (
      name: string,
      value: (one: { up: number; down: number }) => number,
    ): BenchResult => ({
      name: `internet service, ${name}, median of ${CYCLES}`,
      value: Math.round(median(times.map(value))),
      unit: 'ms',
    });
    return [
      of('selection to up', ({ up }) => up),
      of('release to nothing left', ({ down }) => down),
      of('one cycle', ({ up, down }) => up + down),
    ];
  } finally {
    for (let act = acts.pop(); act; act = acts.pop()) await act();
  }
}
