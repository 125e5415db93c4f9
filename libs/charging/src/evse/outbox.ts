import { isCritical } from '../facts.ts';
import type { Outbox } from './state.ts';
import { T_COMMIT, T_RECORD_RETRY } from './timings.ts';
import type { Turn } from './turn.ts';

/** Facts beyond this many that need not be kept are dropped while the storage fails. */
const MAX_WAITING_NOTES = 1000;

const patch = (turn: Turn, change: Partial<Outbox>): void =>
  turn.set({ outbox: { ...turn.state.outbox, ...change } });

/** Hands waiting facts to the ledger: recorded where one of them is critical, noted otherwise; never overtaking. */
export function pump(turn: Turn): void {
  thin(turn);
  const { outbox } = turn.state;
  if (outbox.inFlight > 0 || outbox.retryWaits || outbox.queue.length === 0) return;
  if (!outbox.queue.some(isCritical)) {
    turn.do({ do: 'note', facts: outbox.queue });
    patch(turn, { queue: [] });
    return;
  }
  const ask = turn.ask({ ask: 'record', facts: outbox.queue });
  patch(turn, { ask, inFlight: outbox.queue.length });
  turn.arm('commit', T_COMMIT);
}

/** Everything in flight is on disk. */
export function onRecorded(turn: Turn): void {
  const { outbox } = turn.state;
  turn.cancel('commit');
  if (outbox.failing)
    turn.fact({
      source: 'system',
      type: 'system.storage-recovered',
      data: { attempts: outbox.attempts, dropped: outbox.dropped },
    });
  patch(turn, {
    queue: turn.state.outbox.queue.slice(outbox.inFlight),
    inFlight: 0,
    failing: false,
    attempts: 0,
    dropped: 0,
  });
}

/** The facts stay where they are and are tried again, the very same objects in the same order. */
export function onRecordFailed(turn: Turn): void {
  const { attempts } = turn.state.outbox;
  turn.cancel('commit');
  patch(turn, { inFlight: 0, failing: true, attempts: attempts + 1, retryWaits: true });
  const pause = T_RECORD_RETRY[Math.min(attempts, T_RECORD_RETRY.length - 1)];
  turn.arm('record-retry', pause ?? T_COMMIT);
}

/** The ledger may still write them: they are not sent again before it has answered. */
export function onCommitTimeout(turn: Turn): void {
  patch(turn, { failing: true });
}

export function onRecordRetry(turn: Turn): void {
  patch(turn, { retryWaits: false });
}

function thin(turn: Turn): void {
  const { queue, inFlight, failing, dropped } = turn.state.outbox;
  if (!failing || queue.length - inFlight <= MAX_WAITING_NOTES) return;
  const kept = queue.filter((fact, index) => index < inFlight || isCritical(fact));
  patch(turn, { queue: kept, dropped: dropped + queue.length - kept.length });
}
