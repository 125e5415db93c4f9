import { createSocket, type Socket } from 'node:dgram';
import { PortError, WireError, millis, type Cancel, type Clock } from '@kerbside/kernel';
import {
  SDP_MULTICAST_GROUP,
  SDP_PORT,
  decodeSdpRequest,
  encodeSdpResponse,
  type SdpListener,
  type SdpRequest,
  type SdpResponder,
} from '@kerbside/iso15118';
import { watchLinkLocal } from './link-local-watch.ts';

/** Where cars ask: on the multicast group of one interface, or on a port of the loopback address. */
export type SdpPlace = { readonly interface: string } | { readonly loopbackPort: number };

const REBIND_INTERVAL = millis(1000);

function requestOf(datagram: Uint8Array): SdpRequest | WireError {
  try {
    return decodeSdpRequest(datagram);
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
}

function serve(socket: Socket, listener: SdpListener): void {
  socket.on('message', (datagram, sender) => {
    const from = `[${sender.address}]:${sender.port}`;
    const request = requestOf(datagram);
    if (request instanceof WireError) return listener.onMalformed(request, datagram, from);
    const response = listener.onRequest(request, from);
    // A car that is gone before its answer is no failure of ours.
    if (response) socket.send(encodeSdpResponse(response), sender.port, sender.address, () => {});
    return undefined;
  });
}

/**
 * Answers SDP on one interface alone. The socket is bound to the group address with the interface's zone, so that
 * requests of other links never reach it, and without SO_REUSEADDR, so that a second charger on the port is an error.
 */
export function createSdpServer(place: SdpPlace, clock: Clock): SdpResponder {
  let socket: Socket | undefined;
  let stopWatch: Cancel = () => {};
  let cancelRetry: Cancel = () => {};

  function drop(): void {
    cancelRetry();
    const old = socket;
    socket = undefined;
    old?.removeAllListeners();
    old?.on('error', () => {});
    old?.close();
  }

  function bind(listener: SdpListener, name: string | undefined, port: number): void {
    drop();
    const made = createSocket({ type: 'udp6', reuseAddr: false, ipv6Only: true });
    socket = made;
    const failed = (cause: unknown) => {
      if (socket !== made) return;
      drop();
      const where = name ?? 'loopback';
      listener.onFailure(
        new PortError('sdp.bind', `SDP cannot listen on ${where}: ${String(cause)}`, { cause }),
      );
      cancelRetry = clock.arm(REBIND_INTERVAL, () => bind(listener, name, port));
    };
    made.on('error', failed);
    serve(made, listener);
    const address = name ? `${SDP_MULTICAST_GROUP}%${name}` : '::1';
    made.bind({ address, port, exclusive: true }, () => {
      try {
        if (name) made.addMembership(SDP_MULTICAST_GROUP, `::%${name}`);
      } catch (error) {
        failed(error);
      }
    });
  }

  return {
    open(listener) {
      if ('loopbackPort' in place) return bind(listener, undefined, place.loopbackPort);
      stopWatch = watchLinkLocal(place.interface, clock, (usable) => {
        if (usable) bind(listener, place.interface, SDP_PORT);
        else drop();
      });
      return undefined;
    },
    close() {
      stopWatch();
      drop();
    },
  };
}
