import type { QueueStore, StationCommands, StationStore } from '../../ports.ts';
import type { StoreQuestion } from './queue/sender-machine.ts';
import type { StationQuestion } from './station-state.ts';

export interface AskedPorts {
  readonly queue: QueueStore;
  readonly store: StationStore;
  readonly commands: StationCommands;
}

/** Puts a question of the station machine to the port that can answer it. */
export function askStation(
  { queue, store, commands }: AskedPorts,
  question: StationQuestion,
): unknown {
  switch (question.ask) {
    case 'command':
      return commands.command(question.evse, question.command);
    case 'put-setting':
      return store.putSetting(question.key, question.value);
    case 'put-card':
      return store.putCard(question.card);
    case 'remove-card':
      return store.removeCard(question.idToken);
    case 'clear-cards':
      return store.clearCards();
    case 'transaction-key':
      return queue.transactionKey(question.transactionId);
    case 'reset':
      return commands.reset(question.type);
  }
}

/** Puts a question of the sender to the store of the queue. */
export function askSender({ queue }: AskedPorts, question: StoreQuestion): unknown {
  switch (question.ask) {
    case 'head':
      return queue.head();
    case 'render':
      return queue.markRendered(question.seq, question.payload);
    case 'attempt':
      return queue.markAttempt(question.seq, question.attempts);
    case 'done':
      return queue.markDone(question.seq, question.assigned);
    case 'drop':
      return queue.drop(question.seq, question.reason);
  }
}
