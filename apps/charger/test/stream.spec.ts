import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServerFrame, STREAM_CLOSE } from '@kerbside/contracts';
import { WebSocket } from 'ws';
import { startUnit } from './support/unit.ts';

type Unit = Awaited<ReturnType<typeof startUnit>>;
let unit: Unit;
let cookie: string;
beforeAll(async () => {
  unit = await startUnit();
  cookie = await unit.claim();
});
afterAll(() => unit.stop());

function open(headers: Record<string, string>) {
  const socket = new WebSocket(`ws://127.0.0.1:${unit.port}/api/v1/stream`, { headers });
  const frames: ServerFrame[] = [];
  const waiting: {
    done: (frame: ServerFrame) => boolean;
    resolve: (frame: ServerFrame) => void;
  }[] = [];
  socket.on('message', (raw) => {
    const frame = JSON.parse(String(raw)) as ServerFrame;
    frames.push(frame);
    for (const wait of waiting) if (wait.done(frame)) wait.resolve(frame);
  });
  return {
    socket,
    frames,
    opened: new Promise<number>((resolve) => {
      socket.on('open', () => resolve(101));
      socket.on('unexpected-response', (_, answer) => resolve(answer.statusCode ?? 0));
      socket.on('error', () => {});
    }),
    send: (frame: unknown) =>
      socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    next: (done: (frame: ServerFrame) => boolean) =>
      new Promise<ServerFrame>((resolve) => waiting.push({ done, resolve })),
  };
}

it('a stream without login, or from another site, is refused at the upgrade', async () => {
  expect(await open({}).opened).toBe(401);
  expect(await open({ cookie, origin: 'http://evil.example' }).opened).toBe(403);
  expect(await open({ cookie, host: 'evil.example' }).opened).toBe(421);
});

it('gives a snapshot, then numbered deltas', async () => {
  const client = open({ cookie, origin: unit.base });
  expect(await client.opened).toBe(101);
  const snapshot = client.next((frame) => frame.op === 'snapshot');
  client.send({ op: 'sub', topic: 'system.health' });
  expect(await snapshot).toMatchObject({ topic: 'system.health', seq: 0, data: { status: 'ok' } });
  const second = client.next((frame) => frame.op === 'delta' && frame.seq === 2);
  unit.services.health.report('ocpp', { status: 'degraded', reason: 'no-connection' });
  unit.services.health.report('ocpp', { status: 'ok' });
  expect(await second).toMatchObject({ op: 'delta', data: { status: 'ok' } });
  client.socket.terminate();
});

it.each([
  ['not JSON', 'hello', 'invalid-frame'],
  ['an unknown verb', { op: 'drop' }, 'invalid-frame'],
  ['an unknown topic', { op: 'sub', topic: 'nothing' }, 'unknown-topic'],
  ['an EVSE that is not there', { op: 'sub', topic: 'evse.7.state' }, 'unknown-topic'],
])('%s gets an error frame, and the stream lives on', async (_, frame, code) => {
  const client = open({ cookie });
  await client.opened;
  const error = client.next((received) => received.op === 'error');
  client.send(frame);
  expect(await error).toMatchObject({ code });
  const pong = client.next((received) => received.op === 'pong');
  client.send({ op: 'ping' });
  expect(await pong).toMatchObject({ op: 'pong' });
  client.socket.terminate();
});

it('a frame over the limit closes that stream only', async () => {
  const client = open({ cookie });
  await client.opened;
  const closed = new Promise<number>((resolve) =>
    client.socket.on('close', (code) => resolve(code)),
  );
  client.send('x'.repeat(20_000));
  expect(await closed).toBe(1009);
  const other = open({ cookie });
  expect(await other.opened).toBe(101);
  other.socket.terminate();
});

it('logging out ends the streams of that login', async () => {
  const answer = await unit.call('POST', '/login', {
    name: 'owner',
    password: 'correct horse battery',
  });
  const own = (answer.headers.get('set-cookie') ?? '').split(';')[0] as string;
  const client = open({ cookie: own });
  await client.opened;
  const closed = new Promise<number>((resolve) =>
    client.socket.on('close', (code) => resolve(code)),
  );
  await unit.call('POST', '/logout', undefined, { cookie: own });
  expect(await closed).toBe(STREAM_CLOSE.unauthorized);
});

it('revoking a token ends the streams that it opened', async () => {
  const { access } = unit.services;
  const { token, record } = await access.tokens.create('local', 'watcher', ['status.read']);
  const client = open({ authorization: `Bearer ${token}` });
  expect(await client.opened).toBe(101);
  const closed = new Promise<number>((resolve) =>
    client.socket.on('close', (code) => resolve(code)),
  );
  const answer = await unit.call('DELETE', `/tokens/${record.id}`, undefined, { cookie });
  expect(answer.status).toBe(204);
  expect(await closed).toBe(STREAM_CLOSE.unauthorized);
});
