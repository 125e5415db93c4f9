import { systemClock } from '@kerbside/host';
import type { Store } from '@kerbside/store';
import { type ChargerConfig, ConfigError } from '../config.ts';
import {
  benchInstallation,
  type Installation,
  parseInstallation,
  readInstallationFile,
} from '../wiring/installation.ts';

const KEY = 'installation';

/** What this unit consists of: the bench's wiring, a file given at start (then kept), or what the store holds. */
export function installationOf(config: ChargerConfig, store: Store): Installation {
  if (config.bench) return benchInstallation(config);
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
    return installation;
  }
  const kept = store.start.settings.find((setting) => setting.key === KEY);
  if (kept) return parseInstallation(JSON.parse(kept.value), 'the installation in the store');
  throw new ConfigError(
    'config.no-installation',
    'nothing says what this charger consists of: give a file with KERBSIDE_INSTALLATION (docs/examples/installation.json)',
  );
}
