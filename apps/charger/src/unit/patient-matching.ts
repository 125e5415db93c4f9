import type { Matching, MatchingEvent } from '@kerbside/charging';
import { type Cancel, type Clock, seconds } from '@kerbside/kernel';
import type { SlacMatching } from '../wiring/matching.ts';

const RETRY = seconds(2);

export interface PatientMatching extends Matching {
  /** Makes SLAC anew, by what is set now: at once, or when the present stay is over. */
  renew(): void;
  stop(): void;
}

/** SLAC whose interface may not be there yet: says so, tries again, and catches up when it is. */
export function patientMatching(options: {
  /** Throws a PortError while the interface can't be opened. */
  open(): SlacMatching;
  readonly clock: Clock;
  /** `undefined`: SLAC works. */
  trouble(reason: string | undefined): void;
}): PatientMatching {
  const listeners: ((event: MatchingEvent) => void)[] = [];
  let matching: SlacMatching | undefined;
  let entered = false;
  let asleep = false;
  let stale = false;
  let cancel: Cancel = () => {};

  const tell = (event: MatchingEvent) => {
    for (const listener of listeners) listener(event);
  };
  function attempt(): void {
    try {
      matching = options.open();
    } catch (error) {
      options.trouble(error instanceof Error ? error.message : String(error));
      cancel = options.clock.arm(RETRY, attempt);
      return;
    }
    options.trouble(undefined);
    matching.onEvent(tell);
    if (entered) matching.enter();
  }
  attempt();
  function freshen(): void {
    if (!stale || entered || asleep) return;
    stale = false;
    cancel();
    matching?.stop();
    matching = undefined;
    attempt();
  }

  return {
    enter() {
      entered = true;
      asleep = false;
      if (matching) return matching.enter();
      // no interface, no matching: the actor must not wait for it (it is told after it asked)
      options.clock.arm(seconds(0), () => tell({ event: 'failed', reason: 'interface-missing' }));
    },
    leave() {
      entered = asleep = false;
      matching?.leave();
      freshen();
    },
    terminate() {
      entered = asleep = false;
      matching?.terminate();
      freshen();
    },
    error() {
      entered = asleep = false;
      matching?.error();
      freshen();
    },
    pause() {
      entered = false;
      asleep = true;
      matching?.pause();
    },
    renew() {
      stale = true;
      freshen();
    },
    pilot: (state) => matching?.pilot?.(state),
    onEvent: (listener) => void listeners.push(listener),
    stop() {
      cancel();
      matching?.stop();
    },
  };
}
