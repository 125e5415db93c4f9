import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningCsms, startCsms } from '@kerbside/csms';
import { createOcppSocketFactory, systemClock, systemRandom } from '@kerbside/host';
import { silentLogger } from '@kerbside/kernel';
import { createStation, type Station } from '@kerbside/ocpp';
import { MemoryQueueStore, MemoryStationStore } from '@kerbside/ocpp/testing';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';

type Payload = Record<string, unknown>;
interface RpcPeer {
  handle(action: string, handler: (call: { params: Payload }) => unknown): void;
  call(action: string, payload: Payload): Promise<Payload>;
  close(options?: object): Promise<unknown>;
}
interface RpcClientConstructor {
  new (options: object): RpcPeer & { connect(): Promise<unknown> };
}
interface RpcServer {
  readonly httpServer?: { address(): { port: number } };
  auth(handler: (accept: (session?: object) => void) => void): void;
  on(event: 'client', listener: (client: RpcPeer) => void): void;
  listen(port: number, host: string): Promise<{ address(): { port: number } }>;
  close(options: object): Promise<unknown>;
}
interface OcppRpc {
  readonly RPCClient: RpcClientConstructor;
  readonly RPCServer: new (options: object) => RpcServer;
}

const folder = mkdtempSync(join(tmpdir(), 'kbt-ocpp-rpc-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The npm package `ocpp-rpc`, installed beside the project, never into it. */
function install(): OcppRpc | string {
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', 'ocpp-rpc@2.2.1'];
  const { status, stderr } = spawnSync('npm', args, {
    cwd: folder,
    timeout: 90_000,
    encoding: 'utf8',
  });
  if (status !== 0)
    return `npm could not install ocpp-rpc: ${stderr?.trim().split('\n').at(-1) ?? 'no npm'}`;
  return createRequire(join(folder, 'package.json'))('ocpp-rpc') as OcppRpc;
}
const peer = process.env['KERBSIDE_INTEROP'] === '1' ? install() : 'not asked for';
if (typeof peer === 'string') console.warn(`OCPP with ocpp-rpc is skipped: ${peer}`);
const { RPCClient, RPCServer } = (typeof peer === 'string' ? {} : peer) as OcppRpc;

const at = Date.UTC(2026, 0, 1);
const meter = (seconds: number) => ({
  at: at + seconds * 1000,
  energy: 1000 + seconds,
  power: 11_000,
  voltage: [230, 230, 230],
  current: [16, 16, 16],
});
const facts = [
  {
    at,
    type: 'transaction.started',
    data: { transaction: 't1', connector: 1, idToken: 'KERB-OWNER', meter: meter(0) },
  },
  {
    at: at + 1000,
    type: 'meter.sampled',
    data: { transaction: 't1', connector: 1, meter: meter(1), context: 'Sample.Periodic' },
  },
  {
    at: at + 2000,
    type: 'transaction.stopped',
    data: { transaction: 't1', connector: 1, meterStart: 1000, meter: meter(2), reason: 'Local' },
  },
] as const;

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
});

function stationAt(port: number): { station: Station; queue: MemoryQueueStore } {
  const queue = new MemoryQueueStore();
  const url = `ws://127.0.0.1:${port}`;
  const station = createStation({
    settings: {
      url,
      identity: 'CP-1',
      boot: { chargePointVendor: 'Kerbside', chargePointModel: 'Bench' },
      connectors: [{ connector: 1, evse: 1 }],
      defaults: { MeterValuesSampledData: 'Energy.Active.Import.Register,Voltage,Current.Import' },
    },
    ports: {
      socketFactory: createOcppSocketFactory({ url, identity: 'CP-1' }),
      queue,
      store: new MemoryStationStore(),
      clock: systemClock,
      random: systemRandom,
      log: silentLogger,
      commands: { command: () => ({ accepted: true }), reset: async () => {} },
    },
    report: () => {},
  });
  undo.push(() => station.stop());
  station.evse({ evse: 1, state: 'Available', since: at, faults: [] });
  return { station, queue };
}

