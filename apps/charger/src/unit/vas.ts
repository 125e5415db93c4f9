import path from 'node:path';
import type { Ledger } from '@kerbside/charging';
import {
  createNetworkControl,
  type EvInterfaces,
  findTool,
  guardEvInterfaces,
  systemClock,
} from '@kerbside/host';
import type { Logger } from '@kerbside/kernel';
import type { Store } from '@kerbside/store';
import type { ChargerConfig } from '../config.ts';
import type { HealthService } from '../diagnostics/health.service.ts';
import type { EvseRegistry } from '../evses/evse-registry.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { openVasSettings } from '../vas/vas-settings.ts';
import { VasService } from '../vas/vas.service.ts';
import type { Installation } from '../wiring/installation.ts';

export interface VasUnitParts {
  readonly installation: Installation;
  readonly config: ChargerConfig;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly hub: LiveHub;
  readonly health: HealthService;
  readonly evses: EvseRegistry;
  readonly log: Logger;
}

/** The value-added services of this unit, on the machine's own network. */
export function makeVas(parts: VasUnitParts): VasService {
  const { installation, config, store, log, evses } = parts;
  const clock = systemClock;
  const given = installation.evses.map(({ id, interface: name }) => ({ id, interface: name }));
  const has = given.some(({ interface: name }) => name !== undefined);
  return new VasService({
    control: has
      ? createNetworkControl({
          directory: path.join(config.dataDirectory, 'vas'),
          log: log.with({ service: 'vas' }),
        })
      : undefined,
    evses: given,
    settings: openVasSettings(
      store,
      { enabled: installation.internet, ...definedOf(installation.vas) },
      () => clock.now(),
    ),
    ledger: parts.ledger,
    clock,
    log: log.with({ service: 'vas' }),
    hub: parts.hub,
    health: parts.health,
    sessionOf: (id) => evses.snapshots().find(({ evse }) => evse === id)?.session?.id,
  });
}

/**
 * A car is no router for the charger, whether it is online or not. On somebody's own interfaces nothing is
 * changed unless they are to give cars internet.
 */
export function guardEvSide(
  installation: Installation,
  { dataDirectory, networkMode, uplink }: ChargerConfig,
  log: Logger,
): EvInterfaces {
  const ours = networkMode !== 'caller' || uplink !== undefined;
  return guardEvInterfaces({
    names: ours ? installation.evses.flatMap((entry) => entry.interface ?? []) : [],
    directory: path.join(dataDirectory, 'vas'),
    clock: systemClock,
    log: log.with({ service: 'network' }),
    ip: findTool('ip'),
  });
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const definedOf = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;
