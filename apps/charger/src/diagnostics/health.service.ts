import type { Health } from '@kerbside/contracts';
import type { Clock } from '@kerbside/kernel';
import type { ChargerConfig } from '../config.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { VERSION } from '../version.ts';

export type HealthPart = Health['parts'][number];
export type HealthReport = Pick<HealthPart, 'status'> &
  Partial<Pick<HealthPart, 'reason' | 'detail'>>;

/** Health part by part: each service reports its own, the worst makes the whole. */
export class HealthService {
  readonly #parts = new Map<HealthPart['name'], HealthPart>();
  readonly #clock: Clock;
  readonly #hub: LiveHub;
  readonly #config: ChargerConfig;
  readonly #started: string;

  constructor(clock: Clock, hub: LiveHub, config: ChargerConfig) {
    this.#clock = clock;
    this.#hub = hub;
    this.#config = config;
    this.#started = new Date(clock.now()).toISOString();
    hub.provide('health', () => this.health());
  }

  report(name: HealthPart['name'], report: HealthReport): void {
    const known = this.#parts.get(name);
    const same =
      known?.status === report.status &&
      known.reason === report.reason &&
      known.detail === report.detail;
    if (same) return;
    const since =
      known?.status === report.status ? known.since : new Date(this.#clock.now()).toISOString();
    this.#parts.set(name, { name, ...report, since });
    this.#hub.publish('health', this.health());
  }

  health(): Health {
    const parts = [...this.#parts.values()];
    const has = (status: HealthPart['status']) => parts.some((part) => part.status === status);
    return {
      status: has('failed') ? 'failed' : has('degraded') ? 'degraded' : 'ok',
      version: VERSION,
      started: this.#started,
      bench: this.#config.bench,
      networkMode: this.#config.networkMode,
      parts,
    };
  }
}