describe.skipIf(typeof peer === 'string')(
  'our charge point and the server of ocpp-rpc, strict',
  () => {
    it('agree on a whole session, on commands, and on errors', async () => {
      const calls: [string, Payload][] = [];
      let client: RpcPeer | undefined;
      const now = () => new Date().toISOString();
      const answers: Record<string, () => Payload> = {
        BootNotification: () => ({ status: 'Accepted', interval: 300, currentTime: now() }),
        Heartbeat: () => ({ currentTime: now() }),
        StatusNotification: () => ({}),
        Authorize: () => ({ idTagInfo: { status: 'Accepted' } }),
        StartTransaction: () => ({ transactionId: 77, idTagInfo: { status: 'Accepted' } }),
        MeterValues: () => ({}),
        StopTransaction: () => ({}),
      };
      const server = new RPCServer({ protocols: ['ocpp1.6'], strictMode: true });
      server.auth((accept) => accept());
      server.on('client', (connected) => {
        client = connected;
        for (const [action, answer] of Object.entries(answers))
          connected.handle(action, ({ params }) => {
            calls.push([action, params]);
            return answer();
          });
      });
      const http = await server.listen(0, '127.0.0.1');
      undo.push(() => server.close({ force: true }));

      const { station, queue } = stationAt(http.address().port);
      for (const fact of facts) queue.append(station.rowsOf(fact));
      station.start();
      await vi.waitFor(async () => expect(await queue.length()).toBe(0), 10_000);
      expect(queue.drops).toEqual([]);
      expect(calls.map(([action]) => action)).toEqual([
        'BootNotification',
        'StatusNotification',
        'StatusNotification',
        'StartTransaction',
        'MeterValues',
        'StopTransaction',
      ]);
      expect(calls.at(-1)?.[1]).toMatchObject({ transactionId: 77, meterStop: 1002 });
      expect(await station.authorize('KERB-OWNER', 1)).toEqual({
        status: 'Accepted',
        from: 'csms',
      });

      const csms = client as RpcPeer;
      expect(await csms.call('GetConfiguration', {})).toMatchObject({
        configurationKey: expect.arrayContaining([
          { key: 'NumberOfConnectors', readonly: true, value: '1' },
        ]) as unknown,
      });
      expect(await csms.call('RemoteStartTransaction', { idTag: 'A', connectorId: 1 })).toEqual({
        status: 'Accepted',
      });
      expect(await csms.call('TriggerMessage', { requestedMessage: 'Heartbeat' })).toEqual({
        status: 'Accepted',
      });
      await vi.waitFor(() => expect(calls.at(-1)?.[0]).toBe('Heartbeat'));
      await expect(csms.call('GetDiagnostics', { location: 'ftp://x/y' })).rejects.toMatchObject({
        rpcErrorCode: 'NotSupported',
      });
    }, 30_000);
  },
);

describe.skipIf(typeof peer === 'string')('our CSMS and the client of ocpp-rpc, strict', () => {
  it('agree on a whole session, on a repeated message, and on commands', async () => {
    const csms: RunningCsms = await startCsms(
      {
        dataDirectory: join(folder, 'csms'),
        listen: { host: '127.0.0.1', port: 0 },
        bench: true,
        heartbeatInterval: 60,
      },
      {},
      silentLogger,
    );
    undo.push(() => csms.close());
    const station = new RPCClient({
      endpoint: `ws://127.0.0.1:${csms.ocppPort}/ocpp`,
      identity: 'RPC-1',
      protocols: ['ocpp1.6'],
      strictMode: true,
    });
    const resets: Payload[] = [];
    station.handle('Reset', ({ params }) => {
      resets.push(params);
      return { status: 'Accepted' };
    });
    await station.connect();
    undo.push(() => station.close({ force: true }));

    const boot = { chargePointVendor: 'V', chargePointModel: 'M' };
    expect(await station.call('BootNotification', boot)).toMatchObject({
      status: 'Accepted',
      interval: 60,
    });
    const timestamp = new Date(at).toISOString();
    expect(await station.call('Authorize', { idTag: 'KERB-BLOCKED' })).toEqual({
      idTagInfo: { status: 'Blocked' },
    });
    const start = { connectorId: 1, idTag: 'KERB-GUEST', meterStart: 5, timestamp };
    const first = await station.call('StartTransaction', start);
    expect(await station.call('StartTransaction', start)).toEqual(first);
    const { transactionId } = first;
    const meterValue = [{ timestamp, sampledValue: [{ value: '6', unit: 'Wh' }] }];
    await station.call('MeterValues', { connectorId: 1, transactionId, meterValue });
    await station.call('StopTransaction', {
      transactionId,
      meterStop: 9,
      timestamp,
      reason: 'Local',
    });

    const api = `http://127.0.0.1:${csms.port}/api/v1`;
    const shown = await (await fetch(`${api}/transactions/${String(transactionId)}`)).json();
    expect(shown).toMatchObject({ station: 'RPC-1', energy: 4, meterValues: [{ timestamp }] });
    const answer = await fetch(`${api}/stations/RPC-1/reset`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"type":"Soft"}',
    });
    expect(await answer.json()).toEqual({ status: 'Accepted' });
    expect(resets).toEqual([{ type: 'Soft' }]);
  }, 30_000);
});
