import { z } from 'zod';
import type { Permission } from '../roles.ts';
import { benchState } from '../rest/bench.ts';
import { evse, measurement } from '../rest/evse.ts';
import { session, timelineEntry } from '../rest/session.ts';
import { slacAttempt, slacLive } from '../rest/slac.ts';
import { health, ocppStatus } from '../rest/system.ts';
import { vasStatus } from '../rest/vas.ts';

export interface Topic {
  /** With parameters as {name}. */
  readonly pattern: string;
  readonly permission: Permission;
  readonly snapshot: z.ZodType;
  readonly delta: z.ZodType;
  /** When the client is slow, only the newest delta is kept (state topics: a delta is the whole value). */
  readonly coalesce: boolean;
  /** Data older than this is shown as stale; milliseconds. */
  readonly freshnessMs?: number;
}
const topic = <const T extends Topic>(value: T): T => value;

/** The live topics: a subscriber gets a snapshot, then deltas with contiguous numbers. */
export const topics = {
  health: topic({
    pattern: 'system.health',
    permission: 'status.read',
    snapshot: health,
    delta: health,
    coalesce: true,
  }),
  evse: topic({
    pattern: 'evse.{id}.state',
    permission: 'status.read',
    snapshot: evse,
    delta: evse,
    coalesce: true,
  }),
  /** The last 15 minutes, then each new point. */
  measurements: topic({
    pattern: 'evse.{id}.measurements',
    permission: 'status.read',
    snapshot: z.object({ points: z.array(measurement) }),
    delta: z.object({ points: z.array(measurement) }),
    coalesce: false,
    freshnessMs: 3000,
  }),
  /** The journal of the session in progress (or the last one), then each new entry. */
  timeline: topic({
    pattern: 'evse.{id}.timeline',
    permission: 'sessions.read',
    snapshot: z.object({ session: z.string().optional(), entries: z.array(timelineEntry) }),
    delta: z.object({ session: z.string().optional(), entries: z.array(timelineEntry) }),
    coalesce: false,
  }),
  slac: topic({
    pattern: 'evse.{id}.slac',
    permission: 'status.read',
    snapshot: slacLive,
    delta: slacLive,
    coalesce: true,
  }),
  /** The attempt to match a car that runs, or the last one since the start. */
  slacAttempt: topic({
    pattern: 'evse.{id}.slac.attempt',
    permission: 'messages.read',
    snapshot: z.object({ attempt: slacAttempt.optional() }),
    delta: z.object({ attempt: slacAttempt.optional() }),
    coalesce: true,
  }),
  ocpp: topic({
    pattern: 'ocpp.connection',
    permission: 'status.read',
    snapshot: ocppStatus,
    delta: ocppStatus,
    coalesce: true,
  }),
  /** Sessions that began or ended since the subscription. */
  sessions: topic({
    pattern: 'sessions',
    permission: 'sessions.read',
    snapshot: z.object({ items: z.array(session) }),
    delta: z.object({ items: z.array(session) }),
    coalesce: false,
  }),
  vas: topic({
    pattern: 'vas.state',
    permission: 'status.read',
    snapshot: vasStatus,
    delta: vasStatus,
    coalesce: true,
  }),
  bench: topic({
    pattern: 'bench.state',
    permission: 'status.read',
    snapshot: benchState,
    delta: benchState,
    coalesce: true,
  }),
} as const satisfies Record<string, Topic>;

export type Topics = typeof topics;
export type TopicKey = keyof Topics;
export type TopicSnapshot<K extends TopicKey> = z.output<Topics[K]['snapshot']>;
export type TopicDelta<K extends TopicKey> = z.output<Topics[K]['delta']>;

/** The name on the wire of a topic, such as `evse.1.state`. */
export function topicName(key: TopicKey, id?: number): string {
  return topics[key].pattern.replace('{id}', String(id ?? ''));
}

/** Finds the topic of a name on the wire. */
export function matchTopic(name: string): { key: TopicKey; id: number | undefined } | undefined {
  for (const key of Object.keys(topics) as TopicKey[]) {
    const [before, after] = topics[key].pattern.split('{id}') as [string, string | undefined];
    if (after === undefined) {
      if (name === before) return { key, id: undefined };
      continue;
    }
    if (!name.startsWith(before) || !name.endsWith(after)) continue;
    const id = name.slice(before.length, name.length - after.length);
    if (/^[1-9]\d?$/.test(id)) return { key, id: Number(id) };
  }
  return undefined;
}
