import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { networkNamespace, runInNamespace } from '@kerbside/host';
import { seconds } from '@kerbside/kernel';
import type { TimelineEntry } from '@kerbside/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { beginCharge, type Bench, startBench, unplug } from '../support/bench.ts';
import { bookErrors, journalTransactions } from '../support/books.ts';
import { type FakeCsms, startFakeCsms } from '../support/fake-csms.ts';
import { tapBoard } from '../support/board-wire.ts';
import { inRepository, noNamespaces } from '../support/repository.ts';
import { openRigEyes, type RigEyes } from '../support/rig-eyes.ts';
import { eventually } from '../support/running.ts';

const residentMb = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024;

const data = (entries: readonly TimelineEntry[], type: string) =>
  entries.filter((entry) => entry.type === type).map((entry) => entry.data);

/** What a car can do wrong on the wire, and what it gets: an answer of the standard, or the end of the connection. */
const WRONGS = [
  { kind: 'malformed-exi', at: 'SessionSetupReq', malformed: /./ },
  {
    kind: 'truncated',
    at: 'ChargeParameterDiscoveryReq',
    at2: 'ServiceDiscoveryReq',
    malformed: /./,
  },
  { kind: 'unknown-payload-type', at: 'SessionSetupReq', malformed: /^v2gtp\.type$/ },
  { kind: 'promise-4-gib', at: 'SessionSetupReq', malformed: /^v2gtp\.length$/ },
  { kind: 'false-inverse', malformed: /^v2gtp\.inverse$/ },
  { kind: 'false-v2gtp-length', at: 'ServiceDiscoveryReq', ends: /closed/ },
  { kind: 'unknown-message', at: 'ServiceDiscoveryReq', ends: /no request/ },
  { kind: 'out-of-sequence', at: 'ServiceDiscoveryReq', answer: 'FAILED_SequenceError' },
  { kind: 'wrong-session-id', at: 'ServiceDiscoveryReq', answer: 'FAILED_UnknownSession' },
  { kind: 'dribble', fine: true },
] as const;

