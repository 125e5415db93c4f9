import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { silentLogger } from '@kerbside/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { identityOf } from '../src/gateway/station-server.ts';
import { type RunningCsms, startCsms } from '../src/start-csms.ts';
import { realStation, sessionFacts, until } from './real-station.ts';

let directory: string;
let csms: RunningCsms;
const cleanup: (() => unknown)[] = [];

const start = async () => {
  csms = await startCsms(
    {
      dataDirectory: directory,
      listen: { host: '127.0.0.1', port: 0 },
      bench: true,
      heartbeatInterval: 300,
    },
    {},
    silentLogger,
  );
};

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly body: Record<string, unknown> & { items: Record<string, unknown>[] };
}
async function ask(
  method: string,
  place: string,
  body?: unknown,
  type = 'application/json',
): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${csms.port}/api/v1${place}`, {
    method,
    ...(body === undefined
      ? {}
      : {
          body: typeof body === 'string' ? body : JSON.stringify(body),
          headers: { 'content-type': type },
        }),
  });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: (await response.json()) as Answer['body'],
  };
}

async function connected(identity?: string) {
  const made = realStation(csms.ocppPort, identity);
  cleanup.push(() => made.station.stop());
  made.station.evse({ evse: 1, state: 'Available', since: Date.now(), faults: [] });
  made.station.start();
  await until('accepted', () => made.station.status().phase === 'accepted');
  return made;
}

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'kbt-csms-'));
  await start();
});
afterEach(async () => {
  for (const undo of cleanup.splice(0)) await undo();
  await csms.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('the CSMS and a station over a real socket', () => {
  it('takes a whole session and shows it', async () => {
    const { station, queue } = await connected();
    expect(await station.authorize('kerb-owner', 1)).toMatchObject({
      status: 'Accepted',
      from: 'csms',
    });
    expect(await station.authorize('KERB-BLOCKED', 1)).toMatchObject({ status: 'Blocked' });
    expect(await station.authorize('KERB-EXPIRED', 1)).toMatchObject({ status: 'Expired' });
    expect(await station.authorize('NOBODY', 1)).toMatchObject({ status: 'Invalid' });
    const facts = sessionFacts('t1', Date.UTC(2026, 0, 1), 3);
    for (const fact of facts) queue.append(station.rowsOf(fact));
    station.queued();
    await until('delivered', async () => (await queue.length()) === 0);

    const { body: list } = await ask('GET', '/transactions');
    expect(list.items).toMatchObject([
      {
        station: 'CP-1',
        connector: 1,
        idTag: 'KERB-OWNER',
        status: 'Accepted',
        energy: 40,
        reason: 'EVDisconnected',
      },
    ]);
    const { body: one } = await ask('GET', `/transactions/${String(list.items[0]?.['id'])}`);
    expect(
      (one['meterValues'] as { timestamp: string }[]).map(({ timestamp }) => timestamp),
    ).toEqual(['2026-01-01T00:00:01.000Z', '2026-01-01T00:00:02.000Z', '2026-01-01T00:00:03.000Z']);
    const { body: detail } = await ask('GET', '/stations/CP-1');
    expect(detail).toMatchObject({
      connected: true,
      vendor: 'Kerbside',
      firmware: '1.0',
      connectors: [
        { connector: 0, status: 'Available' },
        { connector: 1, status: 'Available', errorCode: 'NoError' },
      ],
    });
    const { body: log } = await ask('GET', '/stations/CP-1/messages?limit=1000');
    expect(log.items.filter(({ text }) => String(text).includes('"StopTransaction"'))).toHaveLength(
      1,
    );
  });

  it('delivers commands at once, with the answer of the station', async () => {
    const { commands } = await connected();
    expect(
      await ask('POST', '/stations/CP-1/remote-start', { idTag: 'KERB-GUEST', connectorId: 1 }),
    ).toMatchObject({
      status: 200,
      body: { status: 'Accepted' },
    });
    expect(commands).toEqual([
      { evse: 1, command: { command: 'start', idToken: 'KERB-GUEST', by: 'remote' } },
    ]);
    expect((await ask('POST', '/stations/CP-1/remote-stop', { transactionId: 4711 })).body).toEqual(
      {
        status: 'Rejected',
      },
    );
    expect(
      (
        await ask('POST', '/stations/CP-1/change-configuration', {
          key: 'HeartbeatInterval',
          value: '77',
        })
      ).body,
    ).toEqual({ status: 'Accepted' });
    expect(
      (await ask('POST', '/stations/CP-1/get-configuration', { key: ['HeartbeatInterval', 'X'] }))
        .body,
    ).toEqual({
      configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '77' }],
      unknownKey: ['X'],
    });
  });

  it('knows transactions again after a restart, and gives the same id to the same start', async () => {
    const first = await connected();
    for (const fact of sessionFacts('t1', Date.UTC(2026, 0, 1), 2).slice(0, 2))
      first.queue.append(first.station.rowsOf(fact));
    first.station.queued();
    await until('delivered', async () => (await first.queue.length()) === 0);
    const id = first.queue.ids.get('t1');
    first.station.stop();
    await csms.close();
    await start();
    const second = await connected();
    for (const fact of sessionFacts('t1', Date.UTC(2026, 0, 1), 2))
      second.queue.append(second.station.rowsOf(fact));
    second.station.queued();
    await until('delivered', async () => (await second.queue.length()) === 0);
    expect(second.queue.ids.get('t1')).toBe(id);
    expect((await ask('GET', '/transactions')).body.items).toHaveLength(1);
    const { body } = await ask('GET', `/transactions/${String(id)}`);
    expect(body['meterValues']).toHaveLength(2);
  });

  it('closes the older of two connections of one station', async () => {
    await connected();
    const twin = new WebSocket(`ws://127.0.0.1:${csms.ocppPort}/CP-1`, ['ocpp1.6']);
    cleanup.push(() => twin.terminate());
    const answer = new Promise<string>((resolve) => {
      twin.on('message', (data) => resolve(String(data)));
    });
    twin.on('open', () => twin.send('[2,"1","Heartbeat",{}]'));
    expect(await answer).toMatch(/^\[3,"1",\{"currentTime":/);
  });
});

