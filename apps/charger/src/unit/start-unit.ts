import path from 'node:path';
import {
  clockIsSynchronised,
  machineRun,
  listenTarget,
  openBenchLink,
  sinceBoot,
  systemClock,
} from '@kerbside/host';
import type { LogLevel } from '@kerbside/contracts';
import type { Logger } from '@kerbside/kernel';
import type { Station } from '@kerbside/ocpp';
import {
  createLedger,
  createOcppQueue,
  DEFAULT_RETENTION,
  openStore,
  startRetention,
  type Store,
} from '@kerbside/store';
import { AccessService } from '../access/access.service.ts';
import { type ChargerApp, createApp } from '../application.ts';
import { BenchService } from '../bench/bench.service.ts';
import { type ChargerConfig, readSecretFile } from '../config.ts';
import { openControl } from '../control/control.ts';
import { journalRefusals } from '../http/refusals.ts';
import { HealthService } from '../diagnostics/health.service.ts';
import { Metrics } from '../diagnostics/metrics.ts';
import { EvseRegistry } from '../evses/evse-registry.ts';
import { InstallationService } from '../installation/installation.service.ts';
import { OVERLAY_KEY } from '../installation/overlay.ts';
import { LiveHub } from '../live/live-hub.ts';
import { OcppStatusService } from '../ocpp/ocpp-status.service.ts';
import { SessionsService } from '../sessions/sessions.service.ts';
import { SlacService } from '../slac/slac.service.ts';
import { accessStore } from '../wiring/access-store.ts';
import { history } from '../wiring/history.ts';
import type { Installation } from '../wiring/installation.ts';
import { showLive } from '../wiring/live-journal.ts';
import { lastGoodOf, slacHistory } from '../wiring/slac-history.ts';
import { ClaimCodeFile } from './claim-code-file.ts';
import { ClockWatch } from './clock-watch.ts';
import { makeEvse } from './evse-factory.ts';
import { installationOf } from './installation-of.ts';
import { OcppSessions } from './ocpp-sessions.ts';
import { orphanFacts } from './orphan-facts.ts';
import { makeAuthorizer, makeStation, toGivenUp, toOcppStatus } from './ocpp.ts';
import { recoveredTransactions, runOfStarts } from './recovered.ts';
import { unitMetrics } from './unit-metrics.ts';
import { V2gHealth } from './v2g-health.ts';
import { VasSelfTestService } from '../vas/self-test.service.ts';
import { guardEvSide, makeVas } from './vas.ts';
import { warmUpCodec } from './warm-up.ts';
import { watchHealth } from './watch-health.ts';

