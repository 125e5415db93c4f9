import type { HealthReport } from '../diagnostics/health.service.ts';

/** What the V2G service of one EVSE does for the next car. */
export type V2gListening =
  /** No car is matched: SDP and V2G are closed. */
  | { readonly at: 'waiting' }
  /** A car is matched, and the EV interface has no address to listen on yet. */
  | { readonly at: 'opening' }
  | { readonly at: 'listening'; readonly on: string }
  | { readonly at: 'failed'; readonly why: string };

const words = (evse: number, state: V2gListening): string => {
  switch (state.at) {
    case 'waiting':
      return `EVSE ${evse}: no vehicle`;
    case 'opening':
      return `EVSE ${evse}: opening`;
    case 'listening':
      return `EVSE ${evse}: ${state.on}`;
    case 'failed':
      return `EVSE ${evse}: ${state.why}`;
  }
};

/** ISO 15118 over all EVSEs, as health shows it. */
export class V2gHealth {
  readonly #states = new Map<number, V2gListening>();
  readonly #report: (report: HealthReport) => void;

  constructor(report: (report: HealthReport) => void) {
    this.#report = report;
    report({ status: 'off', reason: 'pilot-only' });
  }

  set(evse: number, state: V2gListening): void {
    this.#states.set(evse, state);
    const all = [...this.#states].toSorted(([a], [b]) => a - b);
    const failed = all.some(([, { at }]) => at === 'failed');
    const detail = all.map(([id, each]) => words(id, each)).join('; ');
    this.#report(
      failed
        ? { status: 'degraded', reason: 'v2g-not-listening', detail }
        : { status: 'ok', detail },
    );
  }
}
