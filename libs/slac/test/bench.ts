import { createHash } from 'node:crypto';
import { collectingLogger, ManualClock, SeededRandom } from '@kerbside/kernel/testing';
import {
  createEvseSlac,
  createPevSlac,
  decodeFrame,
  type EvseSlac,
  type EvseSlacConfig,
  type EvseSlacReport,
  type Mme,
  type PevKnobs,
  type PevResult,
  type PevSlac,
  type PevSlacConfig,
  type PevSlacReport,
} from '../src/index.ts';
import {
  type BusOptions,
  PowerLine,
  SimulatedBus,
  type SimulatedLink,
  SimulatedModem,
  type SimulatedModemOptions,
} from '../src/testing/index.ts';

export const EVSE = '02:00:00:00:ee:01';
export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

export interface Vehicle {
  readonly pev: PevSlac;
  readonly reports: PevSlacReport[];
  readonly modem: SimulatedModem | undefined;
  readonly mac: string;
  readonly link: SimulatedLink;
  result?: PevResult;
}

/** A charger, vehicles and their modems on one wire, with a clock that the test moves. */
export class Bench {
  readonly clock = new ManualClock();
  readonly bus: SimulatedBus;
  readonly line = new PowerLine();
  readonly modem: SimulatedModem | undefined;
  readonly reports: EvseSlacReport[] = [];
  readonly log = collectingLogger();
  readonly evse: EvseSlac;
  readonly evseLink: SimulatedLink;
  readonly vehicles: Vehicle[] = [];
  readonly #seed: number;

  constructor(
    options: {
      seed?: number;
      bus?: BusOptions;
      evse?: Partial<EvseSlacConfig>;
      modem?: Partial<SimulatedModemOptions> | false;
      /** Gets each report as it comes. */
      report?: (report: EvseSlacReport, clock: ManualClock) => void;
    } = {},
  ) {
    this.#seed = options.seed ?? 1;
    this.bus = new SimulatedBus(this.clock, { seed: this.#seed, ...options.bus });
    if (options.modem !== false)
      this.modem = new SimulatedModem(this.bus, this.line, {
        mac: '00:01:87:00:ee:01',
        host: EVSE,
        ...options.modem,
      });
    this.evseLink = this.bus.join(EVSE);
    this.evse = createEvseSlac({
      ...(options.evse ? { config: options.evse } : {}),
      ports: {
        link: this.evseLink,
        clock: this.clock,
        random: new SeededRandom(this.#seed + 100),
        sha256,
        log: this.log,
      },
      report: (report) => {
        this.reports.push(report);
        options.report?.(report, this.clock);
      },
    });
  }

  vehicle(
    options: {
      knobs?: PevKnobs;
      config?: Partial<PevSlacConfig>;
      modem?: Partial<SimulatedModemOptions> | false;
    } = {},
  ): Vehicle {
    const number = this.vehicles.length + 1;
    const mac = `02:00:00:00:e0:0${number}`;
    const modem =
      options.modem === false
        ? undefined
        : new SimulatedModem(this.bus, this.line, {
            mac: `00:01:87:00:e0:0${number}`,
            host: mac,
            skipProfiles: Number.MAX_SAFE_INTEGER,
            ...options.modem,
          });
    const reports: PevSlacReport[] = [];
    const link = this.bus.join(mac);
    const pev = createPevSlac({
      ...(options.knobs ? { knobs: options.knobs } : {}),
      config: { validation: 'strict', ...options.config },
      pilot: (state) => this.evse.pilotEdge(state, this.clock.monotonic()),
      ports: {
        link,
        clock: this.clock,
        random: new SeededRandom(this.#seed + 200 + number),
        log: this.log,
      },
      report: (report) => reports.push(report),
    });
    const vehicle: Vehicle = { pev, reports, modem, mac, link };
    this.vehicles.push(vehicle);
    return vehicle;
  }

  /** Plugs a vehicle in: pilot first, then it begins. */
  async plugIn(vehicle: Vehicle, run = 5000): Promise<PevResult | undefined> {
    this.evse.enterBcd();
    void vehicle.pev.start().then((result) => (vehicle.result = result));
    await this.clock.run(run as never);
    return vehicle.result;
  }

  run(ms: number): Promise<void> {
    return this.clock.run(ms as never);
  }
  of<K extends EvseSlacReport['kind']>(kind: K): Extract<EvseSlacReport, { kind: K }>[] {
    return this.reports.filter(
      (report): report is Extract<EvseSlacReport, { kind: K }> => report.kind === kind,
    );
  }
  /** All frames of that name on the wire so far. */
  frames<N extends Mme['name']>(name: N): Extract<Mme, { name: N }>[] {
    return this.bus.sent
      .map(({ bytes }) => decodeFrame(bytes))
      .filter((frame): frame is Extract<Mme, { name: N }> => frame.name === name);
  }
  count(name: string): number {
    return this.bus.names.filter((sent) => sent === name).length;
  }
  stop(): void {
    this.evse.stop();
    for (const { pev } of this.vehicles) pev.stop();
  }
}

/** Drops the first `count` frames of that name on the wire. */
export function dropFirst(name: string, count: number): NonNullable<BusOptions['drop']> {
  let dropped = 0;
  return (frame) => {
    if (frame.name !== name || dropped >= count) return false;
    dropped++;
    return true;
  };
}
