import type { Gateway } from '../csms/v16/gateway.ts';
import type { OcppSocketEvent, OcppSocketFactory } from '../ports.ts';

/** What happens to one frame on its way. */
export type Fate =
  | 'delivered'
  /** The socket is found closed when it is to be sent. */
  | 'cut-before'
  /** It is lost on the way, and the connection with it. */
  | 'lost'
  /** It arrives, and the connection is cut at once: no answer can come back. */
  | 'cut-after';

export interface PassingFrame {
  readonly direction: 'up' | 'down';
  readonly text: string;
}

/** A network between stations and one CSMS in memory: in order, with faults at chosen frames. */
export class SimulatedNetwork {
  /** Whether connecting works. */
  up = true;
  /** Pongs are answered. */
  answersPings = true;
  /** Frames vanish without a trace in either direction, the sockets stay open. */
  blackHole = false;
  fate: (frame: PassingFrame) => Fate = () => 'delivered';
  connections = 0;
  /** Undefined while the CSMS is dead. */
  gateway: Gateway | undefined;
  readonly #cuts = new Set<(reason: string) => void>();

  constructor(gateway: Gateway) {
    this.gateway = gateway;
  }

  /** Cuts every connection; both ends learn of it. */
  cut(reason = 'cut'): void {
    for (const cut of this.#cuts) cut(reason);
  }

  socketFactory(station: string): OcppSocketFactory {
    return (listener) => {
      let open = true;
      const later = (run: () => void) => void Promise.resolve().then(run);
      const tell = (event: OcppSocketEvent) => listener(event);
      const { gateway } = this;
      if (!this.up || !gateway) {
        const closed = { event: 'closed', opened: false, code: 1006, reason: 'refused' } as const;
        later(() => tell(closed));
        return { send: () => {}, ping: () => {}, close: () => {} };
      }
      const end = (reason: string) => {
        if (!open) return;
        open = false;
        this.#cuts.delete(end);
        connection.closed();
        tell({ event: 'closed', opened: true, code: 1006, reason });
      };
      const pass = (direction: 'up' | 'down', text: string, deliver: () => void) => {
        if (!open || this.blackHole) return;
        const fate = this.fate({ direction, text });
        if (fate === 'cut-before') {
          end('cut before sending');
          return;
        }
        later(() => {
          if (!open || this.blackHole) return;
          if (fate === 'lost') end('lost on the way');
          else {
            deliver();
            if (fate === 'cut-after') end('cut after delivery');
          }
        });
      };
      this.connections++;
      this.#cuts.add(end);
      const connection = gateway.accept(station, {
        send: (text) => pass('down', text, () => tell({ event: 'text', text })),
        close: (_, reason) => end(reason),
      });
      later(() => open && tell({ event: 'open', protocol: 'ocpp1.6' }));
      return {
        send: (text) => pass('up', text, () => connection.text(text)),
        ping: () =>
          later(() => {
            if (open && this.answersPings && !this.blackHole) tell({ event: 'pong' });
          }),
        // The station has given the socket up and listens no more.
        close: () => {
          if (!open) return;
          open = false;
          this.#cuts.delete(end);
          connection.closed();
        },
      };
    };
  }
}
