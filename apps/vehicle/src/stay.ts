import type { InletMessage, VehicleMessage } from '@kerbside/charging';
import type { CarOrder } from '@kerbside/iso15118';
import {
  amps,
  seconds,
  type Amps,
  type Cancel,
  type Clock,
  type Logger,
  type Random,
} from '@kerbside/kernel';
import { Battery } from './battery.ts';
import type { Bay } from './config.ts';
import { HlcCharge, type HlcEnd } from './hlc-charge.ts';
import { isDigital, offered, type Inlet } from './inlet.ts';
import { Sleep } from './sleep.ts';
import type { StayPlan } from './stay-plan.ts';
import { DC_MAX_AMPS, ONBOARD_AMPS, vehicleView } from './vehicle-view.ts';
import type { VehicleEvent } from './vehicle-event.ts';

export interface StayEnd {
  readonly ok: boolean;
  readonly reason: string;
}

export interface StayOptions {
  readonly plan: StayPlan;
  readonly bay: Bay;
  /** The car's EVCCID, six bytes. */
  readonly evccId: Uint8Array;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  report(event: VehicleEvent): void;
  say(message: VehicleMessage): void;
}

const STATUS_EVERY_MS = 1000;
/** From the plug to the reader. */
const TO_THE_READER = seconds(1);

/** One stay of the car, from plug-in to unplug. */
export class Stay {
  readonly #options: StayOptions;
  readonly #battery: Battery;
  readonly ended: Promise<StayEnd>;
  #settle: (end: StayEnd) => void = () => {};
  #over = false;
  #inlet: Inlet = { output: 'none', dutyPercent: undefined, contactor: false, phases: 3 };
  #resistor: 'B' | 'C' = 'B';
  #load: readonly number[] = [];
  /** AC: what V2G allows per phase; undefined: no power is wanted now. */
  #allowed: Amps | undefined;
  #dcContactor = false;
  #hlc: HlcCharge | undefined;
  readonly #sleep: Sleep;
  /** The paused session that the communication now under way comes back to. */
  #resumed: Uint8Array | undefined;
  /** High-level communication failed or is not spoken: the duty cycle alone counts. */
  #basic: boolean;
  /** 5 % came anew while the communication before was still ending. */
  #offeredAnew = false;
  #stopped: string | undefined;
  #finished = false;
  #phase = 'plugged-in';
  #sinceStatus = 0;
  #presented = false;
  #cancelToken: Cancel = () => {};

  constructor(options: StayOptions) {
    this.#options = options;
    this.#battery = new Battery(options.plan.battery);
    this.#basic = options.plan.kind === 'basic';
    this.ended = new Promise((resolve) => (this.#settle = resolve));
    this.#sleep = new Sleep({
      clock: options.clock,
      nap: options.plan.nap,
      pause: () => this.pause(),
      waking: () => this.#enter('waking'),
      pilot: (state) => this.#setResistor(state),
      toggled: () => this.#onToggled(),
    });
  }

  get kind(): StayPlan['kind'] {
    return this.#options.plan.kind;
  }