describe.skipIf(noNamespaces)(
  'bad input to the running bench (needs root, for network namespaces)',
  () => {
    let bench: Bench;
    let rig: RigEyes;
    let before = 0;

    beforeAll(async () => {
      bench = await startBench();
      rig = await openRigEyes(bench.sockets);
      await beginCharge(bench.api, { evse: 2, kind: 'iso2-dc' });
      await unplug(bench.api, 2);
      // the thread that reads history starts when it is first asked
      await bench.api.timeline((await bench.api.lastSession(2))?.id ?? '');
      before = residentMb(bench.pid('charger'));
    }, 120_000);
    afterAll(async () => {
      rig?.close();
      await bench?.close();
    }, 60_000);

    const inVehicle = async (...args: string[]): Promise<string> =>
      runInNamespace(
        networkNamespace(`kb${bench.launcher.child.pid}-veh`),
        process.execPath,
        [inRepository('e2e/support/bad-car.mjs'), ...args],
        { limit: seconds(30) },
      );
    async function plugIn(): Promise<string> {
      await rig.link.request({ do: 'plug-in', evse: 2 });
      await eventually(
        'a session',
        async () =>
          (await bench.api.evse(2)).state === 'Matching' ||
          (await bench.api.evse(2)).session !== undefined,
      );
      await pause(100);
      return (await bench.api.evse(2)).session?.id ?? '';
    }
    async function plugOut(): Promise<void> {
      await rig.link.request({ do: 'unplug', evse: 2 });
      await eventually('free', async () => (await bench.api.evse(2)).state === 'Available', 15_000);
      // notes are written every 200 ms
      await pause(400);
    }

    it.each(WRONGS)(
      'V2G, $kind: answered as the standard says, in the journal, nothing closes',
      async (wrong) => {
        const session = await plugIn();
        const at = 'at2' in wrong ? wrong.at2 : 'at' in wrong ? wrong.at : undefined;
        const told = JSON.parse(await inVehicle('ev1', wrong.kind, ...(at ? [at] : []))) as {
          received: string[];
          end: string;
        };
        expect((await rig.state(2)).contactor).toBe('open');
        await plugOut();
        const entries = await bench.api.timeline(session);
        if ('fine' in wrong) {
          expect(told.received).toContain('AuthorizationRes OK');
          expect(data(entries, 'v2g.malformed')).toEqual([]);
        }
        if ('malformed' in wrong) {
          const [malformed] = data(entries, 'v2g.malformed');
          expect(String(malformed?.['code'])).toMatch(wrong.malformed);
          expect(String(malformed?.['raw'])).toMatch(/^[0-9a-f]+$/);
        }
        if ('answer' in wrong)
          expect(told.received.at(-1), told.end).toMatch(new RegExp(`Res ${wrong.answer}$`));
        if ('ends' in wrong)
          expect(String(data(entries, 'v2g.ended')[0]?.['reason'])).toMatch(wrong.ends);
        expect(data(entries, 'fault.raised')).toEqual([]);
      },
      60_000,
    );

    it('SLAC: 6,000 truncated and random frames are counted in the journal; the car matches all the same', async () => {
      const session = await plugIn();
      await inVehicle('ev1', 'junk-frames');
      await pause(1000);
      await inVehicle('ev1', 'junk-frames');
      await plugOut();
      const entries = await bench.api.timeline(session);
      expect(data(entries, 'slac.undecodable').length).toBeGreaterThan(0);
      expect(entries.length, 'a flood does not fill the journal').toBeLessThan(1500);
    }, 60_000);

    it('REST: each invalid body gets a problem document, and an entry without what it says', async () => {
      const { api } = bench;
      const before = (await api.journal(1))[0]?.id ?? 0;
      const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
      for (const body of [
        '',
        '{',
        'null',
        '[]',
        '"x"',
        '{"action":"dance"}',
        '{"action":"unplug","SECRET-04A1B2C3":1}',
        deep,
        `{"idTag":"${'x'.repeat(3_000_000)}"}`,
      ]) {
        const answer = await rawPost(
          api.base,
          '/api/v1/bench/evses/1/vehicle',
          body,
          await cookieOf(api.base),
        );
        expect(answer.status, body.slice(0, 40)).toBeGreaterThanOrEqual(400);
        expect(answer.status, body.slice(0, 40)).toBeLessThan(500);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
        expect(await answer.json()).toMatchObject({ status: answer.status });
      }
      for (const route of ['/sessions?limit=-1', '/evses/999', '/nothing']) {
        const answer = await api.raw('GET', route);
        expect([400, 404, 422], route).toContain(answer.status);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
      }
      const form = await fetch(`${api.base}/api/v1/bench/evses/1/token`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          cookie: await cookieOf(api.base),
        },
        body: 'idTag=SECRET-04A1B2C3',
      });
      expect(form.status).toBe(415);
      const wrong = await api.raw('DELETE', '/bench/evses/1/token');
      expect(wrong.status).toBe(405);
      expect(wrong.headers.get('allow')).toBe('POST');
      await rawPost(api.base, '/api/v1/login', '{', '');
      let refused: TimelineEntry[] = [];
      let suppressed = 0;
      await eventually('each is in the journal', async () => {
        const since = (await api.journal()).filter(({ id }) => id > before);
        refused = since.filter(({ type }) => type === 'http.refused');
        suppressed = since
          .filter(({ type }) => type === 'http.suppressed')
          .reduce((sum, { data: { refusals } }) => sum + Number(refusals), 0);
        // nine bodies, the page, form, method and the last one
        return refused.length + suppressed >= 13;
      });
      expect(refused.map(({ data: { status } }) => status)).toEqual(
        expect.arrayContaining([400, 413]),
      );
      expect(JSON.stringify(await api.journal())).not.toContain('SECRET');
    });

    it('live stream: junk frames are answered as such; one that is too long ends that stream alone', async () => {
      const cookie = await cookieOf(bench.api.base);
      const stream = `${bench.api.base.replace('http', 'ws')}/api/v1/stream`;
      const socket = new WebSocket(stream, { headers: { cookie }, origin: bench.api.base });
      const frames: { op: string; code?: string }[] = [];
      socket.on('message', (text: Buffer) =>
        frames.push(JSON.parse(text.toString('utf8')) as never),
      );
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      const junk = [
        '',
        'x',
        '{}',
        '[]',
        'null',
        '{"op":"sub"}',
        '{"op":"sub","topic":7}',
        '{"op":"fly"}',
      ];
      for (const text of junk) socket.send(text);
      socket.send(Buffer.from([0xff, 0xfe, 0x00]));
      await eventually(
        'each is answered',
        () => frames.filter(({ op }) => op === 'error').length >= junk.length + 1,
      );
      const closed = new Promise<number>((resolve) => socket.once('close', resolve));
      socket.send('x'.repeat(100_000));
      expect(await closed).toBe(1009);
      expect((await bench.api.evse(1)).state).toBe('Available');
    });

    it('sockets of board, pilot, bench and control: junk is refused in words, and the charger has its board back', async () => {
      const junk = [
        '',
        'x',
        '{}',
        '[]',
        '{"command":"contactor","set":"closed"}',
        '\u0000',
        'x'.repeat(70_000),
      ];
      for (const name of ['board-1.sock', 'pilot-1.sock', 'bench.sock']) {
        const text = await sendLines(path.join(bench.sockets, name), junk);
        expect(text, name).toMatch(/"(code|text)"/);
      }
      const control = await sendLines(path.join(bench.data, 'control.sock'), [
        'x',
        '{}',
        '{"do":"dance"}',
      ]);
      expect(control).toMatch(/error|refused|code/);
      await eventually(
        'the board is back',
        async () => (await bench.api.evse(1)).boardLink,
        15_000,
      );
      expect((await rig.state(1)).contactor).toBe('open');
    }, 60_000);

    it('junk from the board to the charger costs nothing but the entry', async () => {
      const { api } = bench;
      const wire = await tapBoard(bench.sockets, 1);
      try {
        await eventually('the board is back', async () => (await api.evse(1)).boardLink, 15_000);
        await beginCharge(api, { evse: 1, kind: 'basic' });
        const { key } = (await api.evse(1)).transaction ?? {};
        const session = (await api.evse(1)).session?.id ?? '';
        wire.say(
          'no JSON',
          '{"event":"dance"}',
          '{"event":"pilot","state":"Q"}',
          '{"event":"contactor","state":"ajar"}',
          `{"event":"token","idToken":["SECRET-04A1B2C3"]}`,
          'x'.repeat(200_000),
          '\u0000',
        );
        await pause(1100);
        const beats = wire.heartbeats;
        const flood = Array.from({ length: 500 }, (_, at) => `{"SECRET-${at}`);
        for (let at = 0; at < 20; at++) {
          wire.say(...flood);
          await pause(50);
        }
        // the supervision goes on in both directions
        await eventually('heartbeats go on', () => wire.heartbeats > beats + 4);
        await pause(1100);
        wire.say('the last');
        await pause(500);
        const evse = await api.evse(1);
        expect(evse).toMatchObject({ state: 'Charging', contactor: 'closed', boardLink: true });
        expect(evse.transaction?.key).toBe(key);
        expect((await rig.state(1)).contactor).toBe('closed');
        const entries = await api.timeline(session);
        const malformed = data(entries, 'board.malformed');
        expect(malformed.slice(0, 7).map(({ code }) => code)).toEqual([
          'line.json',
          'line.unknown',
          'line.field',
          'line.field',
          'line.field',
          'line.too-long',
          'line.json',
        ]);
        expect(malformed.length).toBeLessThan(20);
        // the last count comes some seconds after the last line
        await eventually('each line is told or counted', async () => {
          const counted = data(await api.timeline(session), 'board.suppressed').reduce(
            (sum, { lines }) => sum + Number(lines),
            0,
          );
          return malformed.length + counted === 7 + 10_000 + 1;
        });
        expect(data(entries, 'fault.raised')).toEqual([]);
        expect(JSON.stringify(entries)).not.toContain('SECRET');
        expect(bench.launcher.output()).not.toContain('SECRET-04A1B2C3');

        // a board of which no line can be read is a board that is silent
        wire.garble('{"event":"heartbeat","seq":"');
        await eventually('its link is lost', async () => !(await api.evse(1)).boardLink, 10_000);
        await rig.untilOpen(1, 3000);
        wire.garble(undefined);
        await eventually('the board is back', async () => (await api.evse(1)).boardLink, 15_000);
        await unplug(api, 1);
      } finally {
        wire.close();
      }
    }, 90_000);

    it('the CSMS: what a station sends that is no OCPP-J is answered or ignored, the others are served', async () => {
      const socket = new WebSocket(`${bench.ocpp}/JUNK-1`, 'ocpp1.6');
      const answers: string[] = [];
      socket.on('message', (text: Buffer) => answers.push(text.toString('utf8')));
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      for (const text of JUNK_OCPP) socket.send(text);
      socket.send(Buffer.from([1, 2, 3]));
      await eventually('what has an id is answered', () => answers.length >= 4);
      for (const text of answers) expect((JSON.parse(text) as unknown[])[0]).toBe(4);
      socket.send('[2,"boot","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]');
      await eventually('a good call is answered', () =>
        answers.some((text) => text.startsWith('[3,"boot"')),
      );
      socket.close();
    });

    it('afterwards: a normal charge is billed, and the memory is as before', async () => {
      const { api } = bench;
      await beginCharge(api, { evse: 2, kind: 'iso2-dc' });
      await beginCharge(api, { evse: 1, kind: 'basic' });
      await unplug(api, 2);
      await unplug(api, 1);
      await eventually('delivered', async () =>
        (await journalTransactions(api)).every(({ delivered }) => delivered),
      );
      expect(bookErrors(await journalTransactions(api), await bench.transactions())).toEqual([]);
      const grown = residentMb(bench.pid('charger')) - before;
      process.stdout.write(
        `resident memory of the charger: ${before.toFixed(0)} MB, then ${grown.toFixed(0)} MB more\n`,
      );
      expect(grown).toBeLessThan(30);
      expect(bench.launcher.output()).not.toMatch(
        /uncaught-exception|unhandled-rejection|started again/,
      );
    }, 120_000);
  },
);

