import { type MessagePort } from 'node:worker_threads';
import type { Connection } from '../database/connection.ts';
import { reportOf } from '../database/sqlite-error.ts';
import { createCheckpointer } from './checkpoint.ts';
import type { BatchOutcome, FromWriter, Group, ToWriter } from './protocol.ts';
import { enter, type Guard, leave } from './guard.ts';
import { createGroupWriter } from './writer.ts';

/** The writer's whole life on its thread: says it is ready, commits groups, closes. */
export function serveWriter(port: MessagePort, db: Connection, run: string, guard: Guard): void {
  db.exec('PRAGMA wal_autocheckpoint=0');
  const writer = createGroupWriter(db, run);
  const checkpoints = createCheckpointer(db, guard);
  const tell = (message: FromWriter) => port.postMessage(message);

  function commit(group: Group): FromWriter {
    try {
      const outcomes = writer.execute(group);
      return { tell: 'committed', group: group.group, outcomes };
    } catch (error) {
      return { tell: 'failed', group: group.group, failure: reportOf(error) };
    }
  }

  port.on('message', (message: ToWriter) => {
    enter(guard);
    if (message.ask === 'close') {
      checkpoints.finish();
      db.close();
      leave(guard);
      tell({ tell: 'closed' });
      port.close();
      return;
    }
    const answer = commit(message.group);
    leave(guard);
    tell(answer);
    if (answer.tell === 'committed') checkpoints.written(rowsOf(answer.outcomes));
  });
  tell({ tell: 'ready', last: writer.last() });
  leave(guard);
}

const rowsOf = (outcomes: readonly BatchOutcome[]): number =>
  outcomes.reduce((sum, outcome) => sum + ('changes' in outcome ? outcome.changes : 0), 0);
