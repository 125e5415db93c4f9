import type { AddressInfo } from 'node:net';
import type { Fact } from '@kerbside/charging';
import type { VasSettings } from '@kerbside/contracts';
import { systemClock } from '@kerbside/host';
import { collectingLogger, ManualClock } from '@kerbside/kernel/testing';
import { AccessService } from '../../src/access/access.service.ts';
import type { AccessChange, AccessRecords, AccessStore } from '../../src/access/ports.ts';
import { createApp, type Services } from '../../src/application.ts';
import { BenchService } from '../../src/bench/bench.service.ts';
import { type ChargerConfig, parseConfig } from '../../src/config.ts';
import { HealthService } from '../../src/diagnostics/health.service.ts';
import { Metrics } from '../../src/diagnostics/metrics.ts';
import { EvseRegistry } from '../../src/evses/evse-registry.ts';
import { InstallationService } from '../../src/installation/installation.service.ts';
import { emptyOverlay, type Overlay } from '../../src/installation/overlay.ts';
import type { SlacLayers } from '../../src/installation/slac-settings.ts';
import { journalRefusals } from '../../src/http/refusals.ts';
import { LiveHub } from '../../src/live/live-hub.ts';
import { OcppStatusService } from '../../src/ocpp/ocpp-status.service.ts';
import type { History } from '../../src/sessions/history.ts';
import { SessionsService } from '../../src/sessions/sessions.service.ts';
import { parseInstallation } from '../../src/wiring/installation.ts';
import { SlacService, type SlacSources } from '../../src/slac/slac.service.ts';
import type { SlacHistory } from '../../src/slac/slac-history.ts';
import { VasSelfTestService } from '../../src/vas/self-test.service.ts';
import { openVasSettings, type VasSettingsStore } from '../../src/vas/vas-settings.ts';
import { VasService } from '../../src/vas/vas.service.ts';

/** Settings of the internet service in memory. */
export function memoryVasSettings(given: Partial<VasSettings> = {}): VasSettingsStore {
  const store = { start: { settings: [] }, commit: async () => ({}), note: () => {} };
  return openVasSettings(store as never, given, () => systemClock.now());
}

export class MemoryAccessStore implements AccessStore {
  readonly changes: AccessChange[] = [];
  fail = false;
  readonly #records: AccessRecords;

  constructor(records?: AccessRecords) {
    this.#records = records ?? { accounts: [], tokens: [], logins: [], claimCodeHash: undefined };
  }

  load(): AccessRecords {
    return this.#records;
  }

  async save(changes: readonly AccessChange[]): Promise<void> {
    if (this.fail) throw new Error('disk gone');
    this.changes.push(...changes);
  }

  note(changes: readonly AccessChange[]): void {
    this.changes.push(...changes);
  }
}

export const emptyHistory: History = {
  sessions: async () => ({ items: [] }),
  session: async () => undefined,
  lastSession: async () => undefined,
  timeline: async () => ({ items: [] }),
  recent: async () => [],
  journal: async () => ({ items: [] }),
  audit: async () => ({ items: [] }),
};

export const oneEvse = {
  evses: [
    { id: 1, interface: 'ev0', board: { path: '/run/board.sock' }, meter: { host: 'meter' } },
  ],
};

export const emptySlacHistory: Pick<SlacHistory, 'list' | 'attempt'> = {
  list: async () => ({ items: [], totals: { matched: 0, failed: 0, ended: 0 } }),
  attempt: async () => undefined,
};

/** The HTTP side of a unit on a port of its own, with everything below replaced. */
export async function startUnit(
  env: Record<string, string> = {},
  history: History = emptyHistory,
  document: unknown = oneEvse,
  slac: { sources?: SlacSources; history?: Pick<SlacHistory, 'list' | 'attempt'> } = {},
) {
  const config: ChargerConfig = parseConfig({ KERBSIDE_DATA: '/nowhere', ...env });
  const log = collectingLogger();
  const hub = new LiveHub(systemClock, log);
  const store = new MemoryAccessStore();
  const access = new AccessService(store, systemClock, log);
  const evses = new EvseRegistry(hub);
  const kept: { overlay: Overlay; by: string }[] = [];
  const applied: { evse: number; layers: SlacLayers }[] = [];
  const installation = new InstallationService({
    environment: config,
    installation: parseInstallation(document, 'test'),
    origin: 'file',
    overlay: emptyOverlay,
    save: async (overlay, by) => void kept.push({ overlay, by }),
    apply: (evse, layers) => void applied.push({ evse, layers }),
  });
  const notes: Fact[] = [];
  const refusalClock = new ManualClock();
  const health = new HealthService(systemClock, hub, config);
  const vas = new VasService({
    control: undefined,
    evses: [{ id: 1, interface: undefined }],
    settings: memoryVasSettings(),
    ledger: { note: () => {} },
    clock: systemClock,
    log,
    hub,
    health,
    sessionOf: () => undefined,
  });
  const services: Services = {
    config,
    clock: systemClock,
    log,
    hub,
    access,
    health,
    metrics: new Metrics(),
    evses,
    installation,
    sessions: new SessionsService(history, hub, () => evses.ids()),
    slac: new SlacService(
      slac.sources ?? { ids: () => evses.ids(), watch: (id) => evses.slac(id) },
      slac.history ?? emptySlacHistory,
      hub,
      systemClock.now(),
    ),
    ocpp: new OcppStatusService(
      {
        version: '1.6',
        identity: config.identity,
        phase: 'off',
        since: new Date().toISOString(),
        queue: { length: 0 },
        givenUp: { count: 0, newest: [] },
        attempts: [],
      },
      hub,
    ),
    bench: new BenchService(undefined, evses.ids(), hub),
    refused: journalRefusals({ note: (facts) => void notes.push(...facts) }, refusalClock).tell,
    vas,
    vasSelfTest: new VasSelfTestService(vas, systemClock, 'www.example'),
    evInterfaces: ['ev0'],
  };
  const app = await createApp(services);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  const call = (
    method: string,
    path: string,
    body?: unknown,
    headers: NonNullable<RequestInit['headers']> = {},
  ) =>
    fetch(`${base}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    app,
    base,
    port,
    call,
    services,
    kept,
    applied,
    store,
    log,
    /** What went into the journal. */
    notes,
    /** Bounds what goes there: time passes for it by hand. */
    refusalClock,
    stop: () => app.close('restart'),
    /** Claims the unit and gives the owner's cookie. */
    async claim(): Promise<string> {
      const code = await access.renewClaimCode();
      const answer = await call('POST', '/claim', { code, name: 'owner', password: PASSWORD });
      if (answer.status !== 200) throw new Error(await answer.text());
      return cookieOf(answer);
    },
  };
}

export const PASSWORD = 'correct horse battery';
export const cookieOf = (answer: Response): string =>
  (answer.headers.get('set-cookie') ?? '').split(';')[0] as string;
