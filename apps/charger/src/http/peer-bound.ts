import type { Server } from 'node:http';
import { isIPv6, type Socket } from 'node:net';
import { plainAddress } from './ev-side.ts';

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** Who a connection is counted for: an IPv4 address, or the /64 of an IPv6 address, of which a host has as many as it likes. */
export function peerOf(remoteAddress: string): string {
  const address = plainAddress(remoteAddress);
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const first = head.split(':').filter(Boolean);
  const last = tail?.split(':').filter(Boolean) ?? [];
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array<string>(zeros).fill('0'), ...last];
  return groups.slice(0, 4).join(':');
}

/**
 * Closes what one peer opens beyond `most` connections, before a byte of it is read, so that it
 * can't take all that the server has. This machine itself (a proxy before the charger) is not bound.
 */
export function boundPeers(server: Pick<Server, 'prependListener'>, most: number): void {
  const open = new Map<string, number>();
  server.prependListener('connection', (socket: Socket) => {
    // absent once the peer has gone: nothing to count
    if (socket.remoteAddress === undefined || isLoopback(plainAddress(socket.remoteAddress)))
      return;
    const peer = peerOf(socket.remoteAddress);
    const held = open.get(peer) ?? 0;
    if (held >= most) {
      socket.destroy();
      return;
    }
    open.set(peer, held + 1);
    socket.once('close', () => {
      const left = (open.get(peer) ?? 1) - 1;
      if (left === 0) open.delete(peer);
      else open.set(peer, left);
    });
  });
}
