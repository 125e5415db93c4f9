import { createSocket } from 'node:dgram';
import { PortError, WireError, type Cancel, type Clock } from '@kerbside/kernel';
import {
  SDP_MULTICAST_GROUP,
  SDP_PORT,
  SDP_REQUEST_INTERVAL,
  SDP_REQUEST_LIMIT,
  decodeSdpResponse,
  encodeSdpRequest,
  type SdpResponse,
  type SdpSecurity,
} from '@kerbside/iso15118';
import type { SdpPlace } from './sdp-server.ts';

export interface SdpDiscovery {
  /** Rejects with a PortError when no charger answered. */
  readonly found: Promise<SdpResponse>;
  cancel(): void;
}

/** The car's side: asks every 250 ms, at most 50 times, until a charger answers. ISO 15118-2 7.10.1 */
export function discoverSecc(
  place: SdpPlace,
  security: SdpSecurity,
  clock: Clock,
  limit = SDP_REQUEST_LIMIT,
): SdpDiscovery {
  let cancel: () => void = () => {};
  const found = new Promise<SdpResponse>((resolve, reject) => {
    const socket = createSocket({ type: 'udp6', ipv6Only: true });
    let stopTimer: Cancel = () => {};
    let asked = 0;
    let last: unknown;
    const end = (finish: () => void) => {
      stopTimer();
      socket.removeAllListeners();
      socket.on('error', () => {});
      socket.close();
      finish();
    };
    const fail = (code: string, text: string) =>
      end(() => reject(new PortError(code, text, { cause: last })));
    cancel = () => fail('sdp.cancelled', 'the search for a charger was cancelled');

    const [address, port] =
      'interface' in place
        ? [`${SDP_MULTICAST_GROUP}%${place.interface}`, SDP_PORT]
        : ['::1', place.loopbackPort];
    function ask(): void {
      if (asked === limit) return fail('sdp.no-answer', `no charger answered ${asked} requests`);
      asked++;
      socket.send(encodeSdpRequest({ security }), port, address, (error) => {
        // The link may still be coming up: the next request tries again.
        if (error) last = error;
      });
      stopTimer = clock.arm(SDP_REQUEST_INTERVAL, ask);
      return undefined;
    }
    socket.on('error', (error) => {
      last = error;
      fail('sdp.socket', `SDP socket: ${error.message}`);
    });
    socket.on('message', (datagram) => {
      try {
        const response = decodeSdpResponse(datagram);
        end(() => resolve(response));
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        last = error;
      }
    });
    socket.bind(0, ask);
  });
  return { found, cancel: () => cancel() };
}
