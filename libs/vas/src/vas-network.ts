import { type Clock, type Logger, runMachine } from '@kerbside/kernel';
import { LostInterfaces } from './lost-interfaces.ts';
import { type PlanNote, type PlanRequest, problemOf } from './make-plan.ts';
import { networkMachine } from './network-machine.ts';
import type { LinkState, NetworkReport } from './network-state.ts';
import { outcomesOf, type NetworkControl } from './ports.ts';
import type { InternetSettings } from './settings.ts';

export interface VasNetworkOptions {
  readonly control: NetworkControl;
  readonly clock: Clock;
  readonly log: Logger;
  /** Asked anew for each plan. */
  settings(): InternetSettings;
  report(report: NetworkReport): void;
  /** The state of an EVSE's internet changed. */
  changed(evse: number, link: LinkState): void;
}

/** The internet of all cars of this unit, over `NetworkControl`. */
export interface VasNetwork {
  link(evse: number): LinkState;
  /** What a car has or waits for, also while an interface is lost; undefined: nothing. */
  wanted(evse: number): PlanRequest | undefined;
  /** The car selected it; what follows is reported. */
  select(request: PlanRequest): void;
  /** Settings changed: what a car has is made anew; what it waits for, when its interface is back. */
  change(request: PlanRequest): void;
  release(evse: number, reason: PlanNote): void;
  /** Releases all, and resolves when everything is taken back. */
  stop(reason: PlanNote): Promise<void>;
}

export function createVasNetwork(options: VasNetworkOptions): VasNetwork {
  const { control, clock, log } = options;
  const waiting: (() => void)[] = [];
  const machine = runMachine(
    networkMachine(() => options.settings()),
    {
      clock,
      perform({ report }) {
        if (report.report === 'step-failed') interfaces.stepFailed(report.evse);
        options.report(report);
      },
      ask(question) {
        switch (question.ask) {
          case 'facts': {
            const { allow, resolvers } = options.settings();
            const names = allow.filter((entry) => !/^[\d.]+(\/\d+)?$|:/.test(entry));
            return control.facts({ names, resolvers });
          }
          case 'apply':
            return outcomesOf(question.steps, (step) => control.apply(step));
          case 'undo':
            return outcomesOf(question.steps, (step) => control.undo(step));
          case 'remember':
            return control.remember(question.record);
        }
      },
      changed(state, previous) {
        for (const key of Object.keys(state.links)) {
          const link = state.links[Number(key)];
          const before = previous.links[Number(key)];
          if (!link || link === before) continue;
          if (link.phase === 'failed' && before?.phase === 'applying' && before.wanted)
            interfaces.notPlanned(before.wanted, link.reason as PlanNote);
          options.changed(Number(key), link);
        }
        interfaces.watch();
        if (isQuiet()) for (const resolve of waiting.splice(0)) resolve();
      },
      failed: (error, during) => log.error('vas.internal-error', { during, error: String(error) }),
    },
  );

  const interfaces = new LostInterfaces({
    control,
    clock,
    links: () => machine.state.links,
    lost: (evse, reason) => machine.feed({ on: 'broken', evse, reason }),
    async canBeGiven({ interface: name }) {
      const settings = options.settings();
      const { resolvers } = settings;
      return !problemOf(settings, await control.facts({ names: [], resolvers }), name);
    },
    back: (request) => machine.feed({ on: 'select', request }),
  });
  const link = (evse: number): LinkState => machine.state.links[evse] ?? { phase: 'off', since: 0 };
  const isQuiet = () =>
    !machine.state.job &&
    Object.values(machine.state.links).every(({ phase }) => phase === 'off' || phase === 'failed');

  const select = (request: PlanRequest): void => {
    interfaces.forget(request.evse);
    machine.feed({ on: 'select', request });
  };
  const release = (evse: number, reason: PlanNote): void => {
    interfaces.forget(evse);
    machine.feed({ on: 'release', evse, reason });
  };

  control.onDaemonFailed((evse, daemon, text) => {
    // Without its interface it can't run.
    if (interfaces.isLost(evse)) return;
    machine.feed({ on: 'broken', evse, reason: { code: `broken:${daemon}`, text } });
  });
  return {
    link,
    wanted: (evse) => interfaces.waitsFor(evse) ?? link(evse).wanted,
    select,
    change(request) {
      if (interfaces.waitsFor(request.evse)) interfaces.change(request);
      else machine.feed({ on: 'select', request });
    },
    release,
    async stop(reason) {
      for (const evse of Object.keys(machine.state.links)) release(Number(evse), reason);
      if (!isQuiet()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
