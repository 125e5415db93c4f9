import type { Fact, Ledger, ServiceFact, SessionId } from '@kerbside/charging';
import type { VasEvse, VasPlanAnswer, VasSettings, VasState, VasStatus } from '@kerbside/contracts';
import type { LinuxNetworkControl } from '@kerbside/host';
import { type Clock, type Logger, PortError, seconds } from '@kerbside/kernel';
import {
  createVasNetwork,
  inverseOfStep,
  type LinkState,
  makePlan,
  internetService,
  missingForIpv4,
  type NetworkFacts,
  type NetworkPlan,
  type NetworkReport,
  type PlanNote,
  NO_USAGE,
  nameOfStep,
  portsOf,
  problemOf,
  type SelectedService,
  ServiceRegistry,
  type VasNetwork,
  type VasSelection,
  type VasService as Offer,
} from '@kerbside/vas';
import type { HealthService } from '../diagnostics/health.service.ts';
import { notFound } from '../http/problem.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { LineCounter } from './line-counter.ts';
import { healthOf } from './vas-health.ts';
import { type Line, newLine } from './vas-line.ts';
import type { VasSettingsStore } from './vas-settings.ts';
import { toPlanView, toUplinkView } from './vas-view.ts';

export interface VasParts {
  /** Undefined where there is no EV interface to be had: nothing is offered. */
  readonly control: LinuxNetworkControl | undefined;
  readonly evses: readonly { readonly id: number; readonly interface: string | undefined }[];
  readonly settings: VasSettingsStore;
  readonly ledger: Pick<Ledger, 'note'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly hub: LiveHub;
  readonly health: HealthService;
  sessionOf(evse: number): SessionId | undefined;
}

/** Stands for the self-test's car; beyond every EVSE of an installation. */
const TEST_EVSE = 99;
const FACTS_EVERY = seconds(30);

/** Value-added services: what is offered, what a selection does, what people see of it. */
export class VasService {
  readonly services = new ServiceRegistry();
  readonly #parts: VasParts;
  readonly #network: VasNetwork | undefined;
  readonly #lines = new Map<number, Line>();
  readonly #counter: LineCounter;
  readonly #started: number;
  #facts: NetworkFacts | undefined;
  #stopped = false;
  #testing: (link: LinkState) => void = () => {};
  #cancelFacts: () => void = () => {};

