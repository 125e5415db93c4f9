import type { Clock } from '@kerbside/kernel';
import type { AccessChange, AccessStore, AuditRecord } from './ports.ts';
import { actorOf, type Principal } from './principal.ts';

/** Who did what: entries for the audit list. */
export class AuditLog {
  readonly #store: Pick<AccessStore, 'note'>;
  readonly #clock: Clock;

  constructor(store: Pick<AccessStore, 'note'>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** An entry to be saved together with what it tells of. */
  entry(
    by: Principal | string,
    action: string,
    object: string,
    detail: AuditRecord['detail'],
  ): AccessChange {
    const actor = typeof by === 'string' ? by : actorOf(by);
    return { change: 'audit', entry: { at: this.#clock.now(), actor, action, object, detail } };
  }

  /** Notes an action of a person or program. */
  note(
    by: Principal | string,
    action: string,
    object: string,
    detail: AuditRecord['detail'],
  ): void {
    this.#store.note([this.entry(by, action, object, detail)]);
  }
}
