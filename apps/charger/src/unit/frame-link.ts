import { mergeFrameLinks, openPacketFrameLink, openSocketFrameLink } from '@kerbside/host';
import type { Clock } from '@kerbside/kernel';
import type { FrameLink } from '@kerbside/slac';
import type { EvseInstallation } from '../wiring/installation.ts';

/** A locally administered address for an EVSE that has no interface of its own. */
const loopbackMac = (evse: number) => Uint8Array.of(0x02, 0x4b, 0x42, 0x00, 0x00, evse);

/** The frames of one EVSE: its EV interface, and its modem's socket where it has one. Throws a PortError. */
export function openFrameLink(
  { id, interface: iface, modemSocket, wireSocket }: EvseInstallation,
  clock: Clock,
): FrameLink {
  const wire =
    iface !== undefined
      ? openPacketFrameLink({ iface, clock })
      : openSocketFrameLink(wireSocket ?? '', { mac: loopbackMac(id), clock });
  if (modemSocket === undefined) return wire;
  return mergeFrameLinks(wire, openSocketFrameLink(modemSocket, { mac: () => wire.mac, clock }));
}
