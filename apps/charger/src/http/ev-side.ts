import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;
type Ends = Pick<Socket, 'localAddress' | 'remoteAddress'>;

/** An address without its zone; one of IPv4 as such. */
export const plainAddress = (address: string | undefined): string =>
  (address ?? '').replace(/^::ffff:/, '').replace(/%.*$/, '');

/** Whether a connection came in over one of these interfaces: by our address on it, or the peer's zone. */
export function cameOver(ends: Ends, names: readonly string[], interfaces: Interfaces): boolean {
  const zone = /%(.+)$/.exec(ends.remoteAddress ?? '')?.[1];
  if (zone !== undefined && names.includes(zone)) return true;
  const local = plainAddress(ends.localAddress);
  return names.some((name) => interfaces[name]?.some(({ address }) => address === local) ?? false);
}

/** Drops every connection from an EV interface before a byte of it is read: cars get no UI and no API. */
export function refuseEvSide(server: Server, names: readonly string[]): void {
  const external = names.filter((name) => name !== 'lo');
  if (external.length === 0) return;
  server.prependListener('connection', (socket: Socket) => {
    if (cameOver(socket, external, networkInterfaces())) socket.destroy();
  });
}
