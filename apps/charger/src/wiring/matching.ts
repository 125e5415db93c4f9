import type { Matching, MatchingEvent } from '@kerbside/charging';
import {
  createEvseSlac,
  type EvseSlac,
  type EvseSlacConfig,
  type EvseSlacPorts,
  type EvseSlacReport,
} from '@kerbside/slac';

/** SLAC as the EVSE actor commands it; every report goes to `journal` too. */
export interface SlacMatching extends Matching {
  readonly slac: EvseSlac;
  stop(): void;
}

function eventOf(report: EvseSlacReport): MatchingEvent | undefined {
  switch (report.kind) {
    case 'matching-started':
      return { event: 'matching' };
    case 'matched':
      return { event: 'matched', evMac: report.evMac };
    case 'failed':
      return { event: 'failed', reason: report.cause.code };
    case 'link':
      return report.up ? undefined : { event: 'link-lost', reason: 'the power line link is lost' };
    default:
      return undefined;
  }
}

/** The modem has the key, or there is none to wait for. */
const modemReady = ({ state }: EvseSlac): boolean =>
  state.modem.at === 'ready' || state.modem.at === 'none';

export function createMatching(options: {
  readonly config: Partial<EvseSlacConfig>;
  readonly ports: EvseSlacPorts;
  readonly journal: (report: EvseSlacReport) => void;
}): SlacMatching {
  const listeners: ((event: MatchingEvent) => void)[] = [];
  let awaitsReady = false;
  let running: EvseSlac | undefined;

  const tell = (event: MatchingEvent): void => {
    for (const listener of listeners) listener(event);
  };
  function tellReady(): void {
    if (!awaitsReady || !running || !modemReady(running)) return;
    awaitsReady = false;
    tell({ event: 'ready' });
  }
  function report(entry: EvseSlacReport): void {
    options.journal(entry);
    const event = eventOf(entry);
    if (event) tell(event);
    // Back in the network of before without a modem that could tell of the link: as good as matched.
    const resumed = entry.kind === 'resumed' && running?.state.at === 'matched';
    if (resumed && running?.state.match)
      tell({ event: 'matched', evMac: running.state.match.evMac });
    tellReady();
  }

  const slac = createEvseSlac({ config: options.config, ports: options.ports, report });
  running = slac;
  const ends = (order: () => void) => (): void => {
    awaitsReady = false;
    order();
  };
  return {
    slac,
    enter() {
      awaitsReady = true;
      slac.enterBcd();
      tellReady();
    },
    leave: ends(() => slac.leaveBcd()),
    terminate: ends(() => slac.terminate()),
    error: ends(() => slac.error()),
    pause: ends(() => slac.pause()),
    pilot(state) {
      const at = options.ports.clock.monotonic();
      if (state === 'B') slac.pilotEdge('B', at);
      else if (state === 'C' || state === 'D') slac.pilotEdge('C', at);
    },
    onEvent: (listener) => void listeners.push(listener),
    stop() {
      slac.stop();
      options.ports.link.close();
    },
  };
}
