import {
  matchTopic,
  type ServerFrame,
  serverFrame,
  STREAM_CLOSE,
  type TopicKey,
  topicName,
  topics,
  type ClientFrame,
} from '@kerbside/contracts';
import { reduceTopic } from './reducers.ts';

/** What the client needs of a WebSocket. */
export interface StreamSocket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

export type LinkPhase = 'connecting' | 'live' | 'silent' | 'lost' | 'stopped';
export type LinkCause = 'network' | 'restart' | 'slow-client' | 'logged-out';
export interface LinkState {
  readonly phase: LinkPhase;
  /** Wall time of this browser when something was last heard. */
  readonly lastHeard: number | undefined;
  readonly cause: LinkCause;
  readonly nextTryAt: number | undefined;
}

export interface TopicState<T = unknown> {
  readonly status: 'loading' | 'live' | 'refused';
  readonly value: T | undefined;
  /** Wall time of this browser when the value last changed. */
  readonly at: number | undefined;
  readonly error: { readonly code: string; readonly message: string } | undefined;
}

export const PING_MS = 2000;
export const SILENT_MS = 3000;
export const LOST_MS = 6000;
export const HIDDEN_MS = 60_000;
const TICK_MS = 500;
const LINGER_MS = 2000;
const RESUBSCRIBE_MS = 1000;
const BACKOFF_MS = [300, 1000, 2000, 4000, 5000] as const;
/** Not worth their traffic when nobody looks. */
const HEAVY: ReadonlySet<TopicKey> = new Set(['measurements', 'timeline']);

export const IDLE_TOPIC: TopicState = {
  status: 'loading',
  value: undefined,
  at: undefined,
  error: undefined,
};

interface Entry {
  readonly name: string;
  readonly key: TopicKey;
  readonly listeners: Set<() => void>;
  state: TopicState;
  /** Number of the last frame; undefined until the snapshot. */
  seq: number | undefined;
  subscribedAt: number;
  linger: ReturnType<typeof setTimeout> | undefined;
  again: ReturnType<typeof setTimeout> | undefined;
}

export interface StreamOptions {
  readonly open: () => StreamSocket;
  readonly onLoggedOut?: () => void;
  /** The link is back after it was lost for so many milliseconds. */
  readonly onReturned?: (awayMs: number) => void;
}

