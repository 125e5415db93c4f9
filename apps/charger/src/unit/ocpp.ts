import type { Authorizer, EvseCommand, Fact, Ledger, ServiceFact } from '@kerbside/charging';
import type { OcppStatus } from '@kerbside/contracts';
import { createOcppSocketFactory, stationUrl, systemRandom } from '@kerbside/host';
import { type Clock, type Logger, seconds } from '@kerbside/kernel';
import { createStation, type Station, type StationStatus } from '@kerbside/ocpp';
import { createStationStore, type OcppQueue, type Store } from '@kerbside/store';
import type { EvseRegistry } from '../evses/evse-registry.ts';
import type { OcppStatusService } from '../ocpp/ocpp-status.service.ts';
import { VERSION } from '../version.ts';
import type { Installation } from '../wiring/installation.ts';
import type { OcppSessions } from './ocpp-sessions.ts';

export interface OcppParts {
  readonly installation: Installation;
  readonly store: Store;
  readonly queue: OcppQueue;
  readonly clock: Clock;
  readonly log: Logger;
  /** Late bound: the ledger's projections need the station, the station notes into the ledger. */
  ledger(): Ledger;
  evses(): EvseRegistry;
  readonly status: OcppStatusService;
  readonly sessions: OcppSessions;
  restart(type: 'Soft' | 'Hard'): Promise<void>;
}

const iso = (at: number) => new Date(at).toISOString();

/** Messages that were given up, as the API shows them. */
export const toGivenUp = ({ count, newest }: OcppQueue['givenUp']): OcppStatus['givenUp'] => ({
  count,
  newest: newest.map(({ at, doneAt, outcome, ...message }) => ({
    at: iso(at),
    ...message,
    givenUp: iso(doneAt),
    reason: outcome,
  })),
});

export function toOcppStatus(
  status: StationStatus,
  { oldest, givenUp }: Pick<OcppQueue, 'oldest' | 'givenUp'>,
): OcppStatus {
  return {
    version: status.version,
    url: status.url,
    identity: status.identity,
    phase: status.phase,
    since: iso(status.since),
    ...(status.reason === undefined ? {} : { reason: status.reason }),
    ...(status.nextRetry === undefined ? {} : { nextRetry: iso(status.nextRetry) }),
    heartbeatInterval: status.heartbeatInterval,
    queue: {
      length: status.queueLength,
      ...(oldest === undefined ? {} : { oldest: iso(oldest) }),
    },
    givenUp: toGivenUp(givenUp),
    attempts: status.attempts.map((attempt) => ({
      at: iso(attempt.at),
      outcome: attempt.outcome,
      ...(attempt.detail ? { detail: attempt.detail } : {}),
    })),
  };
}

/** The charge point of OCPP 1.6, bound to the store, the EVSEs and the network. */
export function makeStation(parts: OcppParts): Station | undefined {
  const { installation, store, queue, clock, log, status } = parts;
  const { ocpp } = installation;
  if (!ocpp) return undefined;
  const station: Station = createStation({
    settings: {
      url: stationUrl(ocpp.url, ocpp.identity).href,
      identity: ocpp.identity,
      ...(ocpp.internetUse ? { internetUse: ocpp.internetUse } : {}),
      boot: {
        chargePointVendor: 'Kerbside',
        chargePointModel: 'Kerbside',
        chargePointSerialNumber: ocpp.identity.slice(0, 25),
        firmwareVersion: VERSION,
      },
      connectors: installation.evses.map((evse) => ({
        connector: evse.connector ?? evse.id,
        evse: evse.id,
      })),
      defaults: {
        MeterValueSampleInterval: String(installation.evses[0]?.sampleInterval ?? 60),
        ConnectionTimeOut: String(installation.evses[0]?.connectionTimeout ?? 60),
        MeterValuesSampledData: 'Energy.Active.Import.Register,Power.Active.Import',
      },
    },
    ports: {
      socketFactory: createOcppSocketFactory(ocpp),
      queue,
      store: createStationStore(store, clock),
      clock,
      random: systemRandom,
      log: log.with({ service: 'ocpp' }),
      commands: {
        command: (evse, command) => parts.evses().command(evse, command),
        reset: (type) => parts.restart(type),
      },
    },
    report: (fact) => parts.ledger().note([placed(fact, parts)]),
    configured(key, value) {
      const command = evseCommandOf(key, value);
      if (command)
        for (const evse of parts.evses().ids()) void parts.evses().command(evse, command);
    },
    changed: () => status.set(toOcppStatus(station.status(), queue)),
  });
  return station;
}

/** Configuration keys that the EVSEs act on; both are whole seconds. */
function evseCommandOf(key: string, value: string): EvseCommand | undefined {
  const duration = seconds(Number(value));
  if (key === 'MeterValueSampleInterval') return { command: 'configure', sampleInterval: duration };
  if (key === 'ConnectionTimeOut') return { command: 'configure', connectionTimeout: duration };
  return undefined;
}

/** The entry with the EVSE and the session that it is about. */
function placed(fact: OcppFact, { sessions, queue }: Pick<OcppParts, 'sessions' | 'queue'>): Fact {
  const { transaction } = fact.data;
  const owner =
    (typeof transaction === 'string' ? queue.ownerOf(transaction) : undefined) ??
    sessions.ownerOf(fact.data, fact.evse);
  return { ...fact, source: 'ocpp', ...owner } as Fact;
}

type OcppFact = {
  readonly at: number;
  readonly evse?: number;
  readonly type: ServiceFact['type'];
  readonly data: ServiceFact['data'];
};

/**
 * Asks the back-end. A unit that has none refuses every token, and its operator may still start; on the
 * bench, where no energy is sold, it accepts every one, for foreign vehicles.
 */
export function makeAuthorizer(
  station: () => Station | undefined,
  sessions: OcppSessions,
  bench: boolean,
): Authorizer {
  return {
    async authorize(idToken, evse) {
      const found = station();
      sessions.authorizing(evse);
      if (!found) return { status: bench ? 'Accepted' : 'Invalid', from: 'offline' };
      return found.authorize(idToken, evse);
    },
  };
}
