import type { HighLevelComm, Matching, MatchingEvent } from '../ports.ts';

export interface MemoryMatching extends Matching {
  readonly calls: string[];
  tell(event: MatchingEvent): void;
}

/** SLAC as far as the EVSE sees it; the test tells what happens. */
export function memoryMatching(): MemoryMatching {
  const calls: string[] = [];
  const listeners: ((event: MatchingEvent) => void)[] = [];
  return {
    calls,
    enter: () => void calls.push('enter'),
    leave: () => void calls.push('leave'),
    terminate: () => void calls.push('terminate'),
    onEvent: (listener) => void listeners.push(listener),
    tell: (event) => {
      for (const listener of listeners) listener(event);
    },
  };
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
