import 'reflect-metadata';
import type { Server } from 'node:http';
import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import type { Clock, Logger } from '@kerbside/kernel';
import { AccessController } from './access/access.controller.ts';
import { AccessGuard } from './access/access.guard.ts';
import { AccessService } from './access/access.service.ts';
import { AuditController } from './access/audit.controller.ts';
import { BenchController } from './bench/bench.controller.ts';
import { BenchService } from './bench/bench.service.ts';
import type { ChargerConfig } from './config.ts';
import { DiagnosticsController } from './diagnostics/diagnostics.controller.ts';
import { HealthService } from './diagnostics/health.service.ts';
import { Metrics } from './diagnostics/metrics.ts';
import { EvseRegistry } from './evses/evse-registry.ts';
import { EvsesController } from './evses/evses.controller.ts';
import { tellBrokenRequests } from './http/broken-requests.ts';
import { hostCheck, securityHeaders } from './http/browser-safety.ts';
import { refuseEvSide } from './http/ev-side.ts';
import { boundPeers } from './http/peer-bound.ts';
import { ProblemFilter } from './http/problem-filter.ts';
import type { TellRefusal } from './http/refusals.ts';
import { methodCheck } from './http/route-match.ts';
import { nothingElse, serveAdminUi } from './http/static-ui.ts';
import { InstallationController } from './installation/installation.controller.ts';
import { InstallationService } from './installation/installation.service.ts';
import { LiveGateway } from './live/live.gateway.ts';
import { LiveHub } from './live/live-hub.ts';
import { StreamAdapter } from './live/stream-adapter.ts';
import { OcppController } from './ocpp/ocpp.controller.ts';
import { OcppStatusService } from './ocpp/ocpp-status.service.ts';
import { SessionsController } from './sessions/sessions.controller.ts';
import { SessionsService } from './sessions/sessions.service.ts';
import { SlacController } from './slac/slac.controller.ts';
import { SlacService } from './slac/slac.service.ts';
import { VasController } from './vas/vas.controller.ts';
import { VasSelfTestService } from './vas/self-test.service.ts';
import { VasService } from './vas/vas.service.ts';
import { CLOCK, CONFIG, LOG, REFUSED } from './wiring/tokens.ts';
import { nestLogger } from './wiring/pino-logger.ts';

/** The services of the unit, already made: Nest injects them into controllers and the gateway. */
export interface Services {
  readonly config: ChargerConfig;
  readonly clock: Clock;
  readonly log: Logger;
  readonly hub: LiveHub;
  readonly access: AccessService;
  readonly health: HealthService;
  readonly metrics: Metrics;
  readonly evses: EvseRegistry;
  readonly installation: InstallationService;
  readonly sessions: SessionsService;
  readonly slac: SlacService;
  readonly ocpp: OcppStatusService;
  readonly bench: BenchService;
  /** Told of input that is not valid. */
  readonly refused: TellRefusal;
  readonly vas: VasService;
  readonly vasSelfTest: VasSelfTestService;
  /** Interfaces to cars: no connection of theirs reaches the API. */
  readonly evInterfaces: readonly string[];
}

@Module({})
export class ChargerModule {}

const CONTROLLERS: Type[] = [
  AccessController,
  AuditController,
  BenchController,
  DiagnosticsController,
  EvsesController,
  InstallationController,
  OcppController,
  SessionsController,
  SlacController,
  VasController,
];

export function chargerModule(services: Services): DynamicModule {
  const value = (provide: Type | symbol, useValue: unknown): Provider => ({ provide, useValue });
  return {
    module: ChargerModule,
    controllers: CONTROLLERS,
    providers: [
      value(CONFIG, services.config),
      value(CLOCK, services.clock),
      value(LOG, services.log),
      value(LiveHub, services.hub),
      value(AccessService, services.access),
      value(HealthService, services.health),
      value(Metrics, services.metrics),
      value(EvseRegistry, services.evses),
      value(InstallationService, services.installation),
      value(SessionsService, services.sessions),
      value(SlacService, services.slac),
      value(OcppStatusService, services.ocpp),
      value(BenchService, services.bench),
      value(REFUSED, services.refused),
      value(VasService, services.vas),
      value(VasSelfTestService, services.vasSelfTest),
      LiveGateway,
    ],
  };
}

/** Browsers, scrapers and streams together: one more is closed at once, and file descriptors remain for the EVSEs. */
const MOST_CONNECTIONS = 256;
/** Of one peer that is not this machine, which may be an IPv6 network of browsers with up to seven each. */
const MOST_OF_A_PEER = 128;

export interface ChargerApp {
  readonly server: Server;
  listen(target: { fd: number } | { host: string; port: number }): Promise<void>;
  /** Tells browsers why, closes streams and the server. */
  close(reason: string): Promise<void>;
  readonly nest: NestExpressApplication;
}

/** Scrapers look at /metrics: the same route, the same permission. */
function metricsAtTheRoot(request: { url?: string }, _response: unknown, next: () => void): void {
  if (/^\/metrics(\?|$)/.test(request.url ?? '')) request.url = `/api/v1${request.url}`;
  next();
}

/** Builds the HTTP and WebSocket side of the unit on the given services. */
export async function createApp(services: Services): Promise<ChargerApp> {
  const { config, log, access } = services;
  const nest = await NestFactory.create<NestExpressApplication>(
    chargerModule(services),
    new ExpressAdapter(),
    { logger: nestLogger(log), bodyParser: false, abortOnError: false },
  );
  nest.disable('x-powered-by');
  nest.set('query parser', 'simple');
  nest.useBodyParser('json', { limit: '64kb', strict: true });
  nest.use(metricsAtTheRoot);
  nest.use(securityHeaders);
  nest.use(hostCheck(config.hosts));
  nest.use(methodCheck(config.bench));
  nest.setGlobalPrefix('api/v1');
  nest.useGlobalGuards(new AccessGuard(access, config.bench));
  nest.useGlobalFilters(new ProblemFilter(log, services.refused));
  nest.useWebSocketAdapter(new StreamAdapter(nest, access, config.hosts));
  if (!serveAdminUi(nest, config.adminUi))
    log.warn('admin-ui.not-built', { directory: config.adminUi });
  nest.use(nothingElse);
  await nest.init();
  const server = nest.getHttpServer() as Server;
  refuseEvSide(server, services.evInterfaces);
  tellBrokenRequests(server, services.clock, services.refused);
  server.maxConnections = MOST_CONNECTIONS;
  boundPeers(server, MOST_OF_A_PEER);
  // a browser that sends half a request holds no socket for long
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  return {
    nest,
    server,
    listen: (target) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(target, () => {
          server.off('error', reject);
          resolve();
        });
      }),
    async close(reason) {
      nest.get(LiveGateway).farewell(reason);
      server.closeAllConnections();
      await nest.close();
    },
  };
}
