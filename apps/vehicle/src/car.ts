import type { InletMessage, VehicleMessage } from '@kerbside/charging';
import { percent, wattHours, type Clock, type Logger, type Random } from '@kerbside/kernel';
import type { Bay } from './config.ts';
import { assumeWire, openRigWire, type PilotWire } from './pilot-wire.ts';
import type { Inlet } from './inlet.ts';
import { Stay, type StayEnd } from './stay.ts';
import type { StayPlan } from './stay-plan.ts';
import type { VehicleEvent } from './vehicle-event.ts';

export interface CarOptions {
  readonly bay: Bay;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  report(event: VehicleEvent): void;
}

/** By the resistor in an AC plug; a DC cable is the charger's own and says nothing. */
const CABLE_RATING_AMPS = 32;
const NOTHING: Inlet = { output: 'none', dutyPercent: undefined, contactor: false, phases: 3 };

type Order = Extract<InletMessage, { see: 'order' }>;

const planOf = (order: Order): StayPlan => ({
  kind: order.kind ?? 'basic',
  battery: {
    capacity: wattHours(Math.max(1000, order.batteryWh ?? 60_000)),
    soc: percent(order.soc ?? 40),
    energyWanted: order.energyWh === undefined ? undefined : wattHours(order.energyWh),
  },
  token: order.token,
  internetSets: order.internet === false ? [] : [3, 4],
  pause: false,
  nap: undefined,
  validate: 'never',
  slac: true,
  misbehaviour: undefined,
});

/** A simulated car at one EVSE: it plugs in, charges and leaves as it is told. */
export class Car {
  readonly #options: CarOptions;
  readonly #wire: PilotWire;
  /** Of this car, whatever it does: a locally administered address. ISO 15118-2, EVCCID */
  readonly #evccId: Uint8Array;
  #inlet = NOTHING;
  #stay: Stay | undefined;
  #greeted: () => void = () => {};
  /** The rig has answered, or there is none. */
  readonly ready: Promise<void>;

  constructor(options: CarOptions) {
    this.#options = options;
    this.#evccId = options.random
      .bytes(6)
      .map((byte, i) => (i === 0 ? (byte & 0xfc) | 0x02 : byte));
    this.ready = new Promise((resolve) => (this.#greeted = resolve));
    const { bay, clock } = options;
    const listener = {
      up: () => this.#introduce(),
      down: (reason: string) => options.log.warn('vehicle.pilot-lost', { reason }),
      see: (message: InletMessage) => this.#see(message),
    };
    this.#wire = bay.pilotSocket
      ? openRigWire(bay.pilotSocket, clock, listener)
      : assumeWire(clock, listener);
  }

  /** Plugs in; resolves when the stay is over. A car that is plugged in already is unplugged first. */
  plugIn(plan: StayPlan): Promise<StayEnd> {
    this.unplug();
    const { bay, clock, random, log, report } = this.#options;
    const stay = new Stay({
      plan,
      bay,
      evccId: this.#evccId,
      clock,
      random,
      log,
      report,
      say: (message) => this.#wire.say(message),
    });
    this.#stay = stay;
    this.#sayPlugged(plan.kind);
    report({ event: 'plugged-in', evse: bay.evse, kind: plan.kind });
    stay.begin(this.#inlet);
    return stay.ended;
  }

  unplug(): void {
    const stay = this.#stay;
    if (!stay) return;
    this.#stay = undefined;
    stay.end({ ok: false, reason: 'unplugged' });
    this.#say({ say: 'load', current: [] });
    this.#say({ say: 'plug', plugged: false });
    this.#options.report({ event: 'unplugged', evse: this.#options.bay.evse });
  }

  stop(reason: string): boolean {
    return this.#stay?.stop(reason) ?? false;
  }

  /** Pauses the V2G session. False: there is none. */
  pause(): boolean {
    return this.#stay?.pause() ?? false;
  }

  /** Wakes up from a pause. False: the car does not sleep. */
  wake(): boolean {
    return this.#stay?.wake() ?? false;
  }

  close(): Promise<void> {
    this.unplug();
    return this.#wire.close();
  }

  #say(message: VehicleMessage): void {
    this.#wire.say(message);
  }

  #sayPlugged(kind: StayPlan['kind']): void {
    const cableRating = kind === 'dc' ? {} : { cableRating: CABLE_RATING_AMPS };
    this.#say({ say: 'plug', plugged: true, ...cableRating });
  }

  /** Says all that the rig has to know, at the first connection and after each loss. */
  #introduce(): void {
    const vehicle = `Kerbside vehicle ${this.#options.bay.evse}`;
    this.#say({ say: 'hello', protocol: 'kerbside-pilot', version: 1, vehicle });
    if (!this.#stay) return this.#say({ say: 'plug', plugged: false });
    this.#sayPlugged(this.#stay.kind);
    return this.#stay.repeat();
  }

  #see(message: InletMessage): void {
    switch (message.see) {
      case 'hello':
        this.#inlet = { ...this.#inlet, phases: message.phases };
        this.#greeted();
        return this.#stay?.see(this.#inlet);
      case 'pilot': {
        const { output, dutyPercent } = message;
        this.#inlet = { ...this.#inlet, output, dutyPercent };
        return this.#stay?.see(this.#inlet);
      }
      case 'contactor':
        this.#inlet = { ...this.#inlet, contactor: message.closed };
        return this.#stay?.see(this.#inlet);
      case 'tick':
        return this.#stay?.tick(message);
      case 'order':
        return this.#obey(message);
      case 'error':
        return this.#options.log.warn('vehicle.rig-error', { ...message });
    }
  }

  #obey(order: Order): void {
    const answer = (ok: boolean, text?: string) =>
      this.#say({ say: 'answer', id: order.id, ok, ...(text ? { code: 'refused', text } : {}) });
    switch (order.order) {
      case 'plug-in':
        if (this.#stay) return answer(false, 'the car is plugged in already');
        answer(true);
        void this.plugIn(planOf(order));
        return undefined;
      case 'unplug':
        if (!this.#stay) return answer(false, 'the car is not plugged in');
        this.unplug();
        return answer(true);
      case 'stop':
        if (!this.stop('the driver ended the charge'))
          return answer(false, 'the car is not charging');
        return answer(true);
      case 'pause':
        return this.pause() ? answer(true) : answer(false, 'the car has no V2G session to pause');
      case 'wake':
        return this.wake() ? answer(true) : answer(false, 'the car does not sleep');
    }
  }
}
