import type { CommandAnswer, EvseCommand, EvseSnapshot } from '@kerbside/charging';
import type { Evse, Measurement } from '@kerbside/contracts';
import { notFound } from '../http/problem.ts';
import type { SlacLayers } from '../installation/slac-settings.ts';
import type { LiveHub } from '../live/live-hub.ts';
import type { SlacWatch } from '../slac/slac-watch.ts';
import type { EvseUnit } from './evse-unit.ts';
import { toEvse, toMeasurement } from './evse-view.ts';

const HISTORY_MS = 15 * 60_000;
const POINT_MS = 1000;

interface Entry {
  readonly unit: EvseUnit;
  readonly points: Measurement[];
  lastPoint: number;
}

/** All EVSEs of the unit; one may be added or removed at run time. Feeds their live topics. */
export class EvseRegistry {
  readonly #entries = new Map<number, Entry>();
  readonly #hub: LiveHub;
  readonly #listeners = new Set<(snapshot: EvseSnapshot) => void>();

  constructor(hub: LiveHub) {
    this.#hub = hub;
    hub.provide('evse', (id) => this.#known(id)?.view);
    hub.provide('measurements', (id) => {
      const entry = this.#known(id)?.entry;
      return entry && { points: [...entry.points] };
    });
  }

  #known(id: number | undefined): { entry: Entry; view: Evse } | undefined {
    const entry = id === undefined ? undefined : this.#entries.get(id);
    return entry && { entry, view: toEvse(entry.unit.snapshot(), entry.unit.config) };
  }

  add(unit: EvseUnit): void {
    const entry: Entry = { unit, points: [], lastPoint: 0 };
    this.#entries.set(unit.config.evse, entry);
    unit.onSnapshot((snapshot) => this.#changed(entry, snapshot));
    this.#changed(entry, unit.snapshot());
  }

  #changed(entry: Entry, snapshot: EvseSnapshot): void {
    const { evse } = entry.unit.config;
    if (this.#hub.hasSubscribers('evse', evse))
      this.#hub.publish('evse', toEvse(snapshot, entry.unit.config), evse);
    this.#point(entry, snapshot);
    for (const listener of this.#listeners) listener(snapshot);
  }

  #point(entry: Entry, snapshot: EvseSnapshot): void {
    const reading = snapshot.meter;
    if (!reading) return;
    const since = reading.at - entry.lastPoint;
    // below 0 the clock was set back: the chart goes on by the new time
    if (since >= 0 && since < POINT_MS - 50) return;
    entry.lastPoint = reading.at;
    const point = toMeasurement(reading, {
      soc: snapshot.session?.soc,
      offered: snapshot.maxCurrent,
    });
    entry.points.push(point);
    const oldest = reading.at - HISTORY_MS;
    while (entry.points[0] && Date.parse(entry.points[0].at) < oldest) entry.points.shift();
    this.#hub.publish('measurements', { points: [point] }, snapshot.evse);
  }

  onSnapshot(listener: (snapshot: EvseSnapshot) => void): void {
    this.#listeners.add(listener);
  }

  slac(id: number): SlacWatch | undefined {
    return this.#entries.get(id)?.unit.slac;
  }

  ids(): readonly number[] {
    return [...this.#entries.keys()];
  }

  snapshots(): readonly EvseSnapshot[] {
    return [...this.#entries.values()].map((entry) => entry.unit.snapshot());
  }

  views(): Evse[] {
    return [...this.#entries.values()].map((entry) =>
      toEvse(entry.unit.snapshot(), entry.unit.config),
    );
  }

  view(id: number): Evse {
    const known = this.#known(id);
    if (!known) throw notFound(`EVSE ${id}`);
    return known.view;
  }

  async command(id: number, command: EvseCommand): Promise<CommandAnswer> {
    const entry = this.#entries.get(id);
    if (!entry) throw notFound(`EVSE ${id}`);
    return entry.unit.command(command);
  }

  configure(id: number, layers: SlacLayers): void {
    this.#entries.get(id)?.unit.configure(layers);
  }

  /** For the last moment of a broken process: one that fails does not keep the others closed. */
  emergencyOpen(): void {
    const failures: unknown[] = [];
    for (const { unit } of this.#entries.values())
      try {
        unit.emergencyOpen();
      } catch (error) {
        failures.push(error);
      }
    if (failures.length > 0) throw new AggregateError(failures, 'not every contactor was ordered');
  }

  async close(reason: 'Reboot' | 'Other'): Promise<void> {
    const units = [...this.#entries.values()].map((entry) => entry.unit);
    await Promise.allSettled(units.map((unit) => unit.close(reason)));
  }
}
