import { openBenchLink, systemClock } from '@kerbside/host';
import { silentLogger } from '@kerbside/kernel';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BenchResult, median } from './result.ts';
import { Api, beginCharge, startBench, unplug } from '../support/bench.ts';
import { eventually } from '../support/running.ts';

const IDLE_MS = 20_000;
const LOOP_MS = 30_000;
const PLUG_INS = 5;
const STARTS = 5;

type Samples = ReadonlyMap<string, number>;

/** The samples of the Prometheus text format by name and labels. */
function parseMetrics(text: string): Samples {
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    const match = /^([a-z0-9_]+(?:\{[^}]*\})?) (\S+)$/.exec(line);
    if (match) samples.set(match[1] as string, Number(match[2]));
  }
  return samples;
}

const metricsOf = async (api: Api): Promise<Samples> =>
  parseMetrics(await (await api.raw('GET', '/metrics')).text());

/** The whole charger on the bench: start, memory, answers to the car, plug-in to power. */
export async function benchCharger(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  const tell = (name: string, value: number, unit: string, digits = 2) =>
    results.push({ name, value: Number(value.toFixed(digits)), unit });

  const starts: Samples[] = [];
  for (let run = 0; run < STARTS; run++) {
    const fresh = await startBench();
    await eventually(
      'the back-end accepts',
      async () => (await metricsOf(fresh.api)).get('kerbside_ocpp_connected') === 1,
      20_000,
    );
    starts.push(await metricsOf(fresh.api));
    if (run < STARTS - 1) await fresh.close();
    else await measureRunning(fresh, tell);
  }
  const reached = (until: string) =>
    median(starts.map((sample) => sample.get(`kerbside_start_seconds{until="${until}"}`) ?? NaN));
  tell('process start to UI answering', reached('ui') * 1000, 'ms', 0);
  tell('process start to BootNotification sent', reached('boot-notification') * 1000, 'ms', 0);
  return results;
}

async function measureRunning(
  bench: Awaited<ReturnType<typeof startBench>>,
  tell: (name: string, value: number, unit: string, digits?: number) => void,
): Promise<void> {
  const { api } = bench;
  const memory = async () =>
    ((await metricsOf(api)).get('process_resident_memory_bytes') ?? NaN) / 1e6;
  const link = openBenchLink({
    address: { path: path.join(bench.sockets, 'bench.sock') },
    clock: systemClock,
    log: silentLogger,
  });
  try {
    await pause(IDLE_MS);
    tell('resident memory, idle', await memory(), 'MB', 0);

    const waits: number[] = [];
    for (let run = 0; run < PLUG_INS; run++) {
      const began = performance.now();
      // the token before the car: what is measured is matching, V2G and contactor, not a person
      await api.call('POST', '/bench/evses/1/token', { idTag: 'KERB-OWNER' });
      await api.call('POST', '/bench/evses/1/vehicle', { action: 'plug-in', kind: 'iso2-ac' });
      const offset = performance.now() - began;
      await eventually(
        'power flows',
        async () => ((await link.states()).find(({ evse }) => evse === 1)?.power ?? 0) > 0,
        30_000,
      );
      waits.push(performance.now() - began - offset);
      await unplug(api, 1);
      await pause(1500);
    }
    tell('plug-in to power flowing, ISO 15118-2 AC', median(waits), 'ms', 0);

    await beginCharge(api, { kind: 'iso2-dc', evse: 2 });
    await pause(LOOP_MS);
    tell('resident memory, charging DC', await memory(), 'MB', 0);
    const samples = await metricsOf(api);
    await unplug(api, 2);
    for (const [key, value] of samples) {
      const match = /^kerbside_v2g_response_seconds\{message="(\w+)",quantile="([\d.]+)"\}$/.exec(
        key,
      );
      if (!match) continue;
      const which = match[2] === '0.5' ? 'median' : '99 %';
      tell(`SECC time, ${match[1]}, ${which}`, value * 1000, 'ms', 2);
    }
  } finally {
    link.close();
    await bench.close();
  }
}
