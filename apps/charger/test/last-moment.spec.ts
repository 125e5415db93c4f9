import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EvseConfig, EvseSnapshot } from '@kerbside/charging';
import { systemClock } from '@kerbside/host';
import { silentLogger } from '@kerbside/kernel';
import { collectingLogger } from '@kerbside/kernel/testing';
import { afterEach, expect, it } from 'vitest';
import { parseConfig } from '../src/config.ts';
import { EvseRegistry } from '../src/evses/evse-registry.ts';
import { LiveHub } from '../src/live/live-hub.ts';
import { die } from '../src/unit/die.ts';
import { startUnit } from '../src/unit/start-unit.ts';

const cleanup: (() => void)[] = [];
afterEach(() => {
  for (const undo of cleanup.splice(0)) undo();
});

function registry(opens: readonly (() => void)[]) {
  const evses = new EvseRegistry(new LiveHub(systemClock, silentLogger));
  opens.forEach((emergencyOpen, index) =>
    evses.add({
      config: { evse: index + 1, connector: index + 1 } as EvseConfig,
      snapshot: () => ({ evse: index + 1 }) as EvseSnapshot,
      onSnapshot: () => {},
      command: async () => ({ accepted: true }),
      configure: () => {},
      emergencyOpen,
      close: async () => {},
    }),
  );
  return evses;
}

const exited = (run: (exit: (code: number) => void) => void) =>
  new Promise<number>((resolve) => run(resolve));

it('opens every contactor, also where one fails, then says why and ends with 1', async () => {
  const happened: string[] = [];
  const log = collectingLogger();
  const evses = registry([
    () => {
      throw new Error('no link');
    },
    () => void happened.push(`open 2, ${log.lines.length} lines told`),
  ]);
  const code = await exited((exit) =>
    die(
      'process.uncaught-exception',
      new Error('a bug'),
      {
        log,
        emergencyOpen: () => evses.emergencyOpen(),
      },
      exit,
    ),
  );
  expect(code).toBe(1);
  // before all else, and once more in the last moment
  expect(happened).toEqual(['open 2, 0 lines told', 'open 2, 1 lines told']);
  expect(log.lines.map(({ event }) => event)).toEqual(['process.uncaught-exception']);
  expect(JSON.stringify(log.lines[0]?.fields)).toMatch(/a bug.*not every contactor/s);
});

it('opens and ends where even the log fails', async () => {
  let opened = false;
  const log = {
    ...silentLogger,
    error() {
      throw new Error('no space left on device');
    },
  };
  const code = await exited((exit) => {
    const emergencyOpen = () => void (opened = true);
    expect(() => die('x', 'a bug', { log, emergencyOpen }, exit)).toThrow('no space');
  });
  expect(code).toBe(1);
  expect(opened).toBe(true);
});

const listening = (server: Server, target: { path: string } | { host: string; port: number }) =>
  new Promise<Server>((resolve) => {
    server.listen(target, () => resolve(server));
    cleanup.push(() => server.close());
  });

it('a start that fails leaves no EVSE running behind it', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'kbt-start-'));
  cleanup.push(() => rmSync(directory, { recursive: true }));
  const board = path.join(directory, 'board.sock');
  let boards = 0;
  let lines = '';
  const serveBoard = createServer((socket) => {
    boards++;
    socket.on('data', (data) => {
      lines += data.toString();
      // a board that is there, however long the start takes
      socket.write('{"event":"heartbeat","seq":0}\n');
    });
    socket.on('close', () => boards--);
    socket.on('error', () => {});
  });
  await listening(serveBoard, { path: board });
  const taken = await listening(createServer(), { host: '127.0.0.1', port: 0 });
  const file = path.join(directory, 'installation.json');
  const meter = { host: '127.0.0.1', port: 1 };
  writeFileSync(file, JSON.stringify({ evses: [{ id: 1, board: { path: board }, meter }] }));
  const config = parseConfig({
    KERBSIDE_DATA: directory,
    KERBSIDE_INSTALLATION: file,
    KERBSIDE_LISTEN: `127.0.0.1:${(taken.address() as AddressInfo).port}`,
  });
  let open: (() => void) | undefined;
  const start = startUnit(config, silentLogger, {
    restart: async () => {},
    energised: (given) => (open = given),
  });
  await expect(start).rejects.toThrow(/EADDRINUSE/);
  expect(open).toBeDefined();
  await expect.poll(() => boards).toBe(0);
  expect(lines).toContain('"set":"open"');
});
