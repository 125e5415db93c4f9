import { connect } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CONTROL_SOCKET } from '@kerbside/host';
import { minutes, seconds } from '@kerbside/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openControl } from '../src/control/control.ts';
import { type Refusal } from '../src/http/refusals.ts';
import { startUnit } from './support/unit.ts';

const SECRET = 'correct-horse-04A1B2C3';
const json = { 'content-type': 'application/json' };

describe('what is wrong with a request', () => {
  let unit: Awaited<ReturnType<typeof startUnit>>;
  let cookie = '';
  beforeAll(async () => {
    unit = await startUnit({ KERBSIDE_BENCH: '1' });
    cookie = await unit.claim();
  });
  afterAll(() => unit.stop());
  beforeEach(() => {
    unit.refusalClock.advance(minutes(24 * 60));
    unit.notes.length = 0;
  });

  const send = (
    method: string,
    route: string,
    body?: string,
    headers: Record<string, string> = json,
  ) =>
    fetch(`${unit.base}/api/v1${route}`, {
      method,
      headers: { cookie, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  const noted = () => unit.notes.map(({ source, type, data }) => ({ source, type, data }));

  it.each([
    ['no JSON', '{', 400, 'bad-request', 'system'],
    ['a wrong field', `{"idTag":["${SECRET}"]}`, 400, 'invalid-request', 'operator'],
    ['a field too many', `{"idTag":"A","${SECRET}":1}`, 400, 'invalid-request', 'operator'],
    ['too long', `{"idTag":"${'x'.repeat(80_000)}"}`, 413, 'body-too-large', 'system'],
  ])(
    'a body that is %s is in the journal, without what it says',
    async (_, body, status, code, source) => {
      const answer = await send('POST', '/bench/evses/1/token', body);
      expect(answer.status).toBe(status);
      expect(await answer.json()).toMatchObject({ code });
      expect(noted()).toEqual([
        {
          source,
          type: 'http.refused',
          data: expect.objectContaining({
            status,
            code,
            method: 'POST',
            route: '/bench/evses/{id}/token',
            from: expect.stringContaining('127.0.0.1') as string,
          }) as object,
        },
      ]);
      expect(JSON.stringify(unit.notes)).not.toContain(SECRET);
    },
  );

  it.each([
    ['text/plain', '{"idTag":"A"}'],
    ['application/x-www-form-urlencoded', 'idTag=A'],
    ['application/jsonp', '{"idTag":"A"}'],
    ['application/json; charset=ebcdic', '{"idTag":"A"}'],
  ])('[RFC 9110 15.5.16] %s is 415, in the journal with who sent it', async (type, body) => {
    const answer = await send('POST', '/bench/evses/1/token', body, { 'content-type': type });
    expect(answer.status).toBe(415);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(noted()).toMatchObject([{ type: 'http.refused', data: { status: 415 } }]);
  });

  it('[RFC 9110 15.5.16] a body without a type is 415; none at all is judged by the schema', async () => {
    const bytes = new Blob(['{"idTag":"A"}']).stream();
    const init = {
      method: 'POST',
      headers: { cookie },
      body: bytes,
      duplex: 'half',
    } as RequestInit;
    expect((await fetch(`${unit.base}/api/v1/bench/evses/1/token`, init)).status).toBe(415);
    expect((await send('POST', '/bench/evses/1/token', undefined, {})).status).toBe(400);
    expect(noted()).toMatchObject([
      { data: { status: 415, by: 'owner' } },
      { data: { status: 400, by: 'owner' } },
    ]);
  });

  it.each([
    ['DELETE', '/health', 'GET, HEAD'],
    ['GET', '/login', 'POST'],
    ['PUT', '/accounts', 'GET, HEAD, POST'],
    ['PATCH', '/bench/evses/1/token', 'POST'],
    ['POST', '/openapi.json', 'GET, HEAD'],
  ])('[RFC 9110 15.5.6] %s %s is 405 with Allow: %s', async (method, route, allow) => {
    const answer = await send(method, route);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allow);
    expect(await answer.json()).toMatchObject({ status: 405, code: 'method-not-allowed' });
    expect(noted()).toMatchObject([{ type: 'http.refused', data: { status: 405, method } }]);
  });

  it('HEAD is a GET, an unknown address and a missing login are no bad input', async () => {
    expect((await send('HEAD', '/health')).status).toBe(200);
    expect((await send('PATCH', '/nothing')).status).toBe(404);
    expect((await send('GET', '/evses/9')).status).toBe(404);
    expect((await send('GET', '/accounts', undefined, { cookie: '' })).status).toBe(401);
    expect(noted()).toEqual([]);
  });

  it('a bench route does not exist on a real unit, whatever the method', async () => {
    const real = await startUnit();
    const answer = await real.call('DELETE', '/bench');
    expect(answer.status).toBe(404);
    await real.stop();
  });

  it('a flood is counted, not written one by one, also when no more comes', async () => {
    for (let at = 0; at < 60; at++) await send('POST', '/login', '{');
    unit.refusalClock.advance(seconds(1));
    expect(noted().map(({ type }) => type)).toEqual([
      ...Array.from({ length: 10 }, () => 'http.refused'),
      'http.suppressed',
    ]);
    expect(noted().at(-1)).toMatchObject({
      source: 'system',
      data: { refusals: 50, from: expect.stringContaining('127.0.0.1') as string },
    });
    await send('POST', '/login', '{');
    expect(noted()).toHaveLength(11);
    // a stranger's junk hides none of an account's, from the same address
    await send('POST', '/bench/evses/1/token', '{"idTag":1}');
    expect(noted().at(-1)).toMatchObject({ source: 'operator', data: { by: 'owner' } });
  });

  it('frames of the live stream that are none are in the journal too', async () => {
    const socket = new WebSocket(`${unit.base.replace('http', 'ws')}/api/v1/stream`, {
      headers: { cookie },
      origin: unit.base,
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.send(`{"op":"${SECRET}"}`);
    socket.send('x'.repeat(100_000));
    await closed;
    await expect
      .poll(() =>
        noted()
          .map(({ type, data }) => `${type} ${JSON.stringify(data)}`)
          .sort(),
      )
      .toEqual([
        'stream.refused {"code":"WS_ERR_UNSUPPORTED_MESSAGE_LENGTH","by":"owner"}',
        'stream.refused {"code":"invalid-frame","by":"owner"}',
      ]);
  });

  const raw = (text: string): Promise<string> =>
    new Promise((resolve) => {
      let answer = '';
      const socket = connect(unit.port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (piece) => (answer += piece.toString('latin1')));
      socket.on('error', () => {});
      socket.on('close', () => resolve(answer));
    });

  it.each([
    ['no HTTP', `${SECRET}\r\n\r\n`, 400, /^HPE_/],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`,
      431,
      /^HPE_HEADER_OVERFLOW$/,
    ],
    [
      'a body in broken chunks',
      'POST /api/v1/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n' +
        `Transfer-Encoding: chunked\r\n\r\nzz${SECRET}\r\n`,
      400,
      /^HPE_INVALID_CHUNK_SIZE$/,
    ],
  ])('%s is answered and in the journal', async (_, text, status, code) => {
    expect(await raw(text)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    await pause(50);
    expect(noted(), JSON.stringify(noted())).toEqual([
      {
        source: 'system',
        type: 'http.refused',
        data: {
          status,
          code: expect.stringMatching(code) as string,
          from: expect.stringContaining('127.0.0.1') as string,
        },
      },
    ]);
    expect(JSON.stringify(unit.notes)).not.toContain(SECRET);
  });

  it('connections are bounded: one too many is closed, and there is room again when others go', async () => {
    const open = async () => {
      const socket = connect(unit.port, '127.0.0.1');
      socket.on('error', () => {});
      const gone = new Promise<false>((resolve) => socket.once('close', () => resolve(false)));
      await new Promise((resolve) => socket.once('connect', resolve));
      return { socket, gone };
    };
    const most = unit.app.server.maxConnections;
    const held = await Promise.all(Array.from({ length: most }, open));
    const extra = await open();
    expect(await extra.gone).toBe(false);
    for (const { socket } of held) socket.destroy();
    await Promise.all(held.map(({ gone }) => gone));
    await expect
      .poll(async () => (await send('GET', '/health').catch(() => undefined))?.status)
      .toBe(200);
  });

  it('a browser that goes away has sent nothing bad', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(unit.port, '127.0.0.1', () => {
        socket.write('POST /api/v1/login HTTP/1.1\r\nHost: 127.0.0.1\r\n');
        setTimeout(() => socket.resetAndDestroy(), 50);
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve());
    });
    await pause(100);
    expect(noted()).toEqual([]);
  });

  it('requests on the local socket that are none are told', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'kbt-refused-'));
    const told: Refusal[] = [];
    const control = await openControl(directory, unit.services.access, (one) => told.push(one));
    const ask = (text: string) =>
      new Promise<void>((resolve) => {
        const socket = connect(path.join(directory, CONTROL_SOCKET), () => socket.write(text));
        socket.on('error', () => {});
        socket.on('close', () => resolve()).resume();
      });
    for (const text of ['junk\n', '{"do":"dance"}\n', 'x'.repeat(100_000)]) await ask(text);
    expect(told).toEqual(
      ['control.json', 'control.request', 'control.too-long'].map((code) => ({
        on: 'control',
        code,
      })),
    );
    await control.close();
    rmSync(directory, { recursive: true });
  });
});
