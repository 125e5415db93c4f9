import type { FilterTable } from './network-facts.ts';

export type IpFamily = 4 | 6;
export type VasDaemon = 'radvd' | 'udhcpd';

/** One change of the machine. Steps with a `shared` key belong to all EVSEs: done once, undone by the last. */
export type PlanStep =
  /** Undone by writing `prior`. */
  | {
      readonly do: 'sysctl';
      readonly shared: string;
      readonly key: string;
      readonly value: string;
      readonly prior: string;
    }
  /** Nothing to do; undone by deleting tables and base chains that were absent before and are empty now. */
  | { readonly do: 'tables'; readonly shared: string; readonly present: readonly FilterTable[] }
  /** Rules in chains of our own, and the jumps to them; undone by deleting jumps and chains. */
  | {
      readonly do: 'rules';
      readonly shared?: string;
      readonly family: IpFamily;
      readonly table: 'filter' | 'nat';
      /** Lines for ip(6)tables-restore, without table and COMMIT. */
      readonly add: readonly string[];
      readonly remove: readonly string[];
    }
  /** Undone by deleting it. */
  | { readonly do: 'address'; readonly interface: string; readonly address: string }
  /** Undone by ending the daemon and deleting its files. */
  | {
      readonly do: 'daemon';
      readonly daemon: VasDaemon;
      /** Names its files; bears the EVSE. */
      readonly name: string;
      readonly config: string;
    }
  /** Nothing to do; undone by deleting connection-tracking entries of these networks. */
  | { readonly do: 'flows'; readonly networks: readonly string[] };

const lines = (count: number) => `${count} ${count === 1 ? 'line' : 'lines'}`;
const tool = (family: IpFamily) => (family === 6 ? 'ip6tables-restore' : 'iptables-restore');

/** Names a step for people, and in the journal. */
export function nameOfStep(step: PlanStep): string {
  switch (step.do) {
    case 'sysctl':
      return `sysctl ${step.key} = ${step.value}`;
    case 'tables':
      return 'note the packet filter’s tables';
    case 'rules':
      return `${tool(step.family)} ${step.table}, ${lines(step.add.length)}`;
    case 'address':
      return `ip address add ${step.address} dev ${step.interface}`;
    case 'daemon':
      return `start ${step.daemon} (${step.name})`;
    case 'flows':
      return `connections of ${step.networks.join(', ')}`;
  }
}

/** What takes a step back. */
export function inverseOfStep(step: PlanStep): string {
  switch (step.do) {
    case 'sysctl':
      return `sysctl ${step.key} = ${step.prior}`;
    case 'tables':
      return 'delete the tables that were absent before and are empty';
    case 'rules':
      return `${tool(step.family)} ${step.table}, ${lines(step.remove.length)}`;
    case 'address':
      return `ip address del ${step.address} dev ${step.interface}`;
    case 'daemon':
      return `stop ${step.daemon}, delete its files`;
    case 'flows':
      return `conntrack -D for ${step.networks.join(', ')}`;
  }
}

export const sharedKey = (step: PlanStep): string | undefined =>
  'shared' in step ? step.shared : undefined;

/**
 * The steps at the head of a list that are done at once, since none depends on another: both addresses, both daemons,
 * connections while rules of the packet filter change. Rules are changed one call after the other, as the kernel does.
 */
export function together(steps: readonly PlanStep[]): PlanStep[] {
  const [first, second] = steps;
  if (!first) return [];
  const alike = first.do === second?.do && (first.do === 'address' || first.do === 'daemon');
  const beside = first.do === 'flows' && second?.do === 'rules';
  return second && (alike || beside) ? [first, second] : [first];
}
