import type { PilotState } from '../pilot.ts';
import type { HighLevelComm, Matching, MatchingEvent } from '../ports.ts';

export interface MemoryMatching extends Matching {
  readonly calls: string[];
  /** Whether `enter` is answered by `ready`. */
  answers: boolean;
  readonly pilots: PilotState[];
  tell(event: MatchingEvent): void;
}

/** SLAC as far as the EVSE sees it; the test tells what happens. */
export function memoryMatching(): MemoryMatching {
  const calls: string[] = [];
  const pilots: PilotState[] = [];
  const listeners: ((event: MatchingEvent) => void)[] = [];
  const call = (name: string) => () => void calls.push(name);
  const matching: MemoryMatching = {
    calls,
    pilots,
    answers: true,
    enter() {
      calls.push('enter');
      if (matching.answers) matching.tell({ event: 'ready' });
    },
    leave: call('leave'),
    terminate: call('terminate'),
    error: call('error'),
    pause: call('pause'),
    pilot: (state) => void pilots.push(state),
    onEvent: (listener) => void listeners.push(listener),
    tell: (event) => {
      for (const listener of listeners) listener(event);
    },
  };
  return matching;
}

export interface MemoryHighLevelComm extends HighLevelComm {
  readonly calls: string[];
}

/** V2G as far as the EVSE commands it. */
export function memoryHighLevelComm(): MemoryHighLevelComm {
  const calls: string[] = [];
  return {
    calls,
    open: () => void calls.push('open'),
    close: (reason) => void calls.push(`close ${reason}`),
  };
}