  begin(inlet: Inlet): void {
    this.repeat();
    // The driver of a basic car goes to the reader; the others wait until the charger asks for a token.
    if (this.#basic)
      this.#cancelToken = this.#options.clock.arm(TO_THE_READER, () => this.#present());
    this.see(inlet);
  }

  /** Says the car's whole state again. */
  repeat(): void {
    this.#options.say({ say: 'resistor', state: this.#resistor });
    this.#options.say({ say: 'load', current: [...this.#load] });
    if (this.kind === 'dc') this.#sayBattery();
    this.#sayStatus();
  }

  see(inlet: Inlet): void {
    if (this.#over) return;
    const digital = isDigital(inlet);
    const was = isDigital(this.#inlet);
    const contactor = this.#inlet.contactor;
    this.#inlet = inlet;
    // of a car that sleeps the state shown stays: it may open late
    if (contactor !== inlet.contactor && !this.#sleep.asleep)
      this.#enter(inlet.contactor ? 'contactor-closed' : 'contactor-open');
    if (this.kind === 'ac' && !this.#basic && !this.#hlc && offered(inlet) > 0)
      this.#chargeBasic('the charger offers a current by the pilot alone');
    if (this.#hlc && (inlet.output === 'F' || inlet.output === 'X1'))
      this.#hlc.pilotLost(`the pilot went to ${inlet.output}`);
    if (digital && !was) this.#onDigitalOffer();
    this.#follow();
  }

  tick(tick: Extract<InletMessage, { see: 'tick' }>): void {
    if (this.#over) return;
    this.#battery.absorb(tick.voltage, tick.current, tick.dtMs);
    this.#sinceStatus += tick.dtMs;
    if (this.#sinceStatus >= STATUS_EVERY_MS) {
      this.#sinceStatus = 0;
      const power = tick.current.reduce(
        (sum, current, i) => sum + current * (tick.voltage[i] ?? 0),
        0,
      );
      if (power > 0) this.#report({ event: 'charging', power, ...this.#numbers() });
      this.#sayStatus();
      if (this.#dcContactor) this.#sayBattery();
    }
    this.#sleep.consider(this.#battery.energy);
    this.#follow();
  }

  /** The driver ends the charge. False: there is none. */
  stop(reason: string): boolean {
    if (this.#over || this.#finished) return false;
    this.#stopped = reason;
    this.#hlc?.stop(reason);
    if (this.#sleep.asleep) {
      this.#sleep.drop();
      this.#finish({ ok: true, reason });
    }
    this.#follow();
    return true;
  }

  /** Pauses the V2G session; power stops first. False: there is none. */
  pause(): boolean {
    return !this.#over && (this.#hlc?.pause('the session is paused') ?? false);
  }

  /** Wakes up from the pause, and the charger by a BCB toggle. False: the car does not sleep. */
  wake(): boolean {
    return !this.#over && this.#sleep.wake();
  }

  /** Ends the stay, from whatever it is doing. */
  end(end: StayEnd): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelToken();
    this.#sleep.drop();
    this.#hlc?.abort(end.reason);
    this.#settle(end);
  }

  get #wantsEnergy(): boolean {
    return !this.#battery.full && this.#stopped === undefined;
  }

  #numbers() {
    return {
      evse: this.#options.bay.evse,
      soc: this.#battery.soc,
      energyWh: this.#battery.energy,
    };
  }

  #report(event: VehicleEvent): void {
    this.#options.report(event);
  }

  #enter(phase: string, detail?: string): void {
    this.#phase = phase;
    const { evse } = this.#options.bay;
    this.#report({ event: 'phase', evse, phase, ...(detail ? { detail } : {}) });
    this.#sayStatus();
  }

  #sayStatus(): void {
    const { kind } = this.#options.plan;
    this.#options.say({
      say: 'status',
      phase: this.#phase,
      soc: this.#battery.soc,
      energyWh: this.#battery.energy,
      protocol: this.#basic ? 'IEC 61851' : kind === 'dc' ? 'ISO 15118-2 DC' : 'ISO 15118-2 AC',
    });
  }

  #sayBattery(): void {
    const contactor = this.#dcContactor ? 'closed' : 'open';
    this.#options.say({ say: 'battery', voltage: this.#battery.voltage, contactor });
  }

  #setResistor(state: 'B' | 'C'): void {
    if (state === this.#resistor) return;
    this.#resistor = state;
    this.#options.say({ say: 'resistor', state });
  }

