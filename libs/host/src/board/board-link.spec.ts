import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { amps, volts } from '@kerbside/kernel';
import { collectingLogger } from '@kerbside/kernel/testing';
import { type BoardEvent, boardCommands, boardEvents } from '@kerbside/charging';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock as clock } from '../system/system-clock.ts';
import { type BoardLineReport, type BoardLink, openBoardLink } from './board-link.ts';
import { serveJsonLines } from './json-line-server.ts';

/** A board as its maker would write it: raw lines, by hand. */
class HandBoard {
  readonly lines: { command: string; [field: string]: unknown }[] = [];
  readonly sockets: Socket[] = [];
  answers = true;
  hello: string[] = [
    '{"event":"hello","protocol":"kerbside-board","version":1,"board":"hand"}',
    '{"event":"contactor","state":"open"}',
    '{"event":"lock","state":"unlocked"}',
    '{"event":"pilot","state":"A","voltage":12}',
    '{"event":"ready"}',
  ];
  readonly server: Server = createServer((socket) => {
    this.sockets.push(socket);
    socket.setEncoding('utf8');
    let rest = '';
    socket.on('error', () => {});
    socket.on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const line = JSON.parse(part) as { command: string; seq?: number };
        this.lines.push(line);
        if (line.command === 'hello') this.say(...this.hello);
        if (line.command === 'heartbeat' && this.answers)
          this.say(`{"event":"heartbeat","seq":${line.seq}}`);
      }
    });
  });

  say(...lines: string[]): void {
    this.sockets.at(-1)?.write(lines.map((line) => `${line}\n`).join(''));
  }
}

let directory: string;
let path: string;
let board: HandBoard;
let link: BoardLink;
let events: BoardEvent[];
let reports: BoardLineReport[];
const log = collectingLogger();

