import {
  type TopicKey,
  topicName,
  type Topic,
  type TopicSnapshot,
  topics,
} from '@kerbside/contracts';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import {
  IDLE_TOPIC,
  type LinkState,
  StreamClient,
  type StreamSocket,
  type TopicState,
} from './stream-client.ts';

const Context = createContext<StreamClient | undefined>(undefined);

export function openStream(): StreamSocket {
  const { protocol, host } = window.location;
  return new WebSocket(
    `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api/v1/stream`,
  ) as unknown as StreamSocket;
}

/** Runs the stream while it is mounted. */
export function StreamProvider({
  client,
  children,
}: {
  client: StreamClient;
  children: ReactNode;
}) {
  useEffect(() => {
    const visible = () => client.setHidden(document.visibilityState === 'hidden');
    client.start();
    document.addEventListener('visibilitychange', visible);
    return () => {
      document.removeEventListener('visibilitychange', visible);
      client.stop();
    };
  }, [client]);
  return <Context value={client}>{children}</Context>;
}

export function useStream(): StreamClient {
  const client = useContext(Context);
  if (!client) throw new Error('no StreamProvider above');
  return client;
}

/** A live topic, subscribed while the component is mounted and `enabled`. */
export function useTopic<K extends TopicKey>(
  key: K,
  id?: number,
  enabled = true,
): TopicState<TopicSnapshot<K>> {
  const client = useStream();
  const name = topicName(key, id);
  const subscribe = useCallback(
    (listener: () => void) => (enabled ? client.subscribe(key, id, listener) : () => undefined),
    [client, key, id, enabled],
  );
  const state = useSyncExternalStore(subscribe, () => (enabled ? client.state(name) : IDLE_TOPIC));
  return state as TopicState<TopicSnapshot<K>>;
}

/** The values of one topic for several ids, in their order; those not yet known are left out. */
export function useTopicValues<K extends TopicKey>(
  key: K,
  ids: readonly number[],
): readonly TopicSnapshot<K>[] {
  const client = useStream();
  const wanted = ids.join(',');
  const latest = useRef<readonly unknown[]>([]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = idsOf(wanted).map((id) => client.subscribe(key, id, listener));
      return () => ends.forEach((end) => end());
    },
    [client, key, wanted],
  );
  const values = useSyncExternalStore(subscribe, () => {
    const next = idsOf(wanted).flatMap((id) => client.state(topicName(key, id)).value ?? []);
    const same =
      next.length === latest.current.length &&
      next.every((value, at) => value === latest.current[at]);
    if (!same) latest.current = next;
    return latest.current;
  });
  return values as readonly TopicSnapshot<K>[];
}

const idsOf = (list: string): number[] => (list === '' ? [] : list.split(',').map(Number));

export function useLink(): LinkState {
  const client = useStream();
  return useSyncExternalStore(client.onLink, client.link);
}

/** The charger's time, renewed every `everyMs`. */
export function useNow(everyMs = 1000): number {
  const client = useStream();
  const [now, setNow] = useState(client.serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(client.serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [client, everyMs]);
  return now;
}

/** This browser's time, renewed every second: for how long ago something was heard. */
export function useWallNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Age of a topic's value in milliseconds once it is older than its freshness limit, else undefined. */
export function useStaleAge(key: TopicKey, at: number | undefined): number | undefined {
  const client = useStream();
  const now = useWallNow();
  const limit = topics[key].coalesce ? undefined : freshnessOf(key);
  if (at === undefined) return undefined;
  const age = now - at;
  if (client.link().phase !== 'live') return age > 3000 ? age : undefined;
  return limit !== undefined && age > limit ? age : undefined;
}

function freshnessOf(key: TopicKey): number | undefined {
  const topic: Topic = topics[key];
  return topic.freshnessMs;
}
