import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '@kerbside/host';
import { millis } from '@kerbside/kernel';
import { openStore } from '@kerbside/store';
import {
  ROLES,
  type ServerFrame,
  type SlacAttempt,
  slacAttempt,
  slacAttemptPage,
  slacLive,
} from '@kerbside/contracts';
import { misbehaviours } from '@kerbside/slac';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { lastGoodOf, slacHistory } from '../src/wiring/slac-history.ts';
import { CAR_MAC, watchedEvse } from './support/matched-car.ts';
import { cookieOf, emptyHistory, oneEvse, PASSWORD, startUnit } from './support/unit.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'kbt-slac-'));
const file = path.join(directory, 'k.db');
let store: ReturnType<typeof openStore>;
let history: ReturnType<typeof slacHistory>;
let evse: ReturnType<typeof watchedEvse>;
let unit: Awaited<ReturnType<typeof startUnit>>;
const cookies = new Map<string, string>();

beforeAll(async () => {
  store = openStore({ path: file, clock: systemClock });
  history = slacHistory(store);
  evse = watchedEvse(1);
  unit = await startUnit({}, emptyHistory, oneEvse, {
    sources: { ids: () => [1, 2], watch: (id) => (id === 1 ? evse.watch : undefined) },
    history,
  });
  unit.services.slac.watch(evse.watch);
  cookies.set('admin', await unit.claim());
  for (const role of ROLES.filter((one) => one !== 'admin')) {
    const account = { name: `a ${role}`, role, password: PASSWORD };
    await unit.call('POST', '/accounts', account, { cookie: cookies.get('admin') ?? '' });
    const { name, password } = account;
    cookies.set(role, cookieOf(await unit.call('POST', '/login', { name, password })));
  }
  await evse.clock.run(millis(500));
  const car = await evse.plugIn();
  await car.unplug();
  const silent = await evse.plugIn({ noMatchReq: true }, 60_000);
  await silent.unplug();
  for (const { attempt, reference } of evse.kept)
    history.keep({ evse: 1, attempt, ...(reference ? { reference } : {}) });
  await store.commit([{ op: 'authorization.clear' }]);
}, 120_000);
afterAll(async () => {
  await unit.stop();
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const get = (where: string, role = 'admin') =>
  unit.call('GET', where, undefined, { cookie: cookies.get(role) ?? '' });

describe('what the API tells', () => {
  it('now: the state, what to do next, the modem, the last attempt', async () => {
    const answer = await get('/evses/1/slac');
    const live = slacLive.parse(await answer.json());
    expect(live).toMatchObject({
      evse: 1,
      state: 'unmatched',
      interface: { name: 'ev1', ok: true },
      modem: { at: 'ready', vendor: 'qualcomm', mac: '00:01:87:00:ee:01' },
      attempt: { id: 'a2', result: 'failed', verdict: { code: 'no-match-req' } },
    });
    expect(live.waiting).toBeUndefined();
    evse.matching.enter();
    await evse.clock.run(millis(10_000));
    const waiting = slacLive.parse(await (await get('/evses/1/slac')).json());
    expect(waiting).toMatchObject({
      state: 'waiting',
      waiting: {
        timer: 'TT_EVSE_SLAC_init',
        limitMs: 40_000,
        until: new Date(evse.clock.now() + 30_000).toISOString(),
      },
      attempt: { result: 'running' },
    });
    evse.matching.leave();
    await evse.clock.run(millis(500));
  });

  it('now, while a car is matched: the firmware, the rates to each station, and what was let pass', async () => {
    const place = watchedEvse(4);
    await place.clock.run(millis(500));
    const car = await place.plugIn(misbehaviours['wrong-evse-mac'].knobs);
    await place.clock.run(millis(12_000));
    const live = slacLive.parse(place.watch.live());
    expect(live).toMatchObject({
      state: 'matched',
      modem: { firmware: expect.stringMatching(/\S/) as string },
      tolerated: [{ code: 'evse-mac', what: 'EVSE_MAC is not the charger', count: 1 }],
    });
    expect(live.modem.stations).toEqual([
      {
        mac: '00:01:87:00:e0:01',
        txMbps: expect.any(Number) as number,
        rxMbps: expect.any(Number) as number,
      },
    ]);
    expect(live.modem.stations?.[0]?.txMbps).toBeGreaterThan(0);
    await car.unplug();
    expect(slacLive.parse(place.watch.live()).modem.stations).toBeUndefined();
  });

  it('an outlet without SLAC is off; one whose interface is missing says so', async () => {
    expect(await (await get('/evses/2/slac')).json()).toMatchObject({ state: 'off' });
    const broken = watchedEvse(3);
    broken.watch.closed('ev3 does not exist');
    expect(slacLive.parse(broken.watch.live())).toMatchObject({
      state: 'interface-missing',
      interface: { ok: false, reason: 'ev3 does not exist' },
    });
  });

  it('the attempts, newest first, page by page, of one car, with what came of all', async () => {
    const all = slacAttemptPage.parse(await (await get('/evses/1/slac/attempts')).json());
    expect(all.items.map(({ id, result }) => `${id} ${result}`)).toEqual([
      'a2 failed',
      'a1 matched',
    ]);
    expect(all.totals).toEqual({ matched: 1, failed: 1, ended: 0 });
    expect(all.medianMs).toBe(all.items[1]?.lasted);
    expect(all.items[1]).toMatchObject({
      evMac: CAR_MAC,
      session: 'session-1',
      profiles: 10,
      announced: 10,
      retried: 0,
      verdict: { code: 'matched', next: [] },
    });
    const first = slacAttemptPage.parse(await (await get('/evses/1/slac/attempts?limit=1')).json());
    expect(first.items).toHaveLength(1);
    const second = await get(`/evses/1/slac/attempts?limit=1&cursor=${first.next}`);
    expect(await second.json()).toMatchObject({ items: [{ id: 'a1' }] });
    const ofOne = await get(`/evses/1/slac/attempts?evMac=${CAR_MAC.toUpperCase()}`);
    expect(await ofOne.json()).toMatchObject({ items: [{ id: 'a1' }], totals: { failed: 0 } });
  });

  it('one attempt whole: frames decoded, compared with the last good one, the key nowhere', async () => {
    const answer = await get('/evses/1/slac/attempts/a1');
    const text = await answer.text();
    const attempt: SlacAttempt = slacAttempt.parse(JSON.parse(text));
    const confirmation = attempt.frames.find(({ name }) => name === 'CM_SLAC_MATCH.CNF');
    expect(confirmation?.fields).toMatchObject({ NMK: '***', PEV_MAC: CAR_MAC, MMV: 1 });
    expect(confirmation?.hex.slice(2 * 93)).toBe('0'.repeat(32));
    expect(text).not.toContain(evse.key());
    const failed = slacAttempt.parse(await (await get('/evses/1/slac/attempts/a2')).json());
    expect(failed.lastGood).toMatchObject({ attempt: 'a1', evMac: CAR_MAC });
    expect(failed.steps.find(({ step }) => step === 'choice')?.state).toBe('missing');
  });

  it.each([
    ['/evses/7/slac', 404],
    ['/evses/7/slac/attempts', 404],
    ['/evses/1/slac/attempts/none', 404],
    ['/evses/2/slac/attempts/a1', 404],
    ['/evses/1/slac/attempts/none/pcap', 404],
    ['/evses/1/slac/attempts?cursor=nonsense', 400],
    ['/evses/1/slac/attempts?evMac=car', 400],
    ['/evses/1/slac/attempts?limit=0', 400],
  ])('%s is %i', async (where, status) => {
    const answer = await get(where);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('who may see what', () => {
  it.each([
    ['/evses/1/slac', ['viewer', 'operator', 'technician', 'admin']],
    ['/evses/1/slac/attempts', ['viewer', 'operator', 'technician', 'admin']],
    ['/evses/1/slac/attempts/a1', ['operator', 'technician', 'admin']],
    ['/evses/1/slac/attempts/a1/pcap', ['operator', 'technician', 'admin']],
  ])('%s', async (where, allowed) => {
    for (const role of ROLES)
      expect((await get(where, role)).status, role).toBe(allowed.includes(role) ? 200 : 403);
    expect((await unit.call('GET', where)).status).toBe(401);
  });
});

describe('the capture file', () => {
  it('is a download with a name', async () => {
    const answer = await get('/evses/1/slac/attempts/a1/pcap');
    expect(answer.headers.get('content-type')).toBe('application/vnd.tcpdump.pcap');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="slac-evse1-[\dTZ-]+\.pcap"$/,
    );
  });

  it.skipIf(!existsSync('/usr/bin/tshark'))(
    'opens in tshark, frame by frame, without the key (needs /usr/bin/tshark)',
    async () => {
      const bytes = new Uint8Array(
        await (await get('/evses/1/slac/attempts/a1/pcap')).arrayBuffer(),
      );
      const pcap = path.join(directory, 'attempt.pcap');
      writeFileSync(pcap, bytes);
      const told = execFileSync(
        'tshark',
        ['-r', pcap, '-T', 'fields', '-e', 'eth.src', '-e', 'frame.len', '-e', 'frame.protocols'],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      ).trimEnd();
      const attempt = slacAttempt.parse(await (await get('/evses/1/slac/attempts/a1')).json());
      expect(told.split('\n').map((line) => line.split('\t'))).toEqual(
        attempt.frames.map(({ source, length }) => [
          source,
          String(length),
          expect.stringMatching(/homeplug/i) as string,
        ]),
      );
      expect(Buffer.from(bytes).toString('hex')).not.toContain(evse.key());
    },
  );
});

describe('the stream', () => {
  function open(role: string) {
    const socket = new WebSocket(`ws://127.0.0.1:${unit.port}/api/v1/stream`, {
      headers: { cookie: cookies.get(role) ?? '' },
    });
    const frames: ServerFrame[] = [];
    socket.on('message', (raw) => frames.push(JSON.parse(String(raw)) as ServerFrame));
    const until = async (done: (frame: ServerFrame) => boolean): Promise<ServerFrame> => {
      for (;;) {
        const found = frames.find(done);
        if (found) return found;
        await new Promise((resolve) => socket.once('message', resolve));
      }
    };
    return {
      until,
      opened: new Promise((resolve) => socket.once('open', resolve)),
      subscribe: (topic: string) => socket.send(JSON.stringify({ op: 'sub', topic })),
      close: () => socket.terminate(),
    };
  }

  it('tells the state and the attempt as they change: a snapshot, then deltas', async () => {
    const client = open('operator');
    await client.opened;
    client.subscribe('evse.1.slac');
    client.subscribe('evse.1.slac.attempt');
    const snapshot = await client.until(
      (frame) => frame.op === 'snapshot' && frame.topic === 'evse.1.slac.attempt',
    );
    expect(snapshot).toMatchObject({ data: { attempt: { result: expect.any(String) as string } } });
    await client.until((frame) => frame.op === 'snapshot' && frame.topic === 'evse.1.slac');
    const car = await evse.plugIn();
    const state = await client.until(
      (frame) =>
        frame.op === 'delta' &&
        frame.topic === 'evse.1.slac' &&
        slacLive.parse(frame.data).state === 'matched',
    );
    expect(state).toMatchObject({ data: { attempt: { result: 'matched' } } });
    await client.until(
      (frame) =>
        frame.op === 'delta' &&
        frame.topic === 'evse.1.slac.attempt' &&
        (frame.data as { attempt: { result: string } }).attempt.result === 'matched',
    );
    await car.unplug();
    client.close();
  });

  it('gives the frames to nobody below operator', async () => {
    const client = open('viewer');
    await client.opened;
    client.subscribe('evse.1.slac.attempt');
    expect(await client.until((frame) => frame.op === 'error')).toMatchObject({
      code: 'forbidden',
    });
    client.subscribe('evse.1.slac');
    expect(await client.until((frame) => frame.op === 'snapshot')).toMatchObject({
      topic: 'evse.1.slac',
    });
    client.subscribe('evse.9.slac');
    await client.until((frame) => frame.op === 'error' && frame.topic === 'evse.9.slac');
    client.close();
  });
});

describe('what is watched', () => {
  it('is told as events: started, ongoing, with its result', async () => {
    const own = watchedEvse();
    await own.clock.run(millis(500));
    await own.plugIn();
    expect(
      own.events.map((event) =>
        event.event === 'finished'
          ? event.attempt.result
          : event.event === 'ongoing'
            ? event.step
            : event.event,
      ),
    ).toEqual(['started', 'attenuation', 'confirmed', 'matched']);
    expect(own.kept.map(({ reference }) => reference?.attempt)).toEqual(['a1']);
  });

  it('is kept again when the link is lost after the match', async () => {
    const own = watchedEvse();
    await own.clock.run(millis(500));
    const car = await own.plugIn();
    car.modem.unplug();
    await own.clock.run(millis(5000));
    expect(own.kept.map(({ attempt }) => attempt.verdict.code)).toEqual(['matched', 'link-lost']);
  });

  it('is not on the way of the car: the answer leaves before anything is looked at', async () => {
    const own = watchedEvse();
    await own.clock.run(millis(500));
    own.matching.enter();
    expect(own.watch.attempt).toBeUndefined();
    await own.clock.run(millis(1));
    expect(own.watch.attempt).toMatchObject({ result: 'running' });
  });

  it('survives a restart, and is what the next attempt is compared with', async () => {
    await store.close();
    store = openStore({ path: file, clock: systemClock });
    history = slacHistory(store);
    expect(await history.attempt(1, 'a1')).toEqual(evse.kept[0]?.attempt);
    expect(lastGoodOf(store.start, 1)).toEqual(evse.kept[0]?.reference);
    expect(lastGoodOf(store.start, 2)).toBeUndefined();
  });
});
