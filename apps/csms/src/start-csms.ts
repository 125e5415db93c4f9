import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenTarget, systemClock, systemRandom } from '@kerbside/host';
import type { Logger } from '@kerbside/kernel';
import { createGateway, createManager } from '@kerbside/ocpp';
import { createApi } from './api/api-server.ts';
import { Problem, sendProblem } from './api/problem.ts';
import type { CsmsConfig } from './config.ts';
import { createStationServer } from './gateway/station-server.ts';
import { MessageLog } from './store/message-log.ts';
import { openDatabase } from './store/open-database.ts';
import { Queries } from './store/queries.ts';
import { SqliteCsmsStore } from './store/sqlite-csms-store.ts';
import { BENCH_TOKENS } from './tokens.ts';

export interface RunningCsms {
  /** Port of the REST API. */
  readonly port: number;
  /** Port of the stations; the same unless two descriptors were passed. */
  readonly ocppPort: number;
  close(): Promise<void>;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

function listen(server: Server, target: ReturnType<typeof listenTarget>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(target, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Starts the CSMS: gateway, manager and REST on one database. */
export async function startCsms(
  config: CsmsConfig,
  env: Readonly<Record<string, string | undefined>>,
  log: Logger,
): Promise<RunningCsms> {
  const { db, close: closeDatabase } = openDatabase(config.dataDirectory);
  const store = new SqliteCsmsStore(db);
  if (config.bench) store.seedTokens(BENCH_TOKENS);
  const messages = new MessageLog(db, (error) =>
    log.error('csms.message-log', { error: String(error) }),
  );
  const gateway = createGateway({
    manager: createManager(store, { heartbeatInterval: config.heartbeatInterval }),
    clock: systemClock,
    random: systemRandom,
    log,
    frame: (station, direction, text) =>
      messages.add({ at: systemClock.now(), station, direction, text }),
    changed(station, connected) {
      log.info('csms.station', { station, connected });
      try {
        store.seen(station, systemClock.now());
      } catch (error) {
        log.error('csms.seen', { station, error: String(error) });
      }
    },
  });
  const stations = createStationServer(gateway, log);
  const queries = new Queries(db);
  const api = createApi({ gateway, queries, store, log, flushMessages: () => messages.flush() });

  const web = createServer((request, response) => void api(request, response));
  const webTarget = listenTarget(env, config.listen, 'web');
  const ocppTarget = listenTarget(env, config.listen, 'ocpp');
  const servers = [web];
  // Stations on a descriptor of their own see no REST API there.
  if ('fd' in webTarget && 'fd' in ocppTarget) {
    const ocpp = createServer((request, response) =>
      sendProblem(
        response,
        new Problem(404, 'not-found', 'only OCPP is served here'),
        request.url ?? '/',
      ),
    );
    servers.push(ocpp);
    stations.serve(ocpp);
    await listen(ocpp, ocppTarget);
  } else stations.serve(web);
  await listen(web, webTarget);

  return {
    port: portOf(web),
    ocppPort: portOf(servers.at(-1) as Server),
    async close() {
      gateway.stop('the CSMS stops');
      stations.close();
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      messages.flush();
      closeDatabase();
    },
  };
}
