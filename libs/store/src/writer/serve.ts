import { type MessagePort } from 'node:worker_threads';
import type { Connection } from '../database/connection.ts';
import { reportOf } from '../database/sqlite-error.ts';
import { createCheckpointer } from './checkpoint.ts';
import type { BatchOutcome, FromWriter, ToWriter } from './protocol.ts';
import { createGroupWriter } from './writer.ts';

/** The writer's whole life on its thread: says it is ready, commits groups, closes. */
export function serveWriter(port: MessagePort, db: Connection, run: string): void {
  db.exec('PRAGMA wal_autocheckpoint=0');
  const writer = createGroupWriter(db, run);
  const checkpoints = createCheckpointer(db);
  const tell = (message: FromWriter) => port.postMessage(message);

  port.on('message', (message: ToWriter) => {
    if (message.ask === 'close') {
      checkpoints.finish();
      db.close();
      tell({ tell: 'closed' });
      port.close();
      return;
    }
    const { group } = message;
    try {
      const outcomes = writer.execute(group);
      tell({ tell: 'committed', group: group.group, outcomes });
      checkpoints.written(rowsOf(outcomes));
    } catch (error) {
      tell({ tell: 'failed', group: group.group, failure: reportOf(error) });
    }
  });
  tell({ tell: 'ready', last: writer.last() });
}

const rowsOf = (outcomes: readonly BatchOutcome[]): number =>
  outcomes.reduce((sum, outcome) => sum + ('changes' in outcome ? outcome.changes : 0), 0);
