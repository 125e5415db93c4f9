import type { OcppStatus } from '@kerbside/contracts';
import type { LiveHub } from '../live/live-hub.ts';

/** The connection to the back-end as people see it. */
export class OcppStatusService {
  #status: OcppStatus;
  readonly #hub: LiveHub;
  readonly #listeners: ((status: OcppStatus) => void)[] = [];

  constructor(initial: OcppStatus, hub: LiveHub) {
    this.#status = initial;
    this.#hub = hub;
    hub.provide('ocpp', () => this.#status);
  }

  onChange(listener: (status: OcppStatus) => void): void {
    this.#listeners.push(listener);
  }

  set(status: OcppStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener(status);
    this.#hub.publish('ocpp', status);
  }

  get(): OcppStatus {
    return this.#status;
  }
}
