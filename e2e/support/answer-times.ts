import { type Bench, beginCharge, unplug } from './bench.ts';
import { ofType } from './books.ts';
import { eventually } from './running.ts';

/** What the charger took to answer, in milliseconds, by the name of the response. */
export type AnswerTimes = ReadonlyMap<string, readonly number[]>;

export interface ChargesToTime {
  readonly kind: 'iso2-ac' | 'iso2-dc';
  readonly evse: number;
  readonly sessions: number;
}

/** Charges a car some times from plug-in to unplug, and reads from the journal how long each answer took. */
export async function answerTimes(
  { api }: Bench,
  { kind, evse, sessions }: ChargesToTime,
): Promise<AnswerTimes> {
  const times = new Map<string, number[]>();
  for (let session = 0; session < sessions; session++) {
    await beginCharge(api, { kind, evse, energyWh: 8 });
    await eventually(
      'the car has what it wanted',
      async () => (await api.evse(evse)).contactor === 'open',
      60_000,
    );
    await unplug(api, evse);
    const last = await api.lastSession(evse);
    for (const { data } of ofType(await api.timeline(last?.id ?? ''), 'v2g.message')) {
      if (typeof data['tookMs'] !== 'number') continue;
      const name = String(data['name']);
      times.set(name, [...(times.get(name) ?? []), data['tookMs']]);
    }
  }
  return times;
}