  #setLoad(current: readonly number[]): void {
    const same =
      current.length === this.#load.length &&
      current.every((value, i) => Math.abs(value - (this.#load[i] ?? 0)) < 0.05);
    if (same) return;
    this.#load = current;
    this.#options.say({ say: 'load', current: [...current] });
  }

  /** Draws what may be drawn now; on basic charging it asks for it by the pilot too. */
  #follow(): void {
    if (this.kind === 'dc') return this.#setLoad(this.#dcLoad());
    if (this.#basic) this.#followDuty();
    const allowed = this.#wantsEnergy && this.#inlet.contactor ? (this.#allowed ?? 0) : 0;
    const current = Math.min(allowed, ONBOARD_AMPS);
    this.#setLoad(current > 0 ? Array.from({ length: this.#inlet.phases }, () => current) : []);
    return undefined;
  }

  #dcLoad(): readonly number[] {
    return this.#dcContactor && this.#wantsEnergy && this.#allowed !== undefined
      ? [this.#dcTarget()]
      : [];
  }

  #dcTarget(): number {
    return this.#wantsEnergy ? Math.min(DC_MAX_AMPS, this.#battery.maxCurrent) : 0;
  }

  #followDuty(): void {
    const current = offered(this.#inlet);
    const take = this.#wantsEnergy && current > 0;
    this.#allowed = take ? current : undefined;
    this.#setResistor(take ? 'C' : 'B');
    if (this.#wantsEnergy || this.#finished || this.#battery.energy === 0) return;
    this.#finish({ ok: true, reason: this.#stopped ?? 'the car has what it wanted' });
  }

  #finish(end: StayEnd): void {
    this.#finished = true;
    this.#enter(end.ok ? 'finished' : 'failed', end.reason);
    this.#report({
      event: end.ok ? 'finished' : 'failed',
      reason: end.reason,
      ...this.#numbers(),
    });
    this.#settle(end);
  }

  /** Communication is offered: at plug-in, and again by a charger that was away or had a fault. */
  #onDigitalOffer(): void {
    this.#offeredAnew = this.#hlc !== undefined;
    if (this.#offeredAnew || this.kind === 'basic' || !this.#wantsEnergy) return;
    // after the toggle
    if (this.#sleep.toggling) return;
    this.#basic = false;
    this.#finished = false;
    this.#communicate();
  }

  #communicate(): void {
    const { plan, bay, evccId, clock, random, log } = this.#options;
    const resume = this.#sleep.take();
    this.#resumed = resume?.sessionId;
    const hlc = new HlcCharge({
      resume,
      plan,
      bay,
      evccId,
      clock,
      random,
      log,
      car: { view: () => this.#view(), order: (order) => this.#obey(order) },
      phase: (phase, detail) => {
        this.#enter(phase, detail);
        if (phase === 'authorization') this.#present();
      },
      internet: (detail) => this.#report({ event: 'internet', evse: bay.evse, detail }),
      message: (message) => this.#report({ event: 'message', evse: bay.evse, ...message }),
    });
    this.#hlc = hlc;
    void hlc.run().then((end) => this.#onHlcEnd(end));
  }

  #onHlcEnd(end: HlcEnd): void {
    if (this.#over) return;
    this.#hlc = undefined;
    this.#allowed = undefined;
    if (end.paused && this.#wantsEnergy) {
      this.#sleep.fall(end.paused);
      this.#enter('paused', end.reason);
      return this.#follow();
    }
    end.paused?.match?.close();
    // The charger took its offer back before a word was said: its error routine, after which it may offer again.
    const unheard = !end.ok && !end.connected && !isDigital(this.#inlet);
    if (unheard && this.#resumed && this.#wantsEnergy) {
      this.#sleep.fall({ sessionId: this.#resumed, match: undefined });
      this.#enter('paused', end.reason);
      return this.#follow();
    }
    // A car that finds no one to talk to charges by the duty cycle, as soon as that says a current.
    if (!end.ok && !end.connected && this.kind === 'ac') this.#chargeBasic(end.reason);
    else this.#finish(end);
    this.#follow();
    if (this.#offeredAnew) this.#onDigitalOffer();
  }

  #onToggled(): void {
    if (isDigital(this.#inlet) && !this.#hlc) this.#onDigitalOffer();
  }

  #chargeBasic(why: string): void {
    this.#sleep.drop();
    this.#basic = true;
    this.#enter('basic', why);
    this.#present();
  }

  /** The driver presents the token, once. */
  #present(): void {
    const { token } = this.#options.plan;
    if (token === undefined || this.#presented) return;
    this.#presented = true;
    this.#options.say({ say: 'token', idToken: token });
  }

  #view() {
    return vehicleView(this.kind, this.#battery, this.#wantsEnergy, amps(this.#dcTarget()));
  }

  #obey(order: CarOrder): void {
    switch (order.order) {
      case 'pilot':
        this.#setResistor(order.state);
        break;
      case 'battery-contactor':
        this.#dcContactor = order.closed;
        if (this.kind === 'dc') this.#sayBattery();
        break;
      case 'charge':
        this.#allowed = order.maxCurrent ?? this.#allowed ?? ONBOARD_AMPS;
        break;
      case 'stop-charge':
        this.#allowed = undefined;
        break;
    }
    this.#follow();
  }
}
