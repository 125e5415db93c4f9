// The writer thread, with a port that hangs or dies around a commit when it is told to.
import { MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type Connection, connect } from '../database/connection.ts';
import type { FromWriter, ToWriter, WriterData } from '../writer/protocol.ts';
import { serveWriter } from '../writer/serve.ts';
import { FAULTS, type Fault } from './faults.ts';

const { file, run, guard, cell } = workerData as WriterData & { cell: Int32Array };

/** Takes the fault that is set, so that it happens once. */
function taken(...faults: Fault[]): Fault | undefined {
  const fault = FAULTS[Atomics.load(cell, 0)];
  if (fault === undefined || !faults.includes(fault)) return undefined;
  Atomics.store(cell, 0, 0);
  Atomics.notify(cell, 0);
  return fault;
}
function perform(fault: Fault | undefined): void {
  if (fault === undefined) return;
  if (fault.startsWith('hang')) Atomics.wait(cell, 1, 0);
  else process.exit(3);
}

/** Strikes at the first row of an entry, when its transaction has begun. */
function faultyConnection(db: Connection): Connection {
  const prepare = db.prepare.bind(db);
  db.prepare = ((sql: string) => {
    const statement = prepare(sql);
    if (!sql.startsWith('INSERT INTO "JournalEntry"')) return statement;
    const run = statement.run.bind(statement);
    statement.run = (...values: unknown[]) => {
      const result = run(...values);
      perform(taken('hang-inside', 'die-inside'));
      return result;
    };
    return statement;
  }) as Connection['prepare'];
  return db;
}

if (parentPort) {
  const port = parentPort;
  const faulty = Object.create(port) as MessagePort;
  faulty.on = ((name: string, listen: (message: ToWriter) => void) =>
    port.on(name, (message: ToWriter) => {
      if (message.ask === 'commit') perform(taken('hang-before', 'die-before'));
      listen(message);
    })) as unknown as MessagePort['on'];
  faulty.postMessage = (message: FromWriter) => {
    if (message.tell === 'committed') perform(taken('hang-after', 'die-after'));
    port.postMessage(message);
  };
  faulty.close = () => port.close();
  serveWriter(faulty, faultyConnection(connect(file)), run, guard);
}