async function raw(place = '/ocpp/RAW', protocols = ['ocpp1.6']) {
  const socket = new WebSocket(`ws://127.0.0.1:${csms.ocppPort}${place}`, protocols);
  cleanup.push(() => socket.terminate());
  const got: string[] = [];
  socket.on('message', (data) => got.push(String(data)));
  const closed = new Promise<number>((resolve) => {
    socket.on('close', (code) => resolve(code));
  });
  const failed = new Promise<string>((resolve) => {
    socket.on('error', (error) => resolve(error.message));
  });
  await Promise.race([new Promise((resolve) => socket.on('open', resolve)), failed]);
  const ask = async (text: string | Buffer) => {
    const before = got.length;
    socket.send(text);
    await until('an answer', () => got.length > before);
    return JSON.parse(got.at(-1) as string) as unknown[];
  };
  return { socket, got, closed, failed, ask };
}

describe('bad input', () => {
  it('is answered and costs nothing else', async () => {
    const { ask: say, socket, got } = await raw();
    expect(await say('junk')).toEqual([4, '-1', 'GenericError', 'not JSON', {}]);
    expect((await say(Buffer.from([1, 2])))[2]).toBe('GenericError');
    expect((await say('[2,"1","Heartbeat",{}]')).slice(0, 3)).toEqual([4, '1', 'SecurityError']);
    const boot = '{"chargePointVendor":"V","chargePointModel":"M"}';
    expect((await say(`[2,"2","BootNotification",${boot}]`))[0]).toBe(3);
    expect((await say('[2,"3","Heartbeat",null]'))[0]).toBe(3);
    expect((await say('[2,"4","Heartbeat",{"a":1}]'))[2]).toBe('FormationViolation');
    expect((await say('[2,"5","StartTransaction",{"connectorId":1}]'))[2]).toBe(
      'FormationViolation',
    );
    expect((await say('[2,"6","FirmwareStatusNotification",{"status":"Idle"}]'))[2]).toBe(
      'NotSupported',
    );
    expect((await say('[2,"7","MakeTea",{}]'))[2]).toBe('NotImplemented');
    const stop = '{"transactionId":999,"meterStop":1,"timestamp":"2026-01-01T00:00:00Z"}';
    expect(await say(`[2,"8","StopTransaction",${stop}]`)).toEqual([3, '8', {}]);
    const before = got.length;
    socket.send('[9,"x"]');
    socket.send('[3,"nobody",{}]');
    expect((await say('[2,"9","Heartbeat",{}]'))[0]).toBe(3);
    expect(got).toHaveLength(before + 1);
  });

  it('a stop of an unknown transaction is answered, kept once, and shown', async () => {
    const { ask: say, socket } = await raw();
    const boot = '{"chargePointVendor":"V","chargePointModel":"M"}';
    expect((await say(`[2,"1","BootNotification",${boot}]`))[0]).toBe(3);
    const stop = {
      transactionId: -1,
      meterStop: 7400,
      timestamp: '2026-01-01T00:00:00Z',
      reason: 'EVDisconnected',
      idTag: 'KERB-OWNER',
      transactionData: [
        { timestamp: '2026-01-01T00:00:00Z', sampledValue: [{ value: '7400', unit: 'Wh' }] },
      ],
    };
    for (const id of ['2', '3'])
      expect(await say(JSON.stringify([2, id, 'StopTransaction', stop]))).toEqual([
        3,
        id,
        { idTagInfo: expect.objectContaining({ status: 'Accepted' }) as unknown },
      ]);
    const later = { transactionId: 999, meterStop: 1, timestamp: '2026-01-02T00:00:00Z' };
    await say(JSON.stringify([2, '4', 'StopTransaction', later]));
    socket.close();
    await csms.close();
    await start();
    const station = (await ask('GET', '/stations')).body.items[0]?.['id'];
    const { items } = (await ask('GET', '/orphan-stops')).body;
    expect(items).toEqual([
      {
        id: expect.any(Number) as number,
        station,
        ...later,
        reason: 'Local',
        receivedAt: expect.stringMatching(/Z$/) as string,
      },
      {
        id: expect.any(Number) as number,
        station,
        ...stop,
        receivedAt: expect.stringMatching(/Z$/) as string,
      },
    ]);
    const before = Number(items[0]?.['id']);
    const page = await ask('GET', `/orphan-stops?limit=1&before=${before}&station=${station}`);
    expect(page.body.items.map((item) => item['transactionId'])).toEqual([-1]);
    expect((await ask('GET', '/orphan-stops?station=OTHER')).body.items).toEqual([]);
    expect((await ask('DELETE', '/orphan-stops')).status).toBe(405);
    expect((await ask('GET', '/transactions')).body.items).toEqual([]);
  });

  it('a message beyond 1 MiB closes that connection only', async () => {
    const other = await raw('/ocpp/OTHER');
    const { socket, closed } = await raw();
    socket.send('x'.repeat(1024 * 1024 + 1));
    expect(await closed).toBe(1009);
    expect((await other.ask('junk'))[0]).toBe(4);
  });

  it('a station without the subprotocol is let in and closed', async () => {
    const { closed } = await raw('/ocpp/RAW', []);
    expect(await closed).toBe(1002);
  });

  it.each(['/ocpp/', '/a/b', '/ocpp/A%2FB', '/ocpp/A:B', '/ocpp/%ff'])(
    'path %s is not found',
    async (place) => {
      const { failed } = await raw(place);
      expect(await failed).toMatch(/404/);
    },
  );

  it.each<[string, string, unknown, number, string]>([
    ['GET', '/nothing', undefined, 404, 'not-found'],
    ['GET', '/stations/NOBODY', undefined, 404, 'not-found'],
    ['GET', '/transactions/abc', undefined, 404, 'not-found'],
    ['GET', '/transactions?limit=0', undefined, 400, 'validation'],
    ['DELETE', '/stations', undefined, 405, 'method'],
    ['POST', '/stations/NOBODY/reset', { type: 'Soft' }, 409, 'station-offline'],
    ['POST', '/stations/NOBODY/reset', { type: 'Warm' }, 400, 'payload'],
    ['POST', '/stations/NOBODY/reset', '{', 400, 'json'],
    ['POST', '/stations/NOBODY/reset', '[]', 400, 'json'],
    ['PUT', '/tokens/A', { status: 'Perhaps' }, 400, 'validation'],
    ['PUT', '/tokens/A', `{"a":"${'x'.repeat(70_000)}"}`, 413, 'too-large'],
    ['DELETE', '/tokens/NOBODY', undefined, 404, 'not-found'],
  ])('%s %s is a problem document', async (method, place, body, status, code) => {
    const answer = await ask(method, place, body);
    expect(answer).toMatchObject({
      status,
      type: 'application/problem+json',
      body: { status, code, title: expect.any(String) as string },
    });
  });

  it('a body that is not declared as JSON is refused', async () => {
    expect((await ask('PUT', '/tokens/A', '{"status":"Accepted"}', 'text/plain')).status).toBe(415);
  });

  it('a request target that is no path is refused', async () => {
    const status = await new Promise((resolve) => {
      request({ port: csms.port, path: '/api/v1/%ff' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(400);
  });
});

describe('tokens', () => {
  it('are put, shown and removed', async () => {
    const { body } = await ask('PUT', '/tokens/abc', {
      status: 'Accepted',
      expiryDate: '2030-01-01T00:00:00Z',
    });
    expect(body).toEqual({
      idTag: 'ABC',
      status: 'Accepted',
      expiryDate: '2030-01-01T00:00:00.000Z',
    });
    expect((await ask('DELETE', '/tokens/ABC')).status).toBe(200);
    const { items } = (await ask('GET', '/tokens')).body;
    expect(items.map(({ idTag }) => idTag)).toEqual([
      'KERB-BLOCKED',
      'KERB-EXPIRED',
      'KERB-GUEST',
      'KERB-OWNER',
    ]);
  });
});

describe('paths of stations', () => {
  it.each([
    ['/ocpp/CP-1', 'CP-1'],
    ['/CP-1', 'CP-1'],
    ['/ocpp/CP%201?x=1', 'CP 1'],
    ['/', undefined],
    ['/ocpp/a/b', undefined],
    [undefined, undefined],
  ])('%s is %s', (url, identity) => {
    expect(identityOf(url)).toBe(identity);
  });
});
