import { connectV2g, discoverSecc, type SdpDiscovery, type SdpPlace } from '@kerbside/host';
import {
  createEvcc,
  ipv6ToText,
  type CarSide,
  type Evcc,
  type EvccReport,
} from '@kerbside/iso15118';
import { millis, type Clock, type Logger, type Random } from '@kerbside/kernel';
import type { Bay } from './config.ts';
import { Online } from './online.ts';
import { PowerLineMatch } from './power-line-match.ts';
import type { Paused } from './sleep.ts';
import type { StayPlan } from './stay-plan.ts';

export interface HlcChargeOptions {
  readonly plan: StayPlan;
  readonly bay: Bay;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly car: CarSide;
  /** Six bytes, the same for all sessions of a car. */
  readonly evccId: Uint8Array;
  /** The car comes back to a paused session. */
  readonly resume?: Paused | undefined;
  phase(phase: string, detail?: string): void;
  /** What came of the internet service. */
  internet(detail: string): void;
  message(message: {
    readonly direction: 'in' | 'out';
    readonly name: string;
    readonly responseCode?: string;
  }): void;
}

export interface HlcEnd {
  readonly ok: boolean;
  readonly reason: string;
  /** A charger was there to talk to. */
  readonly connected: boolean;
  /** The session is paused: who takes it closes its match. */
  readonly paused?: Paused;
}

type TalkEnd = Omit<HlcEnd, 'paused'> & { readonly sessionId?: Uint8Array };

/** Service id of internet access. ISO 15118-2 table 105 */
const INTERNET = 3;
/** Message timeouts of the bench's car: the machine is shared, a late answer must not end the charge. */
const PATIENCE = 8;
const LOOP_INTERVAL = { ac: millis(1000), dc: millis(250), basic: millis(1000) } as const;

/** Matching, discovery and one V2G session: what a car does when the pilot says 5 %. */
export class HlcCharge {
  readonly #options: HlcChargeOptions;
  #abort: (reason: string) => void = () => {};
  #aborted: string | undefined;
  #stopReason: string | undefined;
  #evcc: Evcc | undefined;
  #connected = false;
  #online: Online | undefined;
  #internetOffered = false;

  constructor(options: HlcChargeOptions) {
    this.#options = options;
  }

  /** Runs to its end; never rejects. */
  async run(): Promise<HlcEnd> {
    const { plan, bay, clock, random, log, car, resume } = this.#options;
    let match = resume?.match;
    try {
      if (plan.slac && !match) {
        const pilot = (state: 'B' | 'C') => car.order({ order: 'pilot', state });
        match = await PowerLineMatch.open(bay, { plan, clock, random, log, pilot });
      }
      if (match) await this.#join(match);
      const { host, port } = await this.#discover();
      const { sessionId, ...end } = await this.#talk(host, port);
      if (!sessionId) return end;
      const paused = { sessionId, match };
      match = undefined;
      return { ...end, paused };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { ok: false, reason, connected: this.#connected };
    } finally {
      this.#online?.stop();
      match?.close();
    }
  }

  /** The charger has taken the selection of its services. */
  #goOnline(): void {
    const { plan, bay, clock, internet } = this.#options;
    if (plan.internetSets.length === 0 || bay.interface === undefined || !this.#internetOffered)
      return;
    const { interface: name, evse } = bay;
    this.#online ??= new Online({ interface: name, evse, clock, tell: internet });
    this.#online.start();
  }

  /** Ends the charge in good order. */
  stop(reason: string): void {
    this.#stopReason ??= reason;
    this.#evcc?.stop(reason);
  }

  /** Pauses the session. False: there is none to pause. */
  pause(reason: string): boolean {
    if (!this.#connected || this.#stopReason !== undefined) return false;
    this.#stopReason = reason;
    this.#evcc?.pause(reason);
    return true;
  }

  /** The charger took its offer back: a session ends in good order, a search for it at once. */
  pilotLost(reason: string): void {
    if (this.#connected) this.stop(reason);
    else this.abort(reason);
  }

  /** Drops everything: the cable is gone. */
  abort(reason: string): void {
    this.#aborted ??= reason;
    this.#abort(reason);
  }

  #throwIfAborted(): void {
    if (this.#aborted !== undefined) throw new Error(this.#aborted);
  }

  /** In the charger's network, or back in that of before the pause. */
  async #join(match: PowerLineMatch): Promise<void> {
    const { phase, resume } = this.#options;
    phase(resume?.match ? 'rejoining' : 'slac');
    const aborted = new Promise<never>((_, reject) => {
      this.#abort = (reason) => reject(new Error(reason));
    });
    this.#throwIfAborted();
    const { evseMac, meanDb } = await Promise.race([match.join(), aborted]);
    phase('matched', `${evseMac}, ${meanDb.toFixed(1)} dB`);
  }

  async #discover(): Promise<{ host: string; port: number }> {
    const { bay, clock, phase } = this.#options;
    const place: SdpPlace =
      bay.loopbackPort === undefined
        ? { interface: bay.interface ?? '' }
        : { loopbackPort: bay.loopbackPort };
    phase('sdp');
    this.#throwIfAborted();
    const search: SdpDiscovery = discoverSecc(place, 'none', clock);
    this.#abort = () => search.cancel();
    const found = await search.found;
    const zone = bay.loopbackPort === undefined ? `%${bay.interface}` : '';
    return { host: `${ipv6ToText(found.address)}${zone}`, port: found.port };
  }

  async #talk(host: string, port: number): Promise<TalkEnd> {
    const { plan, evccId, clock, log, car, phase, resume } = this.#options;
    let finish: (end: TalkEnd) => void = () => {};
    const ended = new Promise<TalkEnd>((resolve) => (finish = resolve));
    const report = (entry: EvccReport) => {
      if (entry.report === 'phase') phase(entry.phase);
      if (entry.report === 'services') this.#internetOffered = entry.offered.includes(INTERNET);
      if (entry.report === 'message') {
        const { report: _, ...message } = entry;
        this.#options.message(message);
        if (message.name === 'PaymentServiceSelectionRes' && message.responseCode === 'OK')
          this.#goOnline();
      }
      if (entry.report === 'session' && resume)
        phase(entry.joined ? 'session-joined' : 'session-new');
      if (entry.report === 'failed') finish({ ok: false, reason: entry.reason, connected: true });
      if (entry.report !== 'done') return;
      const { reason, paused: sessionId } = entry;
      finish({ ok: true, reason, connected: true, ...(sessionId ? { sessionId } : {}) });
    };
    const connection = await connectV2g(host, port, (transport) => {
      const evcc = createEvcc({
        config: {
          evccId,
          mode: plan.kind === 'dc' ? 'DC_extended' : 'AC_three_phase_core',
          internetSets: plan.internetSets,
          loopInterval: LOOP_INTERVAL[plan.kind],
          pause: plan.pause,
          ...(resume ? { resume: resume.sessionId } : {}),
          patience: PATIENCE,
        },
        car,
        ports: { clock, log },
        transport,
        report,
      });
      this.#evcc = evcc;
      return {
        onBytes: (bytes) => evcc.onBytes(bytes),
        onClosed: (reason) => {
          evcc.onClosed(reason);
          finish({ ok: false, reason, connected: true });
        },
      };
    });
    this.#connected = true;
    this.#abort = () => connection.close();
    if (this.#aborted !== undefined) connection.close();
    else this.#evcc?.start();
    if (this.#stopReason !== undefined) this.#evcc?.stop(this.#stopReason);
    return ended;
  }
}
