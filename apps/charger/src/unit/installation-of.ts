import { systemClock } from '@kerbside/host';
import type { Configuration } from '@kerbside/contracts';
import type { Logger } from '@kerbside/kernel';
import type { Store } from '@kerbside/store';
import { type ChargerConfig, ConfigError } from '../config.ts';
import {
  emptyOverlay,
  type Overlay,
  OVERLAY_KEY,
  overlayOf,
  parseOverlay,
} from '../installation/overlay.ts';
import { slacFaults } from '../installation/slac-settings.ts';
import {
  benchInstallation,
  type Installation,
  parseInstallation,
  readInstallationFile,
} from '../wiring/installation.ts';

const KEY = 'installation';

export interface KnownInstallation {
  readonly installation: Installation;
  readonly origin: Configuration['origin'];
  readonly overlay: Overlay;
}

/** The document: the bench's wiring, a file given at start (then kept), or what the store holds. */
function documentOf(
  config: ChargerConfig,
  store: Store,
): Pick<KnownInstallation, 'installation' | 'origin'> {
  if (config.bench) return { installation: benchInstallation(config), origin: 'bench' };
  if (config.installationFile !== undefined) {
    const installation = readInstallationFile(config.installationFile);
    store.note([
      {
        op: 'setting.put',
        key: KEY,
        value: JSON.stringify(installation),
        source: 'file',
        changedAt: systemClock.now(),
        changedBy: config.installationFile,
      },
    ]);
    return { installation, origin: 'file' };
  }
  const kept = store.start.settings.find((setting) => setting.key === KEY);
  if (kept)
    return {
      installation: parseInstallation(JSON.parse(kept.value), 'the installation in the store'),
      origin: 'store',
    };
  throw new ConfigError(
    'config.no-installation',
    'nothing says what this charger consists of: give a file with KERBSIDE_INSTALLATION (docs/examples/installation.json)',
  );
}

function merged(installation: Installation, overlay: Overlay): Installation {
  const evses = installation.evses.map((entry) => {
    const { evseId, interface: name } = overlayOf(overlay, entry.id);
    // where frames come over a socket there is no interface to replace
    const renamed = name !== undefined && entry.wireSocket === undefined;
    return {
      ...entry,
      ...(evseId === undefined ? {} : { evseId }),
      ...(renamed ? { interface: name } : {}),
    };
  });
  return parseInstallation({ ...installation, evses }, 'the settings in the store');
}

/** Faults of the layers of each EVSE together; `environment` alone tells SLAC_INIT_TIMEOUT's. */
function faultsOf(installation: Installation, overlay: Overlay, config: ChargerConfig): string[] {
  return installation.evses.flatMap(({ id, slac }) =>
    slacFaults({
      installation: slac,
      store: overlayOf(overlay, id).slac,
      slacInitTimeout: config.slacInitTimeout,
    }).map(({ message }) => `EVSE ${id}: ${message}`),
  );
}

/**
 * What this unit consists of, with what was set through the API. Settings that do not fit the document
 * any more are left out, and said so: a unit must start. Throws `ConfigError`.
 */
export function installationOf(
  config: ChargerConfig,
  store: Store,
  log: Logger,
): KnownInstallation {
  const { installation, origin } = documentOf(config, store);
  const text = store.start.settings.find((setting) => setting.key === OVERLAY_KEY)?.value;
  let overlay = emptyOverlay;
  let complete = installation;
  try {
    const kept = text === undefined ? emptyOverlay : parseOverlay(text);
    if (!kept) throw new ConfigError('config.settings', 'the settings cannot be read');
    complete = merged(installation, kept);
    const faults = faultsOf(complete, kept, { ...config, slacInitTimeout: undefined });
    if (faults.length > 0) throw new ConfigError('config.settings', faults.join('; '));
    overlay = kept;
  } catch (error) {
    complete = installation;
    log.warn('settings.left-out', {
      error: error instanceof Error ? error.message : String(error),
    });
  }
  const faults = faultsOf(complete, overlay, config);
  if (faults.length > 0)
    throw new ConfigError('config.environment', `environment: ${faults.join('; ')}`);
  return { installation: complete, origin, overlay };
}