  constructor(parts: VasParts) {
    this.#parts = parts;
    this.#started = parts.clock.now();
    for (const { id, interface: name } of parts.evses) this.#lines.set(id, newLine(id, name));
    this.#network =
      parts.control &&
      createVasNetwork({
        control: parts.control,
        clock: parts.clock,
        log: parts.log,
        settings: () => parts.settings.internet(),
        report: (report) => this.#report(report),
        changed: (evse, link) => this.#changed(evse, link),
      });
    this.#counter = new LineCounter({
      control: parts.control,
      clock: parts.clock,
      log: parts.log,
      up: () =>
        [...this.#lines.values()].filter(({ evse }) => this.#network?.link(evse).phase === 'up'),
      quota: () => parts.settings.internet().quota,
      exhausted: ({ evse }, used, quota) =>
        this.release(evse, { code: 'quota', text: `${used} bytes used, ${quota} allowed` }),
      counted: () => this.#publish(),
    });
    this.services.register({
      offer: (evse) => this.#offer(evse),
      selected: (evse, sets) => this.#selected(evse, sets),
      released: (evse, reason) => this.release(evse, { code: 'session-ended', text: reason }),
    });
    parts.hub.provide('vas', () => this.status());
  }

  /** Takes back what an earlier run left. Never rejects. */
  async recover(): Promise<void> {
    const { control, log, ledger, clock } = this.#parts;
    if (control) {
      const removed = await control.recover().catch((error: unknown) => {
        log.error('vas.recover-failed', { error: String(error) });
        return [];
      });
      if (removed.length > 0) {
        log.warn('vas.recovered', { removed });
        ledger.note([{ at: clock.now(), source: 'vas', type: 'vas.recovered', data: { removed } }]);
      }
    }
  }

  /** Looks at the machine's network, from now on regularly: nothing is offered before. Never rejects. */
  async look(): Promise<void> {
    const { control, clock, settings, log } = this.#parts;
    if (control && settings.get().enabled)
      try {
        this.#facts = await control.facts({ names: [], resolvers: [] });
      } catch (error) {
        this.#facts = undefined;
        log.warn('vas.facts', { error: String(error) });
      }
    this.#tellHealth();
    this.#publish();
    if (this.#stopped) return;
    this.#cancelFacts();
    this.#cancelFacts = clock.arm(FACTS_EVERY, () => void this.look());
  }

  /** Why the service is not offered, or undefined while it is. */
  #obstacle(line: Line): PlanNote | undefined {
    const { settings } = this.#parts;
    const now = settings.internet();
    if (!now.enabled) return { code: 'disabled', text: 'switched off in the settings' };
    if (!now.http && !now.https) return { code: 'no-ports', text: 'neither http nor https is on' };
    if (!this.#network || line.interface === undefined)
      return { code: 'no-interface', text: 'this EVSE has no EV interface' };
    if (!this.#facts) return { code: 'facts', text: 'the machine’s network can’t be read' };
    return problemOf(now, this.#facts, line.interface);
  }

  #offer(evse: number): Offer | undefined {
    const line = this.#lines.get(evse);
    if (!line || this.#obstacle(line)) return undefined;
    return internetService(this.#parts.settings.get());
  }

  offered(evse: number): Offer[] {
    return this.services.offer(evse);
  }

  /** The car's selection, in a V2G session on this TCP port. */
  select(
    evse: number,
    offered: readonly Offer[],
    selections: readonly VasSelection[],
    v2gPort: number | undefined,
  ): void {
    const line = this.#lines.get(evse);
    if (line) line.v2gPort = v2gPort;
    this.services.select(evse, offered, selections);
  }

  #selected(evse: number, chosen: readonly SelectedService[]): void {
    const line = this.#lines.get(evse);
    if (!line?.interface || !this.#network) return;
    const ports = portsOf(chosen.flatMap(({ parameterSet }) => parameterSet ?? []));
    if (line.ending) this.#network.release(evse, { code: 'released', text: 'selected anew' });
    // What was up until now has its record, though it is taken back only later.
    this.#ended(line, { code: 'released', text: 'selected anew' });
    const session = this.#parts.sessionOf(evse);
    Object.assign(line, {
      ending: false,
      spent: session !== undefined && session === line.session ? line.spent : 0,
      session,
      ports,
      usage: NO_USAGE,
      upSince: undefined,
    });
    this.#network.select({
      evse,
      interface: line.interface,
      ports,
      ...(line.v2gPort === undefined ? {} : { v2gPort: line.v2gPort }),
    });
  }

  /** Takes the car's internet away, whatever state it is in; counts a last time while it is up. */
  release(evse: number, reason: PlanNote): void {
    const line = this.#lines.get(evse);
    const network = this.#network;
    if (!line || !network || line.ending) return;
    if (network.link(evse).phase !== 'up') return network.release(evse, reason);
    line.ending = true;
    const go = () => {
      if (!line.ending) return;
      line.ending = false;
      network.release(evse, reason);
    };
    void this.#counter.last().then(go);
  }

  #report(report: NetworkReport): void {
    const { evse } = report;
    const line = this.#lines.get(evse);
    if (!line) return;
    switch (report.report) {
      case 'plan': {
        const { steps, notes, ipv4, ipv6, uplink, ports } = report.plan;
        return this.#note(line, 'vas.plan', {
          interface: report.plan.interface,
          uplink,
          ports,
          ipv6,
          ...(ipv4 ? { ipv4 } : {}),
          notes: notes.map(({ text }) => text),
          steps: steps.map((step) => ({ do: nameOfStep(step), undo: inverseOfStep(step) })),
        });
      }
      case 'up':
        line.upSince = this.#parts.clock.now();
        line.usage = NO_USAGE;
        this.#counter.start();
        return this.#note(line, 'vas.up', { ports: line.ports });
      case 'step-failed':
        this.#parts.log.warn('vas.step-failed', { ...report });
        return this.#note(line, 'vas.step-failed', { step: report.step, said: report.said });
      case 'left-behind':
        this.#parts.log.error('vas.left-behind', { ...report });
        return this.#note(line, 'vas.left-behind', { step: report.step, said: report.said });
      case 'failed':
        this.#ended(line, report.reason);
        return this.#note(line, 'vas.failed', { ...report.reason });
      case 'removed':
        return this.#ended(line, report.reason);
    }
  }

  /** The record of one connection. */
  #ended(line: Line, reason: PlanNote): void {
    const { upSince, usage, ports } = line;
    line.leases = [];
    line.neighbours = [];
    line.rules = [];
    if (upSince === undefined) return;
    line.upSince = undefined;
    line.spent += usage.bytesUp + usage.bytesDown;
    this.#note(line, 'vas.ended', {
      reason: reason.text,
      bytesUp: usage.bytesUp,
      bytesDown: usage.bytesDown,
      packetsUp: usage.packetsUp,
      packetsDown: usage.packetsDown,
      refused: usage.refused,
      seconds: Math.max(0, (this.#parts.clock.now() - upSince) / 1000),
      ports,
    });
  }

  #note(line: Line, type: ServiceFact['type'], data: ServiceFact['data']): void {
    const { session, evse } = line;
    const at = this.#parts.clock.now();
    const head = { at, evse, ...(session === undefined ? {} : { session }) };
    this.#parts.ledger.note([{ ...head, source: 'vas', type, data } as Fact]);
  }

  #changed(evse: number, link: LinkState): void {
    if (evse === TEST_EVSE) return this.#testing(link);
    this.#tellHealth();
    this.#publish();
  }

  #tellHealth(): void {
    const lines = [...this.#lines.values()];
    this.#parts.health.report(
      'vas',
      healthOf({
        obstacle: lines.map((line) => this.#obstacle(line)).find(Boolean),
        failed: lines
          .map(({ evse }) => this.#network?.link(evse))
          .find((link) => link?.phase === 'failed')?.reason,
        missingForIpv4:
          this.#facts && this.#parts.settings.get().ipv4 ? missingForIpv4(this.#facts.tools) : [],
      }),
    );
  }

  #publish(): void {
    const { hub } = this.#parts;
    if (hub.hasSubscribers('vas')) hub.publish('vas', this.status());
  }

  #viewOf(line: Line): VasEvse {
    const link: LinkState = this.#network?.link(line.evse) ?? { phase: 'off', since: 0 };
    const obstacle = this.#obstacle(line);
    const state: VasState = link.phase === 'off' && !obstacle ? 'announced' : link.phase;
    const reason = link.phase === 'off' && obstacle ? obstacle : link.reason;
    const since = link.since === 0 ? this.#started : link.since;
    return {
      evse: line.evse,
      ...(line.interface === undefined ? {} : { interface: line.interface }),
      state,
      since: new Date(since).toISOString(),
      ...(reason ? { reason: { ...reason } } : {}),
      ...(line.session === undefined ? {} : { session: line.session }),
      ...(link.plan ? { plan: toPlanView(link.plan) } : {}),
      ...(link.phase === 'up' || link.phase === 'removing' ? { usage: { ...line.usage } } : {}),
      leases: line.leases,
      neighbours: line.neighbours,
      rules: line.rules,
    };
  }

  status(): VasStatus {
    return {
      ...toUplinkView(this.#parts.settings.internet(), this.#facts),
      evses: [...this.#lines.values()].map((line) => this.#viewOf(line)),
    };
  }

  settings(): VasSettings {
    return this.#parts.settings.get();
  }

  /** Takes effect at once: cars that are online lose their connection for a moment, or for good. */
  async configure(settings: VasSettings, by: string): Promise<VasSettings> {
    await this.#parts.settings.put(settings, by);
    for (const line of this.#lines.values()) {
      const wanted = this.#network?.wanted(line.evse);
      if (!wanted) continue;
      const allowed = wanted.ports.filter((port) => (port === 80 ? settings.http : settings.https));
      if (!settings.enabled || allowed.length === 0)
        this.release(line.evse, { code: 'disabled', text: 'switched off in the settings' });
      else {
        line.ports = allowed;
        this.#network?.change({ ...wanted, ports: allowed });
      }
    }
    await this.look();
    return settings;
  }

  /** The plan as it would be now, for people. */
  async plan(evse: number, ports: readonly number[]): Promise<VasPlanAnswer> {
    const line = this.#lines.get(evse);
    if (!line) throw notFound(`EVSE ${evse}`);
    const { control, settings } = this.#parts;
    if (!control || line.interface === undefined)
      return { problem: { code: 'no-interface', text: 'this EVSE has no EV interface' } };
    const now = settings.internet();
    const running = this.#network?.link(evse).plan;
    if (running) return { plan: toPlanView(running) };
    const names = now.allow.filter((entry) => /[g-z]/i.test(entry) && !entry.includes(':'));
    const facts = await control.facts({ names, resolvers: now.resolvers });
    const result = makePlan(now, facts, { evse, interface: line.interface, ports });
    return result.ok ? { plan: toPlanView(result.plan) } : { problem: { ...result.problem } };
  }

  /** Brings the service up for the self-test's car, and resolves with the plan. */
  testUp(name: string): Promise<NetworkPlan> {
    const network = this.#network;
    if (!network) throw new PortError('vas.no-interface', 'there is no network to test here');
    const { http, https, enabled } = this.#parts.settings.internet();
    if (!enabled) throw new PortError('vas.disabled', 'the service is switched off');
    const ports = [...(http ? [80] : []), ...(https ? [443] : [])];
    return new Promise((resolve, reject) => {
      this.#testing = (link) => {
        if (link.phase === 'up' && link.plan) resolve(link.plan);
        if (link.phase === 'failed')
          reject(new PortError('vas.self-test', link.reason?.text ?? 'it did not come up'));
      };
      network.select({ evse: TEST_EVSE, interface: name, ports });
    });
  }

  /** Resolves when the self-test's car has left nothing. */
  testDown(): Promise<void> {
    const network = this.#network;
    const isOver = (phase: LinkState['phase']) => phase === 'off' || phase === 'failed';
    if (!network) return Promise.resolve();
    return new Promise((resolve) => {
      const look = (link: LinkState) => {
        if (isOver(link.phase)) resolve();
      };
      this.#testing = look;
      // one that failed too: it may wait for its interface to come back
      network.release(TEST_EVSE, { code: 'self-test', text: 'the self-test is over' });
      look(network.link(TEST_EVSE));
    });
  }

  /** Takes everything back. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelFacts();
    this.#counter.stop();
    await this.#counter.last();
    await this.#network?.stop({ code: 'shutdown', text: 'the charger stops' });
  }
}
