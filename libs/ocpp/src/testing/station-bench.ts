import { millis } from '@kerbside/kernel';
import { collectingLogger, ManualClock, SeededRandom, settle } from '@kerbside/kernel/testing';
import { createGateway, type Gateway } from '../csms/v16/gateway.ts';
import { createManager } from '../csms/v16/manager.ts';
import type {
  JournalFact,
  StationCommand,
  StationCommandAnswer,
  StationEvseSnapshot,
  StationFact,
} from '../ports.ts';
import { createStation, type Station } from '../station/v16/create-station.ts';
import type { StationSettings } from '../station/v16/station-settings.ts';
import { MemoryCsmsStore } from './memory-csms-store.ts';
import { MemoryQueueStore } from './memory-queue-store.ts';
import { MemoryStationStore } from './memory-station-store.ts';
import { SimulatedNetwork } from './simulated-network.ts';

const STATION = 'CP-1';

/** A station and a CSMS, in memory, on one manual clock; either can be killed and made anew on its disk. */
export class StationBench {
  readonly clock = new ManualClock();
  readonly log: ReturnType<typeof collectingLogger> = collectingLogger();
  readonly queue = new MemoryQueueStore();
  readonly disk = new MemoryStationStore();
  readonly csmsDisk = new MemoryCsmsStore();
  readonly facts: StationFact[] = [];
  readonly commands: { evse: number; command: StationCommand }[] = [];
  readonly resets: string[] = [];
  readonly configured: [string, string][] = [];
  /** Frames as the CSMS's gateway saw them. */
  readonly frames: { direction: 'in' | 'out'; text: string }[] = [];
  readonly network: SimulatedNetwork;
  readonly settings: StationSettings;
  station: Station;
  answerCommand: (evse: number, command: StationCommand) => StationCommandAnswer = () => ({
    accepted: true,
  });
  /** A test's ear for changes of the station's status. */
  changed: () => void = () => {};
  failReset = false;
  readonly #random: SeededRandom;

  constructor(options: { seed?: number; settings?: Partial<StationSettings> } = {}) {
    this.#random = new SeededRandom(options.seed ?? 1);
    this.settings = {
      url: 'ws://csms.test/ocpp',
      identity: STATION,
      boot: { chargePointVendor: 'Kerbside', chargePointModel: 'Bench' },
      connectors: [
        { connector: 1, evse: 1 },
        { connector: 2, evse: 2 },
      ],
      backoff: { minimum: 1, repeats: 0, randomRange: 0 },
      ...options.settings,
    };
    for (const idTag of ['GOOD', 'OTHER'])
      this.csmsDisk.tokens.set(idTag, { idTag, status: 'Accepted' });
    this.csmsDisk.tokens.set('BAD', { idTag: 'BAD', status: 'Blocked' });
    this.network = new SimulatedNetwork(this.#newGateway());
    this.station = this.#newStation();
  }

  get gateway(): Gateway {
    const { gateway } = this.network;
    if (!gateway) throw new Error('the CSMS is dead');
    return gateway;
  }

  #newGateway(): Gateway {
    return createGateway({
      manager: createManager(this.csmsDisk, { heartbeatInterval: 300 }),
      clock: this.clock,
      random: this.#random,
      log: this.log,
      frame: (_, direction, text) => this.frames.push({ direction, text }),
    });
  }

  #newStation(): Station {
    return createStation({
      settings: this.settings,
      ports: {
        socketFactory: this.network.socketFactory(STATION),
        queue: this.queue,
        store: this.disk,
        clock: this.clock,
        random: this.#random,
        log: this.log,
        commands: {
          command: (evse, command) => {
            this.commands.push({ evse, command });
            return this.answerCommand(evse, command);
          },
          reset: async (type) => {
            if (this.failReset) throw new Error('stuck');
            this.resets.push(type);
          },
        },
      },
      report: (fact) => this.facts.push(fact),
      configured: (key, value) => this.configured.push([key, value]),
      changed: () => this.changed(),
    });
  }

  /** Lets `ms` pass, promises settling in between. */
  async run(ms: number, step = 100): Promise<void> {
    await this.clock.run(millis(ms), step);
    const bug = this.log.lines.find(({ event }) => event.endsWith('.bug'));
    if (bug) throw new Error(JSON.stringify(bug));
  }

  async start(): Promise<this> {
    this.station.start();
    await settle();
    await this.run(500);
    return this;
  }

  /** kill -9 of the charger, and its next start. */
  async restartStation(): Promise<void> {
    this.station.stop('killed');
    this.station = this.#newStation();
    this.station.start();
    await settle();
  }

  /** kill -9 of the CSMS: what it has not committed is gone. */
  killCsms(): void {
    this.network.gateway?.stop('killed');
    this.network.gateway = undefined;
    this.network.cut('the CSMS is gone');
  }

  startCsms(): void {
    this.network.gateway = this.#newGateway();
  }

  /** What the charger does with a fact: journal and queue in one commit, then the station is told. */
  commit(fact: JournalFact): void {
    this.queue.append(this.station.rowsOf(fact));
    this.station.queued();
  }

  show(snapshot: Partial<StationEvseSnapshot> & { evse: number }): void {
    this.station.evse({ state: 'Available', since: this.clock.now(), faults: [], ...snapshot });
  }

  /** Actions of the CALLs that the CSMS has got. */
  get received(): string[] {
    return this.frames
      .filter(({ direction }) => direction === 'in')
      .map(({ text }) => JSON.parse(text) as unknown[])
      .filter(([type]) => type === 2)
      .map(([, , action]) => String(action));
  }

  payloads(action: string): Record<string, unknown>[] {
    return this.frames
      .filter(({ direction }) => direction === 'in')
      .map(({ text }) => JSON.parse(text) as unknown[])
      .filter(([type, , name]) => type === 2 && name === action)
      .map(([, , , payload]) => payload as Record<string, unknown>);
  }
}