/** Frames that are no OCPP-J, or calls that nobody may send; four of them have an id to answer to. */
const JUNK_OCPP = [
  '',
  'x',
  '{}',
  '[]',
  '[2]',
  '[9,"a","b",{}]',
  '[3,"nobody-asked",{}]',
  '[2,"j1","NoSuchAction",{}]',
  '[2,"j2","StartTransaction",{"connectorId":"one"}]',
  '[2,"j3","StopTransaction","text"]',
  '[2,"j4","BootNotification",[1,2]]',
  `[2,"j5","DataTransfer",{"vendorId":"${'x'.repeat(200_000)}"}]`,
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
];

describe.skipIf(noNamespaces)(
  'a CSMS that talks nonsense (needs root, for network namespaces)',
  () => {
    let csms: FakeCsms;
    let bench: Bench;

    beforeAll(async () => {
      csms = await startFakeCsms();
      bench = await startBench(['--csms', csms.url]);
    }, 120_000);
    afterAll(async () => {
      await bench?.close();
      await csms?.close();
    }, 60_000);

    it('the charger answers what can be answered, notes it, and charges', async () => {
      await eventually('it has booted', () => csms.actions.includes('BootNotification'), 30_000);
      const before = csms.answers.length;
      for (const text of JUNK_OCPP) csms.send(text);
      csms.send(Buffer.from([1, 2, 3]));
      await eventually('calls are refused', () => csms.answers.length >= before + 4);
      for (const answer of csms.answers.slice(before)) expect((answer as unknown[])[0]).toBe(4);
      await eventually('each is in the journal', async () => {
        const entries = await bench.api.journal();
        const notices = data(entries, 'ocpp.notice').length + data(entries, 'ocpp.refused').length;
        return notices >= JUNK_OCPP.length + 1;
      });
      await beginCharge(bench.api, { evse: 1, kind: 'basic' });
      await unplug(bench.api, 1);
      await eventually(
        'the charge is told',
        () => csms.actions.includes('StopTransaction'),
        30_000,
      );
      expect(bench.launcher.output()).not.toMatch(/uncaught-exception|unhandled-rejection/);
    }, 90_000);
  },
);

async function cookieOf(base: string): Promise<string> {
  const { OWNER } = await import('../support/bench.ts');
  const answer = await fetch(`${base}/api/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(OWNER),
  });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

const rawPost = (base: string, route: string, body: string, cookie: string): Promise<Response> =>
  fetch(`${base}${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body,
  });

/** Writes lines to a socket and gives what comes back within half a second. */
async function sendLines(file: string, lines: readonly string[]): Promise<string> {
  const socket = createConnection(file);
  let text = '';
  socket.on('data', (piece) => (text += piece.toString('utf8')));
  socket.on('error', () => {});
  for (const line of lines) socket.write(`${line}\n`);
  await pause(500);
  socket.destroy();
  return text;
}
