import { openPacketFrameLink, openSocketFrameLink } from '@kerbside/host';
import { PortError, seconds, type Clock } from '@kerbside/kernel';
import type { FrameLink } from '@kerbside/slac';
import type { Bay } from './config.ts';

const HUB_LIMIT = seconds(3);

/** Over the frame hub of a bench without namespaces; its first frames must not be lost to the connecting. */
function openHubLink(path: string, evse: number, clock: Clock): Promise<FrameLink> {
  return new Promise((resolve, reject) => {
    const mac = Uint8Array.of(0x02, 0x4b, 0x53, 0x00, 0x01, evse & 0xff);
    const link = openSocketFrameLink(path, {
      mac,
      clock,
      onStatus: ({ state }) => {
        if (state !== 'up') return;
        cancel();
        resolve(link);
      },
    });
    const cancel = clock.arm(HUB_LIMIT, () => {
      link.close();
      reject(new PortError('vehicle.frame-hub', `no frame hub at ${path}`));
    });
  });
}

/** The way for SLAC's frames at this bay; undefined where there is none, as with V2G over loopback alone. */
export async function openBayLink(bay: Bay, clock: Clock): Promise<FrameLink | undefined> {
  if (bay.framesSocket !== undefined) return openHubLink(bay.framesSocket, bay.evse, clock);
  if (bay.interface === undefined) return undefined;
  return openPacketFrameLink({ iface: bay.interface, clock });
}
