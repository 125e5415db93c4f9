import type { NetworkFacts, VasTools } from '../network-facts.ts';
import { VAS_TOOLS } from '../network-facts.ts';
import { nameOfStep, type PlanStep, type VasDaemon } from '../plan-step.ts';
import { EMPTY_RECORD, type NetworkControl, type NetworkRecord } from '../ports.ts';

export const allTools = Object.fromEntries(VAS_TOOLS.map((tool) => [tool, true])) as VasTools;

const sysctls: Readonly<Record<string, string>> = {
  'net.ipv6.conf.all.forwarding': '0',
  'net.ipv6.conf.up0.accept_ra': '1',
  'net.ipv6.conf.up0.forwarding': '0',
  'net.ipv6.conf.ev0.forwarding': '0',
  'net.ipv4.conf.up0.forwarding': '0',
  'net.ipv4.conf.ev0.forwarding': '0',
  'net.ipv4.conf.ev1.forwarding': '0',
};

/** A charger with two EV interfaces, ev0 and ev1, and the uplink up0; nothing forwards. */
export function chargerFacts(more: Partial<NetworkFacts> = {}): NetworkFacts {
  return {
    tools: allTools,
    interfaces: ['ev0', 'ev1', 'up0'].map((name, at) => ({
      name,
      index: at + 2,
      up: true,
      addresses: [],
    })),
    defaultRoutes: [
      { family: 6, interface: 'up0', advertised: true },
      { family: 4, interface: 'up0', advertised: false },
    ],
    routes4: ['default', '203.0.113.0/24'],
    sysctls,
    unwritable: undefined,
    tables: [{ family: 'ip', table: 'filter', chains: ['INPUT'] }],
    resolvers: ['2001:db8::53', '203.0.113.53'],
    resolved: {},
    ...more,
  };
}

/** A machine in memory: it keeps what the steps change, and fails where it is told. */
export class MemoryNetwork implements NetworkControl {
  readonly sysctls: Record<string, string> = { ...sysctls };
  readonly present = new Set<string>();
  readonly calls: string[] = [];
  record: NetworkRecord = EMPTY_RECORD;
  /** Makes the call whose name matches fail with this text. */
  failing: { readonly call: RegExp; readonly said: string } | undefined;
  /** Interfaces that are not there. */
  readonly gone = new Set<string>();
  /** How often each interface was made again. */
  readonly #made = new Map<string, number>();
  /** Told of each call just before it is done. */
  before: (call: string) => void = () => {};
  /** Held back until released, where it is set. */
  gate: Promise<void> | undefined;
  #daemonFailed: (evse: number, daemon: VasDaemon, reason: string) => void = () => {};
  readonly #facts: Partial<NetworkFacts>;

  constructor(facts: Partial<NetworkFacts> = {}) {
    this.#facts = facts;
  }

  async #call(name: string): Promise<void> {
    this.calls.push(name);
    this.before(name);
    await this.gate;
    if (this.failing?.call.test(name)) throw new Error(this.failing.said);
  }

  /** As the kernel does it: IPv6 forwarding of all is that of each. */
  #set(key: string, value: string): void {
    this.sysctls[key] = value;
    if (key !== 'net.ipv6.conf.all.forwarding') return;
    for (const other of Object.keys(this.sysctls))
      if (/^net\.ipv6\.conf\..+\.forwarding$/.test(other)) this.sysctls[other] = value;
  }

  /** Everything that steps can change, to compare. */
  get state(): unknown {
    return { sysctls: { ...this.sysctls }, present: [...this.present].toSorted() };
  }

  async facts(): Promise<NetworkFacts> {
    await this.#call('facts');
    const facts = chargerFacts(this.#facts);
    return {
      ...facts,
      interfaces: facts.interfaces
        .filter(({ name }) => !this.gone.has(name))
        .map((one) => ({ ...one, index: this.indexOf(one.name) })),
      defaultRoutes: facts.defaultRoutes.filter((route) => !this.gone.has(route.interface)),
      sysctls: Object.fromEntries(
        Object.entries(this.sysctls).filter(([key]) => this.setting(key) !== undefined),
      ),
    };
  }

  async apply(step: PlanStep): Promise<void> {
    await this.#call(`apply ${nameOfStep(step)}`);
    const on = onInterface(step);
    if (on !== undefined && this.gone.has(on)) throw new Error(`there is no ${on}`);
    if (step.do === 'sysctl') this.#set(step.key, step.value);
    else if (step.do === 'rules' || step.do === 'address' || step.do === 'daemon') {
      const name = identityOf(step);
      if (this.present.has(name)) throw new Error(`${name} exists`);
      this.present.add(name);
    }
  }

  async undo(step: PlanStep): Promise<void> {
    await this.#call(`undo ${nameOfStep(step)}`);
    if (step.do === 'sysctl') this.#set(step.key, step.prior);
    else this.present.delete(identityOf(step));
  }

  async remember(record: NetworkRecord): Promise<void> {
    await this.#call('remember');
    this.record = record;
  }

  /** An interface is unplugged, or deleted: its addresses go with it. */
  loseInterface(name: string): void {
    this.gone.add(name);
    for (const one of this.present) if (one.endsWith(` dev ${name}`)) this.present.delete(one);
  }

  /** Another interface under the same name: it has the kernel's defaults, and no address. */
  makeAgain(name: string): void {
    this.loseInterface(name);
    this.gone.delete(name);
    this.#made.set(name, (this.#made.get(name) ?? 0) + 1);
    for (const key of Object.keys(this.sysctls))
      if (keyInterface(key) === name) {
        const inherited = key === `net.ipv6.conf.${name}.forwarding`;
        const value = inherited ? this.sysctls['net.ipv6.conf.all.forwarding'] : sysctls[key];
        this.sysctls[key] = value ?? '0';
      }
  }

  indexOf(name: string): number {
    if (this.gone.has(name)) return 0;
    const at = ['ev0', 'ev1', 'up0'].indexOf(name);
    return at + 2 + 100 * (this.#made.get(name) ?? 0);
  }

  setting(key: string): string | undefined {
    return this.gone.has(keyInterface(key)) ? undefined : this.sysctls[key];
  }

  bears(name: string, address: string): boolean {
    return this.present.has(`ip address add ${address} dev ${name}`);
  }

  isReady(name: string): boolean {
    return !this.gone.has(name);
  }

  onDaemonFailed(listener: (evse: number, daemon: VasDaemon, reason: string) => void): void {
    this.#daemonFailed = listener;
  }

  failDaemon(evse: number, daemon: VasDaemon, reason: string): void {
    this.#daemonFailed(evse, daemon, reason);
  }
}

const keyInterface = (key: string): string =>
  /^net\.ipv[46]\.conf\.(.+)\.\w+$/.exec(key)?.[1] ?? '';

function onInterface(step: PlanStep): string | undefined {
  if (step.do === 'address') return step.interface;
  return step.do === 'sysctl' ? keyInterface(step.key) : undefined;
}

function identityOf(step: PlanStep): string {
  if (step.do === 'rules') return `rules ${step.family} ${step.table} ${step.remove.join(' ')}`;
  return step.do === 'daemon' ? step.name : nameOfStep(step);
}
