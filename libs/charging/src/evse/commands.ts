import type { CommandAnswer, EvseCommand } from '../ports.ts';
import { dropToken, refusesStart, requestStart } from './authorization.ts';
import { resetFaults } from './faults.ts';
import { setLimit } from './limits.ts';
import { restartSampling } from './meter.ts';
import { T_UNLOCK } from './timings.ts';
import { endTransaction } from './transaction.ts';
import type { Turn } from './turn.ts';
import { wakeUp } from './wake-up.ts';

const accepted: CommandAnswer = { accepted: true };
const refused = (code: string, reason: string): CommandAnswer => ({
  accepted: false,
  code,
  reason,
});

/** A person's or back-end's wish. Each gets exactly one answer. */
export function onCommand(turn: Turn, command: EvseCommand, id: number): void {
  const answer = perform(turn, command, id);
  if (answer) turn.do({ do: 'answer', id, answer });
}

function perform(turn: Turn, command: EvseCommand, id: number): CommandAnswer | undefined {
  switch (command.command) {
    case 'start':
      return start(turn, command.idToken, command.by);
    case 'stop':
      return stop(turn, command);
    case 'unlock':
      return unlock(turn, id);
    case 'availability':
      turn.set({ operative: command.operative });
      turn.fact({
        source: 'operator',
        type: 'operator.availability',
        data: { operative: command.operative },
      });
      return accepted;
    case 'limit':
      if (command.limit !== undefined && !(command.limit >= 0))
        return refused('invalid-limit', 'a limit is zero or more amps');
      setLimit(turn, command.slot, command.limit);
      return accepted;
    case 'configure': {
      const { command: _, ...given } = command;
      const { sampleInterval } = given;
      turn.set({ config: { ...turn.state.config, ...given } });
      if (sampleInterval !== undefined) restartSampling(turn);
      return accepted;
    }
    case 'wake-up':
      return wakeUp(turn, 'operator') ? accepted : refused('not-paused', 'no car sleeps here');
    case 'reset-fault':
      resetFaults(turn);
      return turn.state.faults.length === 0
        ? accepted
        : refused('fault-stands', 'the cause of a fault is still there');
  }
}

function start(turn: Turn, idToken: string, by: 'rfid' | 'remote' | 'operator'): CommandAnswer {
  const why = refusesStart(turn);
  if (why) return refused(why, 'nothing can be started now');
  if (turn.state.token) return refused('occupied', 'another token waits here');
  requestStart(turn, idToken, by);
  return accepted;
}

function stop(turn: Turn, command: EvseCommand & { command: 'stop' }): CommandAnswer {
  const { transaction, token } = turn.state;
  if (command.transaction !== undefined && transaction?.key !== command.transaction)
    return refused('unknown-transaction', 'no such transaction is running here');
  if (transaction) {
    endTransaction(turn, command.reason);
    return accepted;
  }
  if (!token) return refused('no-transaction', 'nothing is running here');
  dropToken(turn);
  return accepted;
}

/** Ends what runs, then waits for the lock; without an answer of the lock in time it failed. */
function unlock(turn: Turn, id: number): CommandAnswer | undefined {
  const { board } = turn.state;
  if (!board.link) return refused('board-link-down', 'the board does not answer');
  endTransaction(turn, 'Remote');
  if (!turn.state.transaction && turn.state.board.lock === 'unlocked') return accepted;
  if (!turn.state.transaction) turn.do({ do: 'lock', locked: false });
  turn.set({ unlocking: [...turn.state.unlocking, id] });
  turn.arm('unlock', T_UNLOCK);
  return undefined;
}

/** Answers those who wait for the lock. */
export function answerUnlock(turn: Turn, outcome: 'unlocked' | 'failed'): void {
  const { unlocking } = turn.state;
  if (unlocking.length === 0) return;
  turn.set({ unlocking: [] });
  turn.cancel('unlock');
  const answer =
    outcome === 'unlocked' ? accepted : refused('unlock-failed', 'the lock does not open');
  for (const id of unlocking) turn.do({ do: 'answer', id, answer });
}
