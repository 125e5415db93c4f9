import type { Store } from '@kerbside/store';
import type { Metrics } from '../diagnostics/metrics.ts';
import type { EvseRegistry } from '../evses/evse-registry.ts';
import type { OcppStatusService } from '../ocpp/ocpp-status.service.ts';
import { slacMetrics } from './slac-metrics.ts';

const QUANTILES = [0.5, 0.99] as const;
const KEEP = 512;

/** The last times of one message, for its quantiles. */
class Times {
  readonly #values: number[] = [];
  #next = 0;

  add(value: number): void {
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % KEEP;
  }

  quantile(q: number): number {
    const sorted = this.#values.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
  }
}

/** What /metrics tells of the unit; gives the counters that the EVSEs feed. */
export function unitMetrics(
  metrics: Metrics,
  unit: { evses: EvseRegistry; store: Store; status: OcppStatusService },
) {
  const times = new Map<string, Times>();
  const messages = metrics.counter('kerbside_v2g_requests_total', 'V2G requests answered.');
  const slac = slacMetrics(metrics);
  metrics.gauge('kerbside_v2g_response_seconds', 'SECC time per message.', (set) => {
    for (const [message, entry] of times)
      for (const quantile of QUANTILES)
        set(entry.quantile(quantile) / 1000, { message, quantile: String(quantile) });
  });
  metrics.gauge('kerbside_evse_power_watts', 'Power by EVSE.', (set) => {
    for (const { evse, meter } of unit.evses.snapshots()) if (meter) set(meter.power, { evse });
  });
  metrics.gauge('kerbside_evse_energy_watthours', 'Import register by EVSE.', (set) => {
    for (const { evse, meter } of unit.evses.snapshots()) if (meter) set(meter.energy, { evse });
  });
  metrics.gauge('kerbside_evse_state', 'State by EVSE; the one in force is 1.', (set) => {
    for (const { evse, state } of unit.evses.snapshots()) set(1, { evse, state });
  });
  metrics.gauge('kerbside_ocpp_connected', 'The back-end has accepted us.', (set) =>
    set(unit.status.get().phase === 'accepted' ? 1 : 0),
  );
  metrics.gauge('kerbside_ocpp_queue_length', 'Transaction messages to deliver.', (set) =>
    set(unit.status.get().queue.length),
  );
  metrics.gauge('kerbside_ocpp_given_up', 'Transaction messages given up, on record.', (set) =>
    set(unit.status.get().givenUp.count),
  );
  metrics.gauge('kerbside_store_ok', 'The store writes.', (set) =>
    set(unit.store.health.state === 'ok' ? 1 : 0),
  );
  metrics.gauge(
    'kerbside_store_waiting_commits',
    'Commits that wait in memory for the disk.',
    (set) => set(unit.store.health.waiting.critical),
  );
  metrics.gauge('kerbside_store_waiting_note_bytes', 'Notes that wait for the disk.', (set) =>
    set(unit.store.health.waiting.noteBytes),
  );
  const reached = new Map<string, number>();
  metrics.gauge('kerbside_start_seconds', 'From the start of the process.', (set) => {
    for (const [until, seconds] of reached) set(seconds, { until });
  });
  const reach = (until: string): void => {
    // performance.now() counts from the start of the process
    if (!reached.has(until)) reached.set(until, performance.now() / 1000);
  };
  unit.status.onChange(({ phase }) => {
    if (phase === 'booting') reach('boot-notification');
    if (phase === 'accepted') reach('accepted');
  });
  metrics.gauge('process_resident_memory_bytes', 'Resident memory.', (set) =>
    set(process.memoryUsage.rss()),
  );
  return {
    reach,
    v2gAnswered(message: string, tookMs: number): void {
      messages({ message });
      let entry = times.get(message);
      if (!entry) times.set(message, (entry = new Times()));
      entry.add(tookMs);
    },
    slacEvent: slac.event,
    slacReported: slac.reported,
  };
}
