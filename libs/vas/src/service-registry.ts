import type { VasService } from './internet-service.ts';
import type { SelectedService, VasSelection } from './select-services.ts';
import { selectServices } from './select-services.ts';

/** What an application offers besides charging. */
export interface ServiceProvider {
  /** Undefined while it can't be given; asked at the start of each session. */
  offer(evse: number): VasService | undefined;
  /** The car chose it: all of its parameter sets together. */
  selected(evse: number, sets: readonly SelectedService[]): void;
  /** The session in which it was chosen is over. */
  released(evse: number, reason: string): void;
}

/** The value-added services of this unit: the offer, and who is told of a selection. */
export class ServiceRegistry {
  readonly #providers: ServiceProvider[] = [];
  readonly #active = new Map<
    number,
    { offered: readonly VasService[]; chosen: ServiceProvider[] }
  >();

  /** Throws where an id would be offered twice. */
  register(provider: ServiceProvider, evses: readonly number[] = []): void {
    for (const evse of evses) {
      const id = provider.offer(evse)?.id;
      if (id !== undefined && this.offer(evse).some((service) => service.id === id))
        throw new RangeError(`service ${id} is registered twice`);
    }
    this.#providers.push(provider);
  }

  offer(evse: number): VasService[] {
    return this.#providers.flatMap((provider) => provider.offer(evse) ?? []);
  }

  /** Tells each provider of what was chosen of its service. What was not offered is told to nobody. */
  select(evse: number, offered: readonly VasService[], selections: readonly VasSelection[]): void {
    const result = selectServices(offered, selections);
    if (!result.valid) return;
    const chosen: ServiceProvider[] = [];
    for (const provider of this.#providers) {
      const id = provider.offer(evse)?.id;
      const sets = result.selected.filter(({ service }) => service.id === id);
      if (sets.length === 0) continue;
      chosen.push(provider);
      provider.selected(evse, sets);
    }
    this.#active.set(evse, { offered, chosen });
  }

  /** The V2G session is over, however it ended. */
  release(evse: number, reason: string): void {
    const active = this.#active.get(evse);
    this.#active.delete(evse);
    for (const provider of active?.chosen ?? []) provider.released(evse, reason);
  }
}
