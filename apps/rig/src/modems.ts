import { join } from 'node:path';
import type { Clock, Logger } from '@kerbside/kernel';
import type { RigConfig } from './config.ts';
import { openPlc, type Plc } from './plc/open-plc.ts';

export interface Modems {
  /** EVSEs whose power line could be opened. */
  readonly evses: readonly number[];
  close(): Promise<void>;
}

/** The power line modems of all EVSEs; one that cannot be opened (no raw sockets) is said and left out. */
export async function openModems(
  config: RigConfig,
  ports: { readonly clock: Clock; readonly log: Logger },
): Promise<Modems> {
  const open = new Map<number, Plc>();
  for (const { evse, interface: iface } of config.modems ? config.evses : []) {
    const log = ports.log.with({ evse });
    try {
      const plc = await openPlc({
        hubPath: join(config.directory, `modem-${evse}.sock`),
        ...(config.modems === 'interface'
          ? { iface }
          : { wireHubPath: join(config.directory, `frames-${evse}.sock`) }),
        clock: ports.clock,
        log,
      });
      open.set(evse, plc);
    } catch (error) {
      log.error('rig.no-modem', { error: error instanceof Error ? error.message : String(error) });
    }
  }
  return {
    evses: [...open.keys()],
    async close() {
      await Promise.all([...open.values()].map((plc) => plc.close()));
    },
  };
}
