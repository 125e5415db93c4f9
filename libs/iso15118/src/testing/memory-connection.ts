import { millis, type Clock, type Duration } from '@kerbside/kernel';
import type { V2gConnection, V2gConnectionListener } from '../ports.ts';

interface End {
  readonly connection: V2gConnection;
  listener: V2gConnectionListener | undefined;
}

/** Two ends of a connection in memory; bytes take `latency` from one to the other. */
export function memoryConnection(
  clock: Clock,
  latency: Duration = millis(1),
): {
  readonly charger: V2gConnection;
  readonly car: V2gConnection;
  /** Names the owners of both ends; bytes before that are lost. */
  own(charger: V2gConnectionListener, car: V2gConnectionListener): void;
  /** Every write of either end, in order. */
  readonly log: { readonly from: 'charger' | 'car'; readonly bytes: Uint8Array }[];
} {
  const log: { from: 'charger' | 'car'; bytes: Uint8Array }[] = [];
  let open = true;
  const ends = {} as Record<'charger' | 'car', End>;
  const make = (from: 'charger' | 'car', to: 'charger' | 'car'): End => ({
    listener: undefined,
    connection: {
      remote: `memory:${to}`,
      security: 'none',
      send(bytes) {
        if (!open) return;
        log.push({ from, bytes });
        clock.arm(latency, () => ends[to].listener?.onBytes(bytes));
      },
      close() {
        if (!open) return;
        open = false;
        clock.arm(latency, () => {
          ends[from].listener?.onClosed('closed by this side');
          ends[to].listener?.onClosed('closed by the peer');
        });
      },
    },
  });
  ends.charger = make('charger', 'car');
  ends.car = make('car', 'charger');
  return {
    charger: ends.charger.connection,
    car: ends.car.connection,
    log,
    own(charger, car) {
      ends.charger.listener = charger;
      ends.car.listener = car;
    },
  };
}
