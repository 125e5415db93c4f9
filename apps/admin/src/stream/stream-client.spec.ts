import { STREAM_CLOSE } from '@kerbside/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  HIDDEN_MS,
  LOST_MS,
  PING_MS,
  SILENT_MS,
  StreamClient,
  type StreamSocket,
} from './stream-client.ts';

class FakeSocket implements StreamSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: { op: string; topic?: string }[] = [];
  closed = false;
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.closed = true;
  }
  say(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  ops(op: string) {
    return this.sent.filter((frame) => frame.op === op).map(({ topic }) => topic);
  }
}

const bench = (plugged: boolean) => ({
  evses: [{ id: 1, rig: true, vehicle: true, plugged, faults: [] }],
});
const points = (...energies: number[]) => ({
  points: energies.map((energy) => ({
    at: new Date(energy * 1000).toISOString(),
    energy,
    power: 0,
    voltage: [],
    current: [],
  })),
});

describe('StreamClient', () => {
  let sockets: FakeSocket[];
  let client: StreamClient;
  const loggedOut = vi.fn();
  const returned = vi.fn();
  const newest = () => sockets.at(-1) as FakeSocket;
  /** Opens the connection; the answer to the first ping follows at once. */
  const open = () => {
    newest().onopen?.();
    newest().say({ op: 'pong', ts: Date.now() });
  };

  beforeEach(() => {
    vi.useFakeTimers();
    sockets = [];
    loggedOut.mockReset();
    returned.mockReset();
    client = new StreamClient({
      open: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket;
      },
      onLoggedOut: loggedOut,
      onReturned: returned,
    });
    client.start();
  });
  afterEach(() => {
    client.stop();
    vi.useRealTimers();
  });

  it('subscribes once for two components, and ends after the last has gone', () => {
    open();
    const end1 = client.subscribe('bench', undefined, () => undefined);
    const end2 = client.subscribe('bench', undefined, () => undefined);
    expect(newest().ops('sub')).toEqual(['bench.state']);
    end1();
    end2();
    expect(newest().ops('unsub')).toEqual([]);
    vi.advanceTimersByTime(2100);
    expect(newest().ops('unsub')).toEqual(['bench.state']);
  });

  it('a component that comes back at once keeps the subscription', () => {
    open();
    client.subscribe('bench', undefined, () => undefined)();
    client.subscribe('bench', undefined, () => undefined);
    vi.advanceTimersByTime(5000);
    expect(newest().ops('unsub')).toEqual([]);
  });

  it('applies snapshot, then deltas in order, and tells its listeners', () => {
    open();
    const listener = vi.fn();
    client.subscribe('measurements', 1, listener);
    const topic = 'evse.1.measurements';
    newest().say({ op: 'snapshot', topic, seq: 7, ts: 0, data: points(1) });
    newest().say({ op: 'delta', topic, seq: 8, ts: 0, data: points(2) });
    expect(client.state(topic)).toMatchObject({ status: 'live', value: points(1, 2) });
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('a delta before the snapshot is not applied', () => {
    open();
    client.subscribe('bench', undefined, () => undefined);
    newest().say({ op: 'delta', topic: 'bench.state', seq: 1, ts: 0, data: bench(true) });
    expect(client.state('bench.state').value).toBeUndefined();
  });

  it('a missing number asks for a new snapshot, and nothing is applied until it is there', () => {
    open();
    client.subscribe('measurements', 1, () => undefined);
    const topic = 'evse.1.measurements';
    newest().say({ op: 'snapshot', topic, seq: 0, ts: 0, data: points(1) });
    newest().say({ op: 'delta', topic, seq: 2, ts: 0, data: points(3) });
    newest().say({ op: 'delta', topic, seq: 3, ts: 0, data: points(4) });
    expect(client.state(topic).value).toEqual(points(1));
    vi.advanceTimersByTime(1100);
    expect(newest().ops('sub')).toEqual([topic, topic]);
    newest().say({ op: 'snapshot', topic, seq: 0, ts: 0, data: points(1, 2, 3, 4) });
    expect(client.state(topic).value).toEqual(points(1, 2, 3, 4));
  });

  it('a gap resubscribes a list, but not a state whose next delta is the whole value', () => {
    open();
    client.subscribe('measurements', 1, () => undefined);
    client.subscribe('bench', undefined, () => undefined);
    newest().say({ op: 'snapshot', topic: 'evse.1.measurements', seq: 0, ts: 0, data: points() });
    newest().say({ op: 'snapshot', topic: 'bench.state', seq: 0, ts: 0, data: bench(false) });
    newest().say({ op: 'gap', topic: 'evse.1.measurements', from: 1, to: 4 });
    newest().say({ op: 'gap', topic: 'bench.state', from: 1, to: 4 });
    newest().say({ op: 'delta', topic: 'bench.state', seq: 5, ts: 0, data: bench(true) });
    vi.advanceTimersByTime(1100);
    expect(newest().ops('unsub')).toEqual(['evse.1.measurements']);
    expect(client.state('bench.state').value).toEqual(bench(true));
  });

  it('gaps without end cost one subscription a second', () => {
    open();
    client.subscribe('measurements', 1, () => undefined);
    for (let i = 0; i < 50; i++) {
      newest().say({ op: 'pong', ts: 0 });
      newest().say({ op: 'gap', topic: 'evse.1.measurements', from: 1, to: 2 });
      vi.advanceTimersByTime(100);
    }
    expect(newest().ops('sub').length).toBeLessThanOrEqual(6);
  });

  it('data that the contract does not know refuses the topic, not the page', () => {
    open();
    client.subscribe('bench', undefined, () => undefined);
    newest().say({ op: 'snapshot', topic: 'bench.state', seq: 0, ts: 0, data: { evses: 'no' } });
    expect(client.state('bench.state')).toMatchObject({
      status: 'refused',
      error: { code: 'unexpected-answer' },
    });
  });

  it.each(['', '{', '[]', '{"op":"snapshot"}', '{"op":"nothing"}'])(
    'survives the frame %j',
    (data) => {
      open();
      newest().onmessage?.({ data });
      expect(client.link().phase).toBe('live');
    },
  );

  it('pings, is silent after 3 s without a word, and lost after 6 s', () => {
    open();
    vi.advanceTimersByTime(PING_MS + 600);
    expect(newest().ops('ping').length).toBeGreaterThanOrEqual(2);
    expect(client.link().phase).toBe('live');
    vi.advanceTimersByTime(SILENT_MS - PING_MS);
    expect(client.link().phase).toBe('silent');
    vi.advanceTimersByTime(LOST_MS - SILENT_MS);
    expect(client.link().phase).toBe('lost');
    expect(sockets[0]?.closed).toBe(true);
  });

  it('comes back: subscribes anew, and says for how long it was away', () => {
    open();
    client.subscribe('bench', undefined, () => undefined);
    newest().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(LOST_MS + 1000);
    expect(client.link().phase).toBe('lost');
    expect(sockets.length).toBeGreaterThanOrEqual(2);
    open();
    expect(client.link().phase).toBe('live');
    expect(newest().ops('sub')).toEqual(['bench.state']);
    expect(returned).toHaveBeenCalledOnce();
    expect(returned.mock.calls[0]?.[0]).toBeGreaterThanOrEqual(LOST_MS);
  });

  it('a server that takes connections but says nothing is still lost', () => {
    open();
    newest().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(LOST_MS + 1000);
    const opened = new Set<FakeSocket>();
    for (let i = 0; i < 60; i++) {
      if (!opened.has(newest())) newest().onopen?.();
      opened.add(newest());
      vi.advanceTimersByTime(1000);
      expect(client.link().phase).toBe('lost');
    }
    expect(returned).not.toHaveBeenCalled();
    expect(sockets.length).toBeGreaterThan(3);
  });

  it('a hiccup of a second is nobody’s business', () => {
    open();
    newest().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(1000);
    open();
    expect(client.link().phase).toBe('live');
    expect(returned).not.toHaveBeenCalled();
  });

  it('tries again later and later, and at once when told to', () => {
    open();
    for (let i = 0; i < 6; i++) {
      newest().onclose?.({ code: 1006 });
      vi.advanceTimersByTime((client.link().nextTryAt ?? 0) - Date.now());
    }
    newest().onclose?.({ code: 1006 });
    const wait = (client.link().nextTryAt ?? 0) - Date.now();
    expect(wait).toBeGreaterThan(3900);
    expect(wait).toBeLessThan(6100);
    const before = sockets.length;
    client.retryNow();
    expect(sockets).toHaveLength(before + 1);
  });

  it('a server that restarts on purpose is named as the cause', () => {
    open();
    newest().say({ op: 'bye', reason: 'restart' });
    newest().onclose?.({ code: STREAM_CLOSE.restart });
    expect(client.link().cause).toBe('restart');
  });

  it('ends with the login, and does not try again', () => {
    open();
    newest().onclose?.({ code: STREAM_CLOSE.unauthorized });
    vi.advanceTimersByTime(60_000);
    expect(loggedOut).toHaveBeenCalledOnce();
    expect(sockets).toHaveLength(1);
  });

  it('rests heavy topics a minute after the tab is hidden, and takes them up again', () => {
    open();
    client.subscribe('measurements', 1, () => undefined);
    client.subscribe('bench', undefined, () => undefined);
    client.setHidden(true);
    for (let ms = 0; ms < HIDDEN_MS; ms += 1000) {
      newest().say({ op: 'pong', ts: 0 });
      vi.advanceTimersByTime(1000);
    }
    expect(newest().ops('unsub')).toEqual(['evse.1.measurements']);
    client.setHidden(false);
    expect(newest().ops('sub')).toEqual([
      'evse.1.measurements',
      'bench.state',
      'evse.1.measurements',
    ]);
  });

  it('a short look elsewhere rests nothing', () => {
    open();
    client.subscribe('measurements', 1, () => undefined);
    client.setHidden(true);
    client.setHidden(false);
    vi.advanceTimersByTime(HIDDEN_MS + 1000);
    expect(newest().ops('unsub')).toEqual([]);
  });

  it('reckons time by the charger’s clock', () => {
    open();
    newest().say({ op: 'pong', ts: Date.now() + 3_600_000 });
    expect(client.serverNow() - Date.now()).toBe(3_600_000);
  });
});
