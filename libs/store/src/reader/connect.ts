import type { Client, Config, Transaction } from '@libsql/client';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { PrismaClient } from '../generated/client.ts';

/**
 * The libsql adapter on one connection. As shipped it opens another one after each transaction,
 * which leaks descriptors and forgets the pragmas.
 */
class OneConnection extends PrismaLibSql {
  override createClient(config: Config): Client {
    const client = super.createClient(config);
    // the SQLite client runs this at once, on this thread
    void client.execute('PRAGMA query_only=ON');
    client.transaction = async () => {
      await client.execute('BEGIN');
      let open = true;
      const end = async (sql: string) => {
        open = false;
        await client.execute(sql);
      };
      const transaction: Pick<
        Transaction,
        'execute' | 'batch' | 'executeMultiple' | 'commit' | 'rollback' | 'close' | 'closed'
      > = {
        execute: ((statement: string) => client.execute(statement)) as Transaction['execute'],
        batch: (statements) => client.batch(statements),
        executeMultiple: (sql) => client.executeMultiple(sql),
        commit: () => end('COMMIT'),
        rollback: () => end('ROLLBACK'),
        close: () => {
          if (open) void end('ROLLBACK');
        },
        get closed() {
          return !open;
        },
      };
      return transaction as Transaction;
    };
    return client;
  }
}

/** Prisma on a connection that cannot write. */
export function connectReader(file: string): PrismaClient {
  return new PrismaClient({ adapter: new OneConnection({ url: `file:${file}`, timeout: 5000 }) });
}
