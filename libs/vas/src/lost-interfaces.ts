import { type Cancel, type Clock, millis } from '@kerbside/kernel';
import type { PlanNote, PlanRequest } from './make-plan.ts';
import type { LinkState } from './network-state.ts';
import type { NetworkControl } from './ports.ts';

const LOOK_AGAIN = millis(500);

export interface LostInterfacesOptions {
  readonly control: Pick<NetworkControl, 'bears' | 'isReady'>;
  readonly clock: Clock;
  /** The internet of all EVSEs as it is now. */
  links(): Readonly<Record<number, LinkState>>;
  /** The EV interface of an EVSE that is up lost its address: it is down, gone, or another one. */
  lost(evse: number, reason: PlanNote): void;
  /** It is there again, and the car that selected the service has not left it meanwhile. */
  back(request: PlanRequest): void;
}

/** Watches EV interfaces while cars are online, and waits for one that is lost until its car is released. */
export class LostInterfaces {
  readonly #options: LostInterfacesOptions;
  /** What is to be applied again, by EVSE. */
  readonly #waiting = new Map<number, PlanRequest>();
  #cancel: Cancel | undefined;

  constructor(options: LostInterfacesOptions) {
    this.#options = options;
  }

  /** Begins to look while there is anything to look at. */
  watch(): void {
    if (this.#cancel || !this.#hasWork()) return;
    this.#cancel = this.#options.clock.arm(LOOK_AGAIN, () => {
      this.#cancel = undefined;
      this.#look();
      this.watch();
    });
  }

  /** What is applied again when the EV interface is back; undefined: it is not lost. */
  waitsFor(evse: number): PlanRequest | undefined {
    return this.#waiting.get(evse);
  }

  /** Something else is applied then. */
  change(request: PlanRequest): void {
    this.#waiting.set(request.evse, request);
  }

  /** The car has gone, or selects by itself. */
  forget(evse: number): void {
    this.#waiting.delete(evse);
  }

  #hasWork(): boolean {
    const links = Object.values(this.#options.links());
    return this.#waiting.size > 0 || links.some(({ phase }) => phase === 'up');
  }

  #look(): void {
    const { control, links, lost, back } = this.#options;
    for (const [key, { phase, plan, wanted }] of Object.entries(links())) {
      const evse = Number(key);
      if (phase === 'up' && plan && !control.bears(plan.interface, plan.ipv6.address)) {
        if (wanted) this.#waiting.set(evse, wanted);
        const text = `${plan.interface} lost its addresses: it was down or is gone`;
        lost(evse, { code: 'interface-lost', text });
      }
    }
    for (const [evse, request] of this.#waiting)
      if (links()[evse]?.phase === 'failed' && control.isReady(request.interface)) {
        this.#waiting.delete(evse);
        back(request);
      }
  }
}
