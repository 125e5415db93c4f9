import { fromHex, type Clock, type Logger } from '@kerbside/kernel';
import { openFrameHub, openPacketFrameLink, openSocketFrameLink } from '@kerbside/host';
import type { FrameLink } from '@kerbside/slac';
import { defaultPlcConfig, type PlcConfig } from './plc-config.ts';
import { type PlcModems, simulatedPlcModems } from './simulated-plc-modems.ts';

export interface PlcOptions {
  /** Unix socket of the hub that the charger's SLAC is joined to. */
  readonly hubPath: string;
  /** The charger's EV interface; without, the vehicle is on `wireHubPath`. */
  readonly iface?: string;
  /** Where raw sockets are refused: the hub that stands for the wire to the vehicle. It is opened too. */
  readonly wireHubPath?: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly config?: Partial<PlcConfig>;
}
export interface Plc extends PlcModems {
  close(): Promise<void>;
}

/** Opens the hub for the charger and acts as both modems. */
export async function openPlc(options: PlcOptions): Promise<Plc> {
  const { hubPath, iface, wireHubPath, clock, log } = options;
  const config = { ...defaultPlcConfig, ...options.config };
  const hubs = [await openFrameHub(hubPath)];
  const links: FrameLink[] = [];
  const close = async () => {
    for (const link of links) link.close();
    await Promise.all(hubs.map((hub) => hub.close()));
  };
  try {
    const charger = openSocketFrameLink(hubPath, {
      mac: fromHex(config.chargerModemMac),
      hearAll: true,
    });
    links.push(charger);
    const wire = await openWire();
    links.push(wire);
    const modems = simulatedPlcModems({ iface: wire, charger, clock, log, config });
    return {
      get linked() {
        return modems.linked;
      },
      get silent() {
        return modems.silent;
      },
      configure: modems.configure,
      stop: modems.stop,
      async close() {
        modems.stop();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }

  async function openWire(): Promise<FrameLink> {
    const onStatus = ({ state, what }: { state: string; what: string }) =>
      log.info('plc.wire', { state, what });
    if (iface !== undefined) return openPacketFrameLink({ iface, hearAll: true, onStatus, clock });
    if (wireHubPath === undefined) throw new TypeError('neither iface nor wireHubPath is given');
    hubs.push(await openFrameHub(wireHubPath));
    const mac = fromHex(config.vehicleModemMac);
    return openSocketFrameLink(wireHubPath, { mac, hearAll: true, onStatus, clock });
  }
}