export interface Unit {
  readonly app: ChargerApp;
  readonly claimed: boolean;
  /** Shown to whoever started the process; only while nobody owns the unit. */
  readonly claimCode: string | undefined;
  readonly address: string;
  /** Opens all contactors at once, writes what waits, and lets go of everything. */
  stop(): Promise<void>;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const definedOf = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;

export interface UnitHandlers {
  /** The back-end asks for it. */
  restart(type: 'Soft' | 'Hard'): Promise<void>;
  /** What is configured for the log, once it is known. */
  logLevel?(level: LogLevel): void;
  /** From now on energy may flow; `open` opens every contactor, at once and without any question. */
  energised?(open: () => void): void;
  /** From now on the process ends by `leave` with this store. */
  stored?(store: Pick<Store, 'halt' | 'ended'>): void;
}

/** Starts the whole unit: store, EVSEs, back-end, API. Throws a PortError that says what to do. */
export async function startUnit(
  config: ChargerConfig,
  log: Logger,
  handlers: UnitHandlers,
): Promise<Unit> {
  const clock = systemClock;
  const store = openStore({ path: path.join(config.dataDirectory, 'kerbside.db'), clock, log });
  handlers.stored?.(store);
  const hub = new LiveHub(clock, log);
  const evses = new EvseRegistry(hub);
  handlers.energised?.(() => evses.emergencyOpen());
  try {
    return await assemble({
      config,
      log,
      store,
      hub,
      evses,
      restart: handlers.restart,
      logLevel: (level) => handlers.logLevel?.(level),
    });
  } catch (error) {
    // a session may have begun already: it ends in order
    await evses.close('Reboot');
    await store.close();
    throw error;
  }
}

interface Foundation {
  readonly config: ChargerConfig;
  readonly log: Logger;
  readonly store: Store;
  readonly hub: LiveHub;
  readonly evses: EvseRegistry;
  readonly restart: UnitHandlers['restart'];
  logLevel(level: LogLevel): void;
}

async function assemble(foundation: Foundation): Promise<Unit> {
  const { config, log, store, hub, evses, restart } = foundation;
  const clock = systemClock;
  const known = installationOf(config, store, log);
  const installation: Installation = known.installation;
  const settings = new InstallationService({
    environment: config,
    ...known,
    async save(overlay, by) {
      await store.commit([
        {
          op: 'setting.put',
          key: OVERLAY_KEY,
          value: JSON.stringify(overlay),
          source: 'api',
          changedAt: clock.now(),
          changedBy: by,
        },
      ]);
    },
    apply: (evse, layers) => evses.configure(evse, layers),
  });
  foundation.logLevel(settings.logLevel);
  settings.tell(log);
  const health = new HealthService(clock, hub, config);
  const metrics = new Metrics();
  const sessions = new SessionsService(history(store.reader), hub, () => evses.ids());
  const access = new AccessService(
    accessStore(store, () => clock.now()),
    clock,
    log,
  );
  const queue = createOcppQueue(store, clock);
  const ocppStatus = new OcppStatusService(
    {
      version: '1.6',
      identity: installation.ocpp?.identity ?? config.identity,
      phase: 'off',
      since: new Date(clock.now()).toISOString(),
      queue: { length: 0 },
      givenUp: toGivenUp(queue.givenUp),
      attempts: [],
    },
    hub,
  );

  const ocppSessions = new OcppSessions((id) => {
    const snapshot = evses.snapshots().find(({ evse }) => evse === id);
    return snapshot?.session?.id ?? snapshot?.comingSession;
  });
  let station: Station | undefined;
  const run = machineRun();
  // without the binding to the C library, which frames over sockets do not load
  const isSynchronised = config.networkMode === 'sockets' ? () => undefined : clockIsSynchronised;
  const clockWatch = new ClockWatch({
    clock,
    synchronised: isSynchronised,
    sinceBoot,
    mustBeSynchronised: config.networkMode === 'appliance',
    changed: (report) => health.report('clock', report),
    right: (sinceStart) =>
      ledger.note([
        {
          at: clock.now(),
          source: 'system',
          type: 'system.clock-right',
          data: { sinceBoot: sinceStart },
        },
      ]),
  });
  const ledger = createLedger(store, {
    clock,
    sinceBoot: () => clockWatch.mark(),
    projections: [
      runOfStarts(run),
      (fact) => ({
        messages: (station?.rowsOf(fact) ?? []).map(({ action, transaction, body }) => ({
          action,
          transaction,
          ...(fact.evse === undefined ? {} : { evse: fact.evse }),
          fact: body,
        })),
      }),
    ],
    onEntry: showLive(hub, () => sessions),
    onQueued(messages) {
      queue.queued(messages);
      station?.queued();
    },
  });
  station = makeStation({
    installation,
    store,
    queue,
    clock,
    log,
    ledger: () => ledger,
    evses: () => evses,
    status: ocppStatus,
    sessions: ocppSessions,
    restart,
  });
  const orphans = orphanFacts(
    store.start,
    installation.evses.map(({ id }) => id),
    clock.now(),
  );
  // not awaited: nothing depends on it, and it is in order with all that follows
  if (orphans.length > 0)
    void ledger
      .record(orphans)
      // kept and tried again by the store; its health says so too
      .catch((error: unknown) => log.warn('unit.orphans-late', { error: String(error) }));

  clockWatch.start();
  const v2gHealth = new V2gHealth((report) => health.report('iso15118', report));
  const evGuard = guardEvSide(installation, config, log);
  const vas = makeVas({ installation, config, store, ledger, hub, health, evses, log });
  await vas.recover();
  const counters = unitMetrics(metrics, { evses, store, status: ocppStatus });
  const attempts = slacHistory(store);
  const slac = new SlacService(
    { ids: () => evses.ids(), watch: (id) => evses.slac(id) },
    attempts,
    hub,
    clock.now(),
  );
  const recoveredOn = recoveredTransactions(store.start, {
    run,
    synchronised: isSynchronised() === true,
  });
  for (const entry of installation.evses)
    evses.add(
      makeEvse({
        installation: entry,
        slac: settings.layers(entry.id),
        vas: {
          offered: () => vas.offered(entry.id),
          selected: (selections, offered, port) => vas.select(entry.id, offered, selections, port),
          ended: (reason) => vas.services.release(entry.id, reason),
        },
        loopback: config.networkMode === 'sockets',
        ledger,
        authorizer: makeAuthorizer(() => station, ocppSessions, config.bench),
        clock,
        log,
        recovered: recoveredOn(entry.id),
        v2gAnswered: counters.v2gAnswered,
        v2gListening: (state) => v2gHealth.set(entry.id, state),
        lastGood: lastGoodOf(store.start, entry.id),
        slacKept: (kept) => attempts.keep(kept),
        slacReported: counters.slacReported,
        slacTrouble: (reason) =>
          health.report(
            'slac',
            reason === undefined
              ? { status: 'ok' }
              : { status: 'degraded', reason: 'interface-missing', detail: reason },
          ),
      }),
    );
  for (const id of evses.ids()) {
    const watch = evses.slac(id);
    if (!watch) continue;
    slac.watch(watch);
    watch.onEvent(counters.slacEvent);
  }
  evses.onSnapshot((snapshot) => {
    station?.evse(snapshot);
    // a car that is gone has no internet, whatever became of its V2G session
    if (!snapshot.session) vas.services.release(snapshot.evse, 'unplugged');
  });
  for (const snapshot of evses.snapshots()) station?.evse(snapshot);
  station?.start();
  if (station) ocppStatus.set(toOcppStatus(station.status(), queue));

  const rig =
    config.bench && config.rigSockets
      ? openBenchLink({ address: { path: path.join(config.rigSockets, 'bench.sock') }, clock, log })
      : undefined;
  const bench = new BenchService(rig, evses.ids(), hub);
  const stopRetention = startRetention(store, {
    clock,
    log,
    policy: () => ({ ...DEFAULT_RETENTION, ...definedOf(installation.retention) }),
  });
  const evInterfaces = installation.evses.flatMap((entry) => entry.interface ?? []);
  const stopWatching = watchHealth({
    health,
    store,
    status: ocppStatus,
    evses,
    clock,
    network: {
      evInterfaces,
      uplink: config.networkMode === 'appliance' || config.networkMode === 'namespaces',
    },
  });

  if (config.owner && !access.claimed)
    await access.claimUnattended(config.owner.name, readSecretFile(config.owner.passwordFile));
  const codeFile = new ClaimCodeFile(config.dataDirectory);
  const claimCode = await access.renewClaimCode();
  codeFile.keep(claimCode);
  access.onClaimed(() => codeFile.keep(undefined));

  const refusals = journalRefusals(ledger, clock);
  const app = await createApp({
    config,
    clock,
    log,
    hub,
    access,
    health,
    metrics,
    evses,
    installation: settings,
    sessions,
    slac,
    ocpp: ocppStatus,
    bench,
    refused: refusals.tell,
    evInterfaces,
    vas,
    vasSelfTest: new VasSelfTestService(vas, clock, config.testName),
  });
  const control = await openControl(config.dataDirectory, access, refusals.tell);
  await app.listen(listenTarget(process.env, config.listen, 'web'));
  counters.reach('ui');
  void vas.look();
  warmUpCodec();
  const bound = app.server.address();
  return {
    app,
    claimed: access.claimed,
    claimCode,
    address: typeof bound === 'object' && bound ? `${bound.address}:${bound.port}` : String(bound),
    async stop() {
      // energy first: the contactors open before anything else is let go
      await evses.close('Reboot');
      await vas.stop();
      evGuard.stop();
      stopWatching();
      clockWatch.stop();
      stopRetention();
      station?.stop('the charger stops');
      await Promise.allSettled([app.close('restart'), control.close()]);
      bench.close();
      refusals.close();
      await store.close();
    },
  };
}
