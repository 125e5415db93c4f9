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

export function createMatching(options: {
  readonly config: Partial<EvseSlacConfig>;
  readonly ports: EvseSlacPorts;
  readonly journal: (report: EvseSlacReport) => void;
}): SlacMatching {
  const listeners: ((event: MatchingEvent) => void)[] = [];
  const slac = createEvseSlac({
    config: options.config,
    ports: options.ports,
    report(report) {
      options.journal(report);
      const event = eventOf(report);
      if (event) for (const listener of listeners) listener(event);
    },
  });
  return {
    slac,
    enter: () => slac.enterBcd(),
    leave: () => slac.leaveBcd(),
    terminate: () => slac.terminate(),
    onEvent: (listener) => void listeners.push(listener),
    stop() {
      slac.stop();
      options.ports.link.close();
    },
  };
}
