import type { TopicDelta, TopicKey, TopicSnapshot } from '@kerbside/contracts';

export const MEASUREMENT_WINDOW_MS = 15 * 60_000;
/** The live page holds this many entries; older ones are in the session's history. */
export const TIMELINE_CAP = 3000;

type Reducer<K extends TopicKey> = (
  value: TopicSnapshot<K>,
  delta: TopicDelta<K>,
) => TopicSnapshot<K>;
type Reducers = { readonly [K in TopicKey]: Reducer<K> };

/** How a delta changes the value of each topic. State topics carry the whole value. */
export const reducers: Reducers = {
  health: (_, delta) => delta,
  evse: (_, delta) => delta,
  slac: (_, delta) => delta,
  slacAttempt: (_, delta) => delta,
  ocpp: (_, delta) => delta,
  bench: (_, delta) => delta,
  vas: (_, delta) => delta,
  measurements: (value, delta) => {
    const points = [...value.points, ...delta.points];
    const newest = points.at(-1);
    if (!newest) return value;
    const oldest = Date.parse(newest.at) - MEASUREMENT_WINDOW_MS;
    return { points: points.filter((point) => Date.parse(point.at) >= oldest) };
  },
  timeline: (value, delta) => {
    if (delta.session !== value.session) return { session: delta.session, entries: delta.entries };
    const last = value.entries.at(-1)?.id ?? -1;
    const fresh = delta.entries.filter((entry) => entry.id > last);
    return { session: value.session, entries: [...value.entries, ...fresh].slice(-TIMELINE_CAP) };
  },
  sessions: (value, delta) => {
    const changed = new Map(delta.items.map((item) => [item.id, item]));
    const kept = value.items.filter((item) => !changed.has(item.id));
    return { items: [...delta.items, ...kept].toSorted((a, b) => b.began.localeCompare(a.began)) };
  },
};

export function reduceTopic(key: TopicKey, value: unknown, delta: unknown): unknown {
  return (reducers[key] as (value: unknown, delta: unknown) => unknown)(value, delta);
}
