import {
  clientFrame,
  matchTopic,
  serverFrame,
  STREAM_CLOSE,
  STREAM_HEARTBEAT_MS,
  topics,
} from '@kerbside/contracts';
import { WebSocketServer } from 'ws';
import { authenticate, mayUse } from './api.mjs';

const plain = (value) => JSON.parse(JSON.stringify(value));

/** The live stream of the mock unit, every frame checked by the contract. Can fall silent or be cut for tests. */
export class MockStream {
  constructor(unit) {
    this.unit = unit;
    this.clients = new Set();
    this.silent = false;
    this.cutOff = false;
    /** Connections refused while cut off. */
    this.refused = 0;
    this.server = new WebSocketServer({ noServer: true });
    this.heartbeat = setInterval(() => {
      for (const client of this.clients) this.send(client, { op: 'pong', ts: unit.now });
    }, STREAM_HEARTBEAT_MS);
    unit.listeners.add((key, id, data) => this.publish(key, id, data));
  }

  upgrade(request, socket, head) {
    if (this.cutOff) {
      this.refused += 1;
      return socket.destroy();
    }
    this.server.handleUpgrade(request, socket, head, (ws) => {
      let account;
      try {
        ({ account } = authenticate(this.unit, request.headers.cookie));
      } catch {
        ws.close(STREAM_CLOSE.unauthorized, 'log in first');
        return;
      }
      const client = { ws, account, seq: new Map() };
      this.clients.add(client);
      ws.on('close', () => this.clients.delete(client));
      ws.on('message', (data) => this.receive(client, data));
    });
    return undefined;
  }

  receive(client, data) {
    const frame = clientFrame.parse(JSON.parse(String(data)));
    if (frame.op === 'ping') return this.send(client, { op: 'pong', ts: this.unit.now });
    if (frame.op === 'unsub') return client.seq.delete(frame.topic);
    const topic = matchTopic(frame.topic);
    const snapshot = topic && this.unit.snapshot(topic.key, topic.id);
    const refuse = (code, message) =>
      this.send(client, { op: 'error', topic: frame.topic, code, message });
    if (snapshot === undefined) return refuse('unknown-topic', 'There is no such topic.');
    if (!mayUse(client.account, topics[topic.key].permission))
      return refuse('forbidden', 'Not allowed.');
    client.seq.set(frame.topic, 0);
    return this.send(client, {
      op: 'snapshot',
      topic: frame.topic,
      seq: 0,
      ts: this.unit.now,
      data: topics[topic.key].snapshot.parse(plain(snapshot)),
    });
  }

  publish(key, id, data) {
    const topic = topics[key].pattern.replace('{id}', String(id ?? ''));
    for (const client of this.clients) {
      if (!client.seq.has(topic)) continue;
      const seq = client.seq.get(topic) + 1;
      client.seq.set(topic, seq);
      this.send(client, {
        op: 'delta',
        topic,
        seq,
        ts: this.unit.now,
        data: topics[key].delta.parse(plain(data)),
      });
    }
  }

  send(client, frame) {
    if (!this.silent) client.ws.send(JSON.stringify(serverFrame.parse(frame)));
  }

  /** Drops what was to be sent next on a topic, and says so. */
  gap(topic) {
    for (const client of this.clients) {
      const seq = client.seq.get(topic);
      if (seq === undefined) continue;
      client.seq.set(topic, seq + 1);
      this.send(client, { op: 'gap', topic, from: seq + 1, to: seq + 1 });
    }
  }

  cut() {
    this.cutOff = true;
    for (const { ws } of this.clients) ws.terminate();
  }

  restore() {
    this.cutOff = this.silent = false;
  }

  close() {
    clearInterval(this.heartbeat);
    for (const { ws } of this.clients) ws.terminate();
    this.server.close();
  }
}
