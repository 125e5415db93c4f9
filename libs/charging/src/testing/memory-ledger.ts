import { type Clock, type Duration, PortError, seconds } from '@kerbside/kernel';
import type { Fact } from '../facts.ts';
import type { Ledger } from '../ports.ts';

export interface MemoryLedger extends Ledger {
  /** Everything written, in order; a fact that is sent again is written once. */
  readonly facts: Fact[];
  /**
   * ok: written after `delay`. fail: rejected, not written. hang: never answered while it lasts, then
   * written. late: rejected after 2 s, and yet written.
   */
  mode: 'ok' | 'fail' | 'hang' | 'late';
  delay: Duration | undefined;
  of<T extends Fact['type']>(type: T): Extract<Fact, { type: T }>[];
  /** Answers what hangs. */
  release(): void;
}

/** A journal in memory with switches for slow, failing and hanging disks. */
export function memoryLedger(options: { readonly clock: Clock }): MemoryLedger {
  const facts: Fact[] = [];
  const seen = new Set<Fact>();
  let hanging: (() => void)[] = [];
  const write = (more: readonly Fact[]): void => {
    for (const fact of more)
      if (!seen.has(fact)) {
        seen.add(fact);
        facts.push(fact);
      }
  };
  const ledger: MemoryLedger = {
    facts,
    mode: 'ok',
    delay: undefined,
    of: <T extends Fact['type']>(type: T) =>
      facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type),
    record: (more) =>
      new Promise((resolve, reject) => {
        const done = (): void => {
          write(more);
          resolve();
        };
        if (ledger.mode === 'fail') reject(new PortError('ledger', 'disk is gone'));
        else if (ledger.mode === 'hang') hanging.push(done);
        else if (ledger.mode === 'late') {
          write(more);
          options.clock.arm(seconds(2), () => reject(new PortError('ledger', 'over 2 s')));
        } else if (ledger.delay === undefined) done();
        else options.clock.arm(ledger.delay, done);
      }),
    note: (more) => write(more),
    release() {
      const waiting = hanging;
      hanging = [];
      for (const done of waiting) done();
    },
  };
  return ledger;
}
