import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import { millis, type Cancel, type Clock } from '@kerbside/kernel';

/** A link-local address that sockets can be bound to now. */
export interface LinkLocal {
  readonly interface: string;
  readonly address: string;
  /** Index of the interface: a new one tells that the interface was made anew. */
  readonly scopeId: number;
}

const POLL_INTERVAL = millis(250);

function linkLocalOf(name: string): LinkLocal | undefined {
  const found = networkInterfaces()[name]?.find(
    (info) => info.family === 'IPv6' && info.address.startsWith('fe80:'),
  );
  if (found?.family !== 'IPv6') return undefined;
  return { interface: name, address: found.address, scopeId: found.scopeid };
}

/** While duplicate address detection runs, the address is listed but nothing can be bound to it. */
function canBind(place: LinkLocal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp6');
    const done = (usable: boolean) => {
      socket.removeAllListeners();
      socket.close();
      resolve(usable);
    };
    socket.once('error', () => done(false));
    socket.bind({ address: `${place.address}%${place.interface}`, port: 0 }, () => done(true));
  });
}

const same = (a: LinkLocal | undefined, b: LinkLocal | undefined) =>
  a?.address === b?.address && a?.scopeId === b?.scopeId;

/** Calls `changed` whenever the usable link-local address of an interface comes, changes or goes. */
export function watchLinkLocal(
  name: string,
  clock: Clock,
  changed: (place: LinkLocal | undefined) => void,
): Cancel {
  let current: LinkLocal | undefined;
  let stopped = false;
  let cancel: Cancel = () => {};

  async function look(): Promise<void> {
    const place = linkLocalOf(name);
    if (!same(place, current)) {
      const usable = place && (await canBind(place)) ? place : undefined;
      if (stopped) return;
      if (!same(usable, current)) {
        current = usable;
        changed(usable);
      }
    }
    if (!stopped) cancel = clock.arm(POLL_INTERVAL, () => void look());
  }
  void look();
  return () => {
    stopped = true;
    cancel();
  };
}