async function until(holds: () => boolean, what: string, within = 4000): Promise<number> {
  const start = clock.monotonic();
  while (!holds()) {
    if (clock.monotonic() - start > within) throw new Error(`not within ${within} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return clock.monotonic() - start;
}
const links = () => events.filter((event) => event.event === 'link').map((event) => event.up);

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'kbt-board-'));
  path = join(directory, 'board.sock');
  board = new HandBoard();
  events = [];
  log.lines.length = 0;
  await new Promise<void>((resolve) => board.server.listen(path, resolve));
  reports = [];
  link = openBoardLink({
    address: { path },
    evse: 1,
    kind: 'AC',
    clock,
    log,
    badLine: (report) => reports.push(report),
  });
  link.board.onEvent((event) => events.push(event));
});
afterEach(async () => {
  link.close();
  for (const socket of board.sockets) socket.destroy();
  await new Promise((resolve) => board.server.close(resolve));
  rmSync(directory, { recursive: true });
});

describe('link to the board', () => {
  it('says hello first, takes the whole state over, then says that the link is up', async () => {
    await link.ready;
    expect(board.lines[0]).toEqual({
      command: 'hello',
      protocol: 'kerbside-board',
      version: 1,
      evse: 1,
      kind: 'AC',
    });
    expect(events.map((event) => event.event)).toEqual(['contactor', 'lock', 'pilot', 'link']);
    expect(link.described).toEqual({ board: 'hand', hasSupply: false });
  });

  it('hears for how long a vehicle has been there', async () => {
    await link.ready;
    board.say('{"event":"pilot","state":"B","voltage":9,"pluggedForMs":81250}');
    await until(() => events.some((event) => event.event === 'pilot' && event.state === 'B'), 'B');
    expect(events).toContainEqual({ event: 'pilot', state: 'B', voltage: 9, pluggedFor: 81_250 });
  });

  it('knows from hello whether the board tells each edge of the pilot in time', async () => {
    await link.ready;
    expect(link.board.tellsPilotEdges).toBe(false);
    board.hello[0] = board.hello[0]?.replace('"hand"', '"hand","pilotEdges":true') ?? '';
    board.sockets.at(-1)?.destroy();
    await until(() => links().filter(Boolean).length === 2, 'the link is up again');
    expect(link.board.tellsPilotEdges).toBe(true);
  });

  it('beats four times a second and sends each order as one line', async () => {
    await link.ready;
    link.board.setPilot({ dutyPercent: 53.3 });
    link.board.setPilot('F');
    link.board.closeContactor('DC');
    link.board.openContactor();
    link.board.setLock(true);
    link.board.setLimit?.(amps(16));
    link.supply.set(volts(400), amps(10));
    link.supply.off();
    link.insulation.start();
    const beats = () => board.lines.filter((line) => line.command === 'heartbeat').length;
    const before = beats();
    const took = await until(() => beats() >= before + 4, 'four beats');
    expect(took).toBeGreaterThan(700);
    expect(took).toBeLessThan(1600);
    const orders = board.lines.filter(
      ({ command }) => command !== 'hello' && command !== 'heartbeat',
    );
    expect(orders).toEqual([
      { command: 'pilot', output: 'duty', dutyPercent: 53.3 },
      { command: 'pilot', output: 'F' },
      { command: 'contactor', set: 'closed', output: 'DC' },
      { command: 'contactor', set: 'open' },
      { command: 'lock', locked: true },
      { command: 'limit', current: 16 },
      { command: 'supply', voltage: 400, current: 10 },
      { command: 'supply-off' },
      { command: 'insulation', measure: true },
    ]);
  });

  it('survives bad lines: each is logged with its place, the next is read', async () => {
    await link.ready;
    const before = events.length;
    board.say(
      '{"event":"pilot","state":"Q"}',
      'not json',
      `{"event":"token","idToken":"${'x'.repeat(100_000)}"}`,
      '{"event":"unheard-of"}',
      '{"event":"pilot","state":"B","voltage":9}',
    );
    await until(() => events.length > before, 'the good line');
    expect(events.slice(before)).toEqual([{ event: 'pilot', state: 'B', voltage: 9 }]);
    expect(
      log.lines
        .filter((line) => line.event === 'board.bad-line')
        .map((line) => line.fields['code']),
    ).toEqual(['line.field', 'line.json', 'line.too-long', 'line.unknown']);
    expect(links()).toEqual([true]);
  });

  it('bad lines are reported by their place, ten and then one a minute, without what they say', async () => {
    await link.ready;
    const secret = 'CARD-04A1B2C3';
    board.say(`{"event":"token","idToken":["${secret}"]}`);
    for (let line = 0; line < 500; line++) board.say(`{"${secret}`);
    board.say('{"event":"pilot","state":"B","voltage":9}');
    await until(() => events.at(-1)?.event === 'pilot' && reports.length >= 10, 'the good line');
    expect(reports).toHaveLength(10);
    expect(reports[0]).toEqual({
      kind: 'malformed',
      code: 'line.field',
      offset: 0,
      path: 'idToken',
    });
    expect(reports[1]).toEqual({ kind: 'malformed', code: 'line.json', offset: 1 });
    expect(JSON.stringify([reports, log.lines])).not.toContain(secret);
    await until(() => reports.length === 11, 'the others are counted, though no more come');
    expect(reports[10]).toEqual({ kind: 'suppressed', lines: 491 });
    expect(links()).toEqual([true]);
  });

  it('lines that are no message do not count as life, and keep no heartbeat from being sent', async () => {
    await link.ready;
    board.answers = false;
    const junk = setInterval(() => board.say('x'.repeat(30_000), '{"event":"heartbeat"}'), 20);
    const beats = () => board.lines.filter((line) => line.command === 'heartbeat').length;
    const before = beats();
    try {
      await until(() => links().length === 2, 'link down');
    } finally {
      clearInterval(junk);
    }
    expect(beats() - before).toBeGreaterThanOrEqual(3);
    expect(log.lines.map((line) => line.event)).toContain('board.silent');
    board.answers = true;
    await until(() => links().length === 3, 'link up again');
  });

  it('a board that goes silent is lost after a second, and is asked anew', async () => {
    await link.ready;
    board.answers = false;
    const took = await until(() => links().length === 2, 'link down');
    expect(took).toBeGreaterThan(900);
    expect(took).toBeLessThan(2200);
    board.answers = true;
    await until(() => links().length === 3, 'link up again');
    expect(links()).toEqual([true, false, true]);
    expect(board.sockets).toHaveLength(2);
  });

  it('a fault that went away while the link was down is cleared by the new whole state', async () => {
    await link.ready;
    board.say('{"event":"fault","code":"rcd","text":"tripped","active":true}');
    board.say('{"event":"fault","code":"door","text":"open","active":true}');
    await until(() => events.filter((event) => event.event === 'fault').length === 2, 'faults');
    board.hello.splice(1, 0, '{"event":"fault","code":"door","text":"open","active":true}');
    board.sockets.at(-1)?.destroy();
    await until(() => links().length === 3, 'link up again');
    const after = events.slice(events.findIndex((event) => event.event === 'link' && !event.up));
    expect(after.filter((event) => event.event === 'fault')).toEqual([
      { event: 'fault', code: 'door', text: 'open', active: true },
      { event: 'fault', code: 'rcd', text: '', active: false },
    ]);
  });

  it('does not talk to a board of another version', async () => {
    await link.ready;
    board.hello[0] = '{"event":"hello","protocol":"kerbside-board","version":2,"board":"new"}';
    board.sockets.at(-1)?.destroy();
    await until(() => log.lines.some((line) => line.event === 'board.version'), 'version refused');
    expect(links()).toEqual([true, false]);
  });
});

describe('server of a line protocol', () => {
  it('replaces a stale socket file, and refuses one that somebody serves', async () => {
    const stale = join(directory, 'stale.sock');
    const options = {
      address: { path: stale },
      incoming: boardCommands,
      outgoing: boardEvents,
      accept: () => ({ message: () => {}, badLine: () => {}, closed: () => {} }),
    };
    const first = await serveJsonLines(options);
    await expect(serveJsonLines(options)).rejects.toMatchObject({ code: 'socket.listen' });
    await first.close();
    const second = await serveJsonLines(options);
    await second.close();
  });

  it('cuts off a peer that does not read', async () => {
    const hung = join(directory, 'hung.sock');
    let closed = '';
    let sent = 0;
    const server = await serveJsonLines({
      address: { path: hung },
      incoming: boardCommands,
      outgoing: boardEvents,
      accept(peer) {
        const text = 'x'.repeat(200);
        while (sent < 200_000 && peer.send({ event: 'error', code: 'c', text })) sent++;
        return { message: () => {}, badLine: () => {}, closed: (reason) => void (closed = reason) };
      },
    });
    const socket = connect({ path: hung });
    socket.pause();
    await until(() => closed !== '', 'closed');
    expect(closed).toBe('the peer does not read');
    expect(sent).toBeLessThan(10_000);
    socket.destroy();
    await server.close();
  });
});
