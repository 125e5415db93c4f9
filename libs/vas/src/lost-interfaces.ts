import { type Cancel, type Clock, millis, seconds } from '@kerbside/kernel';
import type { NetworkPlan, PlanNote, PlanRequest } from './make-plan.ts';
import type { LinkState } from './network-state.ts';
import type { NetworkControl } from './ports.ts';

const LOOK_AGAIN = millis(500);
/** Between two readings of the machine's network while a lost interface is not there yet. */
const READ_AGAIN = seconds(2);
/** From a loss to another try: twice as long after each loss within a session, up to the last. */
const FIRST_DELAY = seconds(1);
const LAST_DELAY = seconds(60);
/** Why there was no plan: an interface may have gone after it was seen to be ready. */
const NOT_THERE = new Set(['interface-missing', 'no-uplink', 'uplink-missing', 'uplink-down']);

export interface LostInterfacesOptions {
  readonly control: Pick<NetworkControl, 'bears' | 'isReady' | 'indexOf' | 'setting'>;
  readonly clock: Clock;
  /** The internet of all EVSEs as it is now. */
  links(): Readonly<Record<number, LinkState>>;
  /** An interface of an EVSE that is up is not as it was set up: it was down, is gone, or is another one. */
  lost(evse: number, reason: PlanNote): void;
  /** Whether the machine, as it is now, can give it. */
  canBeGiven(request: PlanRequest): Promise<boolean>;
  /** It is there again, and the car that selected the service has not left it meanwhile. */
  back(request: PlanRequest): void;
}

interface Waiting {
  /** What is to be applied again. */
  request: PlanRequest;
  /** Monotonic milliseconds. */
  notBefore: number;
  asking: boolean;
}

/** Watches the interfaces while cars are online, and waits for one that is lost until its car is released. */
export class LostInterfaces {
  readonly #options: LostInterfacesOptions;
  readonly #waiting = new Map<number, Waiting>();
  /** How often something was lost since the car selected the service, by EVSE. */
  readonly #losses = new Map<number, number>();
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

  /** What is applied again when the interface is back; undefined: none is lost. */
  waitsFor(evse: number): PlanRequest | undefined {
    return this.#waiting.get(evse)?.request;
  }

  /** Something else is applied then. */
  change(request: PlanRequest): void {
    const waiting = this.#waiting.get(request.evse);
    if (waiting) waiting.request = request;
  }

  /** The car has gone, or selects by itself. */
  forget(evse: number): void {
    this.#waiting.delete(evse);
    this.#losses.delete(evse);
  }

  /** Looks at once; true where a loss is found, and told. */
  isLost(evse: number): boolean {
    const { phase, plan, wanted } = this.#options.links()[evse] ?? {};
    const reason = phase === 'up' && plan ? this.#lossOf(plan) : undefined;
    if (!reason) return false;
    if (wanted) this.#wait(wanted);
    this.#options.lost(evse, reason);
    return true;
  }

  /** A step failed just now: because an interface vanished? */
  stepFailed(evse: number): void {
    const { plan, planned, wanted } = this.#options.links()[evse] ?? {};
    if (!plan || !wanted || wanted !== planned || this.#waiting.has(evse)) return;
    const { control } = this.#options;
    const names = [plan.interface, plan.uplink];
    if (!control.isReady(plan.interface) || names.some((name) => this.#isAnother(plan, name)))
      this.#wait(wanted);
  }

  /** There is no plan for what a car selected. */
  notPlanned(request: PlanRequest, reason: PlanNote): void {
    if (NOT_THERE.has(reason.code)) this.#wait(request);
  }

  #wait(request: PlanRequest): void {
    const { evse } = request;
    const losses = this.#losses.get(evse) ?? 0;
    this.#losses.set(evse, losses + 1);
    const delay = Math.min(FIRST_DELAY * 2 ** losses, LAST_DELAY);
    const notBefore = this.#options.clock.monotonic() + delay;
    this.#waiting.set(evse, { request, notBefore, asking: false });
  }

  #hasWork(): boolean {
    const links = Object.values(this.#options.links());
    return this.#waiting.size > 0 || links.some(({ phase }) => phase === 'up');
  }

  /** Gone, or made again under the same name: what was set up there went with it. */
  #isAnother(plan: NetworkPlan, name: string): boolean {
    const now = this.#options.control.indexOf(name);
    const then = plan.indexes[name];
    return now !== undefined && then !== undefined && now !== then;
  }

  #lossOf(plan: NetworkPlan): PlanNote | undefined {
    const { control } = this.#options;
    const { interface: name, uplink } = plan;
    if (!control.bears(name, plan.ipv6.address))
      return { code: 'interface-lost', text: `${name} lost its addresses: it was down or is gone` };
    if (this.#isAnother(plan, uplink))
      return { code: 'uplink-lost', text: `${uplink} is gone, or was made again` };
    for (const step of plan.steps) {
      if (step.do !== 'sysctl') continue;
      const now = control.setting(step.key);
      const ofUplink = /^net\.ipv[46]\.conf\.(.+)\.\w+$/.exec(step.key)?.[1] === uplink;
      // The charger's own route by another interface counts as well; one that is gone there has none.
      const ofRoute = step.key.endsWith('.accept_ra') && step.value === '2' && now !== undefined;
      if ((ofUplink || ofRoute) && now !== step.value)
        return {
          code: 'uplink-lost',
          text: `${step.key} is ${now ?? 'gone'}, no longer ${step.value}: the interface was made again or changed`,
        };
    }
    return undefined;
  }

  #look(): void {
    const { control, clock, links } = this.#options;
    for (const evse of Object.keys(links())) this.isLost(Number(evse));
    // What cars share is taken back by the last of them, and only then made anew.
    if (Object.values(links()).some(({ phase }) => phase === 'removing')) return;
    for (const [evse, waiting] of this.#waiting)
      if (
        !waiting.asking &&
        clock.monotonic() >= waiting.notBefore &&
        links()[evse]?.phase === 'failed' &&
        control.isReady(waiting.request.interface)
      )
        void this.#tryAgain(evse, waiting);
  }

  async #tryAgain(evse: number, waiting: Waiting): Promise<void> {
    const { clock, links, canBeGiven, back } = this.#options;
    waiting.asking = true;
    const can = await canBeGiven(waiting.request).catch(() => false);
    waiting.asking = false;
    waiting.notBefore = clock.monotonic() + READ_AGAIN;
    if (!can || this.#waiting.get(evse) !== waiting || links()[evse]?.phase !== 'failed') return;
    this.#waiting.delete(evse);
    back(waiting.request);
  }
}
