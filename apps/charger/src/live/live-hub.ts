import {
  matchTopic,
  type ServerFrame,
  type TopicDelta,
  type TopicKey,
  topicName,
  topics,
  type TopicSnapshot,
} from '@kerbside/contracts';
import type { Clock, Logger } from '@kerbside/kernel';

/** One subscriber's socket. */
export interface LiveClient {
  send(frame: ServerFrame): void;
  /** Bytes that the socket has not taken yet. */
  readonly waiting: number;
  mayRead(permission: (typeof topics)[TopicKey]['permission']): boolean;
  close(code: number, reason: string): void;
}

export type SnapshotSource<K extends TopicKey> = (
  id: number | undefined,
) => TopicSnapshot<K> | undefined | Promise<TopicSnapshot<K> | undefined>;

interface Subscription {
  readonly client: LiveClient;
  seq: number;
  /** The newest delta of a coalescing topic that waits for a slow client. */
  held: unknown;
  /** First sequence number that was dropped for a slow client. */
  droppedFrom: number | undefined;
  /** Deltas that came while the snapshot was being made. */
  early: unknown[] | undefined;
}

const SLOW_BYTES = 256 * 1024;
const HOPELESS_BYTES = 4 * 1024 * 1024;
const MAX_SUBSCRIPTIONS = 32;

/** Fans live data out to browsers: a snapshot first, then numbered deltas; a slow client delays nobody. */
export class LiveHub {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #sources = new Map<TopicKey, SnapshotSource<TopicKey>>();
  readonly #subscriptions = new Map<string, Map<LiveClient, Subscription>>();

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Says where the snapshots of a topic come from. */
  provide<K extends TopicKey>(key: K, source: SnapshotSource<K>): void {
    this.#sources.set(key, source as unknown as SnapshotSource<TopicKey>);
  }

  hasSubscribers(key: TopicKey, id?: number): boolean {
    return (this.#subscriptions.get(topicName(key, id))?.size ?? 0) > 0;
  }

  /** Sends a delta to the topic's subscribers. */
  publish<K extends TopicKey>(key: K, delta: TopicDelta<K>, id?: number): void {
    const name = topicName(key, id);
    for (const subscription of this.#subscriptions.get(name)?.values() ?? [])
      this.#deliver(name, topics[key].coalesce, subscription, delta);
  }

  #deliver(topic: string, coalesce: boolean, to: Subscription, delta: unknown): void {
    if (to.early) {
      to.early.push(delta);
      return;
    }
    if (to.client.waiting > HOPELESS_BYTES) {
      this.#log.warn('live.slow-client', { topic });
      to.client.close(4008, 'slow-client');
      return;
    }
    if (to.client.waiting > SLOW_BYTES) {
      if (coalesce) to.held = delta;
      else {
        to.seq += 1;
        to.droppedFrom ??= to.seq;
      }
      return;
    }
    if (to.droppedFrom !== undefined) {
      to.client.send({ op: 'gap', topic, from: to.droppedFrom, to: to.seq });
      to.droppedFrom = undefined;
    }
    to.held = undefined;
    to.seq += 1;
    to.client.send({ op: 'delta', topic, seq: to.seq, ts: this.#clock.now(), data: delta });
  }

  /** Call when a slow client has caught up: sends what was held back. */
  flush(client: LiveClient): void {
    for (const [topic, subscribers] of this.#subscriptions) {
      const subscription = subscribers.get(client);
      if (!subscription || client.waiting > SLOW_BYTES) continue;
      if (subscription.held !== undefined)
        this.#deliver(topic, true, subscription, subscription.held);
      else if (subscription.droppedFrom !== undefined) {
        const { droppedFrom: from, seq: to } = subscription;
        client.send({ op: 'gap', topic, from, to });
        subscription.droppedFrom = undefined;
      }
    }
  }

  async subscribe(client: LiveClient, topic: string): Promise<void> {
    const match = matchTopic(topic);
    const source = match && this.#sources.get(match.key);
    const refuse = (code: string, message: string) =>
      client.send({ op: 'error', topic, code, message });
    if (!match || !source) return refuse('unknown-topic', `There is no topic ${topic}.`);
    if (!client.mayRead(topics[match.key].permission))
      return refuse('forbidden', `This needs the permission ${topics[match.key].permission}.`);
    if (this.#count(client) >= MAX_SUBSCRIPTIONS)
      return refuse('too-many', `At most ${MAX_SUBSCRIPTIONS} subscriptions.`);
    const subscription: Subscription = {
      client,
      seq: 0,
      held: undefined,
      droppedFrom: undefined,
      early: [],
    };
    const subscribers = this.#subscriptions.get(topic) ?? new Map<LiveClient, Subscription>();
    this.#subscriptions.set(topic, subscribers.set(client, subscription));
    await this.#sendSnapshot(topic, match, source, subscription, refuse);
  }

  async #sendSnapshot(
    topic: string,
    match: { key: TopicKey; id: number | undefined },
    source: SnapshotSource<TopicKey>,
    subscription: Subscription,
    refuse: (code: string, message: string) => void,
  ): Promise<void> {
    const current = () => this.#subscriptions.get(topic)?.get(subscription.client) === subscription;
    let data: unknown;
    try {
      data = await source(match.id);
    } catch (error) {
      this.#log.warn('live.snapshot-failed', { topic, error: String(error) });
      if (current()) this.unsubscribe(subscription.client, topic);
      return refuse('unavailable', 'The data can not be read now.');
    }
    if (!current()) return;
    if (data === undefined) {
      this.unsubscribe(subscription.client, topic);
      return refuse('unknown-topic', `There is no topic ${topic}.`);
    }
    const early = subscription.early ?? [];
    subscription.early = undefined;
    subscription.client.send({ op: 'snapshot', topic, seq: 0, ts: this.#clock.now(), data });
    for (const delta of early)
      this.#deliver(topic, topics[match.key].coalesce, subscription, delta);
  }

  unsubscribe(client: LiveClient, topic: string): void {
    const subscribers = this.#subscriptions.get(topic);
    subscribers?.delete(client);
    if (subscribers?.size === 0) this.#subscriptions.delete(topic);
  }

  remove(client: LiveClient): void {
    for (const topic of this.#subscriptions.keys()) this.unsubscribe(client, topic);
  }

  #count(client: LiveClient): number {
    let count = 0;
    for (const subscribers of this.#subscriptions.values()) if (subscribers.has(client)) count += 1;
    return count;
  }
}