/** One WebSocket for all live topics: snapshot then deltas, resubscribed on a gap, reopened when it dies. */
export class StreamClient {
  readonly #options: StreamOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #linkListeners = new Set<() => void>();
  #socket: StreamSocket | undefined;
  #open = false;
  #link: LinkState = {
    phase: 'stopped',
    lastHeard: undefined,
    cause: 'network',
    nextTryAt: undefined,
  };
  #startedAt = 0;
  #lastPing = 0;
  #openedAt = 0;
  #attempt = 0;
  #clockOffset = 0;
  #ticker: ReturnType<typeof setInterval> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #hide: ReturnType<typeof setTimeout> | undefined;
  #hidden = false;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  readonly link = (): LinkState => this.#link;
  /** Now by the charger's clock, milliseconds since 1970: ages stay right where its clock is wrong. */
  readonly serverNow = (): number => Date.now() + this.#clockOffset;

  start(): void {
    if (this.#ticker) return;
    this.#startedAt = Date.now();
    this.#setLink({ phase: 'connecting', lastHeard: undefined, cause: 'network' });
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
    this.#connect();
  }

  stop(): void {
    clearInterval(this.#ticker);
    clearTimeout(this.#retry);
    clearTimeout(this.#hide);
    this.#ticker = undefined;
    this.#drop();
    this.#setLink({ phase: 'stopped', nextTryAt: undefined });
  }

  retryNow(): void {
    if (this.#open || !this.#ticker) return;
    this.#connect();
  }

  readonly onLink = (listener: () => void): (() => void) => {
    this.#linkListeners.add(listener);
    return () => this.#linkListeners.delete(listener);
  };

  state(name: string): TopicState {
    return this.#entries.get(name)?.state ?? IDLE_TOPIC;
  }

  subscribe(key: TopicKey, id: number | undefined, listener: () => void): () => void {
    const name = topicName(key, id);
    const entry = this.#entries.get(name) ?? this.#add(name, key);
    clearTimeout(entry.linger);
    entry.listeners.add(listener);
    return () => {
      entry.listeners.delete(listener);
      if (entry.listeners.size === 0)
        entry.linger = setTimeout(() => this.#remove(entry), LINGER_MS);
    };
  }

  /** The tab is hidden or shown: after a minute unseen the heavy topics rest. */
  setHidden(hidden: boolean): void {
    clearTimeout(this.#hide);
    if (hidden) this.#hide = setTimeout(() => this.#rest(true), HIDDEN_MS);
    else if (this.#hidden) this.#rest(false);
  }

  #add(name: string, key: TopicKey): Entry {
    const entry: Entry = {
      name,
      key,
      listeners: new Set(),
      state: IDLE_TOPIC,
      seq: undefined,
      subscribedAt: 0,
      linger: undefined,
      again: undefined,
    };
    this.#entries.set(name, entry);
    if (!(this.#hidden && HEAVY.has(key))) this.#sub(entry);
    return entry;
  }

  #remove(entry: Entry): void {
    clearTimeout(entry.again);
    this.#entries.delete(entry.name);
    this.#send({ op: 'unsub', topic: entry.name });
  }

  #rest(hidden: boolean): void {
    this.#hidden = hidden;
    for (const entry of this.#entries.values()) {
      if (!HEAVY.has(entry.key)) continue;
      entry.seq = undefined;
      if (hidden) this.#send({ op: 'unsub', topic: entry.name });
      else this.#sub(entry);
    }
  }

  #sub(entry: Entry): void {
    entry.seq = undefined;
    entry.subscribedAt = Date.now();
    this.#send({ op: 'sub', topic: entry.name });
  }

  /** Asks for a new snapshot, at most once a second: a faulty server must not be stormed. */
  #resubscribe(entry: Entry): void {
    entry.seq = undefined;
    if (entry.again) return;
    const wait = Math.max(0, entry.subscribedAt + RESUBSCRIBE_MS - Date.now());
    entry.again = setTimeout(() => {
      entry.again = undefined;
      this.#send({ op: 'unsub', topic: entry.name });
      this.#sub(entry);
    }, wait);
  }

  #send(frame: ClientFrame): void {
    if (this.#open) this.#socket?.send(JSON.stringify(frame));
  }

  #connect(): void {
    clearTimeout(this.#retry);
    this.#drop();
    this.#setLink({ nextTryAt: undefined });
    const socket = this.#options.open();
    this.#socket = socket;
    socket.onopen = () => {
      this.#open = true;
      this.#openedAt = Date.now();
      this.#lastPing = 0;
      for (const entry of this.#entries.values())
        if (!(this.#hidden && HEAVY.has(entry.key))) this.#sub(entry);
      this.#tick();
    };
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code }) => this.#closed(code);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#open = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #closed(code: number): void {
    this.#drop();
    if (code === STREAM_CLOSE.unauthorized || this.#link.cause === 'logged-out') {
      this.stop();
      this.#options.onLoggedOut?.();
      return;
    }
    if (code === STREAM_CLOSE.slowClient) this.#setLink({ cause: 'slow-client' });
    if (code === STREAM_CLOSE.restart) this.#setLink({ cause: 'restart' });
    this.#scheduleRetry();
  }

  #scheduleRetry(): void {
    const base = BACKOFF_MS[Math.min(this.#attempt, BACKOFF_MS.length - 1)] ?? 5000;
    this.#attempt += 1;
    const wait = Math.round(base * (0.8 + 0.4 * Math.random()));
    this.#setLink({ nextTryAt: Date.now() + wait });
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), wait);
  }

  #tick(): void {
    const now = Date.now();
    if (this.#open && now - this.#lastPing >= PING_MS) {
      this.#lastPing = now;
      this.#send({ op: 'ping' });
    }
    const silence = now - (this.#link.lastHeard ?? this.#startedAt);
    if (silence >= LOST_MS) {
      this.#setLink({ phase: 'lost' });
      // a half-open connection says nothing for ever: only a new one helps
      if (this.#open && now - this.#openedAt >= LOST_MS) {
        this.#drop();
        this.#scheduleRetry();
      }
    } else if (silence >= SILENT_MS && this.#link.phase === 'live')
      this.#setLink({ phase: 'silent' });
  }

  #heard(): void {
    const now = Date.now();
    this.#attempt = 0;
    const away = this.#link.phase === 'lost' ? now - (this.#link.lastHeard ?? this.#startedAt) : 0;
    this.#setLink({ phase: 'live', lastHeard: now, nextTryAt: undefined });
    if (away > 0) {
      this.#setLink({ cause: 'network' });
      this.#options.onReturned?.(away);
    }
  }

  #receive(data: unknown): void {
    this.#heard();
    const frame = parseFrame(data);
    if (!frame) return;
    switch (frame.op) {
      case 'pong':
        this.#clockOffset = frame.ts - Date.now();
        return;
      case 'bye':
        this.#setLink({ cause: causeOf(frame.reason) });
        return;
      case 'error':
        if (frame.topic !== undefined) this.#refused(frame.topic, frame.code, frame.message);
        return;
      case 'gap':
        this.#gap(frame.topic, frame.to);
        return;
      case 'snapshot':
      case 'delta':
        this.#data(frame);
    }
  }

  #refused(topic: string, code: string, message: string): void {
    const entry = this.#entries.get(topic);
    if (entry)
      this.#publish(entry, { ...entry.state, status: 'refused', error: { code, message } });
  }

  #gap(topic: string, to: number): void {
    const entry = this.#entries.get(topic);
    if (!entry) return;
    // the next delta of a state topic is its whole value: nothing is missing
    if (topics[entry.key].coalesce && entry.seq !== undefined) entry.seq = to;
    else this.#resubscribe(entry);
  }

  #data(frame: Extract<ServerFrame, { op: 'snapshot' | 'delta' }>): void {
    const entry = this.#entries.get(frame.topic);
    if (!entry || !matchTopic(frame.topic)) return;
    if (frame.op === 'delta') {
      if (entry.seq === undefined) return;
      if (frame.seq !== entry.seq + 1) return this.#resubscribe(entry);
    }
    const parsed = topics[entry.key][frame.op].safeParse(frame.data);
    if (!parsed.success)
      return this.#refused(entry.name, 'unexpected-answer', parsed.error.issues[0]?.message ?? '');
    entry.seq = frame.seq;
    const value =
      frame.op === 'snapshot'
        ? parsed.data
        : reduceTopic(entry.key, entry.state.value, parsed.data);
    this.#publish(entry, { status: 'live', value, at: Date.now(), error: undefined });
  }

  #publish(entry: Entry, state: TopicState): void {
    entry.state = state;
    for (const listener of entry.listeners) listener();
  }

  #setLink(change: Partial<LinkState>): void {
    const next = { ...this.#link, ...change };
    const quiet =
      next.phase === this.#link.phase &&
      next.cause === this.#link.cause &&
      next.nextTryAt === this.#link.nextTryAt;
    this.#link = quiet ? Object.assign(this.#link, change) : next;
    if (!quiet) for (const listener of this.#linkListeners) listener();
  }
}

function parseFrame(data: unknown): ServerFrame | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const parsed = serverFrame.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function causeOf(reason: string): LinkCause {
  return reason === 'restart' || reason === 'slow-client' || reason === 'logged-out'
    ? reason
    : 'network';
}
