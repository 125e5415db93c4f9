import type { NetworkFacts } from './network-facts.ts';
import type { PlanStep, VasDaemon } from './plan-step.ts';

/** What is kept on disk while anything is applied: enough to take it back after a crash. */
export interface NetworkRecord {
  /** Steps that belong to one EVSE, in the order in which they were done. */
  readonly own: Readonly<Record<string, readonly PlanStep[]>>;
  /** Shared steps by key, in the order in which they were done, and the EVSEs that need them. */
  readonly shared: readonly {
    readonly key: string;
    readonly step: PlanStep;
    readonly holders: readonly number[];
  }[];
}

export const EMPTY_RECORD: NetworkRecord = { own: {}, shared: [] };

export interface FactsRequest {
  /** Names of the allow-list, to be resolved. */
  readonly names: readonly string[];
  /** Who resolves them; empty: the machine's own resolvers. */
  readonly resolvers: readonly string[];
}

/** What changes the machine. Every call rejects with a PortError that holds the tool's own words. */
export interface NetworkControl {
  /** The machine as it is now. */
  facts(request: FactsRequest): Promise<NetworkFacts>;
  /** Does all of a step or nothing. */
  apply(step: PlanStep): Promise<void>;
  /** Takes a step back. What is gone already is no failure. */
  undo(step: PlanStep): Promise<void>;
  /** On disk before the promise resolves; an empty record is deleted. */
  remember(record: NetworkRecord): Promise<void>;
  /** A daemon ended more often than it is started again. */
  onDaemonFailed(listener: (evse: number, daemon: VasDaemon, reason: string) => void): void;
  /**
   * Whether an interface still has an IPv6 address, CIDR notation, that was added to it. It has not when it was
   * down or is gone meanwhile, or was made again. True where the kernel can't be asked.
   */
  bears(name: string, address: string): boolean;
  /** Whether an interface is there and up, with a link-local address that nobody else has. */
  isReady(name: string): boolean;
  /** The kernel's number of an interface, another one when it is made again; 0: it is not there; undefined: it can't be told. */
  indexOf(name: string): number | undefined;
  /** A `net.*` setting of a plan as it is now; undefined: there is none, as where its interface is gone. */
  setting(key: string): string | undefined;
}

/** What a call that rejected said. */
export const said = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Does a thing to each step at once, and tells what each said that could not be done. Never rejects. */
export const outcomesOf = (
  steps: readonly PlanStep[],
  act: (step: PlanStep) => Promise<void>,
): Promise<(string | undefined)[]> =>
  Promise.all(
    steps.map((step) =>
      act(step).then(
        () => undefined,
        (error: unknown) => said(error),
      ),
    ),
  );
