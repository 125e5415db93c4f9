import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../src/database/connection.ts';
import { MIGRATIONS } from '../src/database/prepare.ts';
import { createLedger } from '../src/ledger.ts';
import { openStore, type Store } from '../src/store.ts';
import { systemClock } from '../src/testing/system-clock.ts';
import { sourceCommand, startChild, temporaryDirectory } from './children/run-child.ts';
import { workItem } from './children/workload.ts';
import { inspectWorkload } from './inspect.ts';

// real threads and disks, on a machine that may be busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let directory: ReturnType<typeof temporaryDirectory>;
let file: string;
let opened: Store[];
beforeEach(() => {
  directory = temporaryDirectory();
  file = path.join(directory.path, 'k.db');
  opened = [];
});
afterEach(async () => {
  for (const store of opened) await store.close();
  directory.remove();
});

function open(migrations?: string): Store {
  const options = { path: file, clock: systemClock };
  const store = openStore(migrations === undefined ? options : { ...options, migrations });
  opened.push(store);
  return store;
}
async function filled(facts = 4): Promise<void> {
  const store = open();
  const ledger = createLedger(store, { clock: systemClock, patience: 60_000 });
  for (let n = 0; n < facts; n++) await ledger.record([workItem(n).fact]);
  await store.close();
}
const failure = (what: () => unknown) => {
  try {
    what();
  } catch (error) {
    return error as { code: string; message: string; pid?: number };
  }
  throw new Error('it opened');
};
function overwrite(at: number, bytes: Uint8Array): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, at);
  closeSync(descriptor);
}
/** What lies beside the lock: a refusal leaves all of it as it was. */
const contents = () =>
  Object.fromEntries(
    readdirSync(directory.path)
      .filter((name) => !name.includes('.lock') && !name.endsWith('-shm'))
      .map((name) => [name, readFileSync(path.join(directory.path, name)).toString('base64')]),
  );

describe('a second process on the same data', () => {
  it('is refused while the first lives, by its pid, and not after it was killed', async () => {
    const child = startChild(sourceCommand('opening.ts', file));
    await child.line((line) => line.includes('"open":true'));
    const refused = failure(() => open());
    expect(refused).toMatchObject({ code: 'store.locked', pid: child.process.pid });
    expect(refused.message).toContain(`process ${child.process.pid}`);
    child.process.kill('SIGKILL');
    await child.ended;
    expect(open().start.openTransactions).toEqual([]);
  });

  it('is refused in the same process too', async () => {
    open();
    expect(failure(() => open()).code).toBe('store.locked');
    await opened[0]?.close();
    expect(open().health.state).toBe('ok');
  });
});

describe('a file that can not be used', () => {
  const refusedUnchanged = () => {
    const before = contents();
    const error = failure(() => open());
    expect(error.message).toContain(file);
    expect(contents()).toEqual(before);
    return error;
  };

  it('is refused when it is empty: never a silent fresh start', () => {
    writeFileSync(file, '');
    expect(refusedUnchanged()).toMatchObject({
      code: 'store.damaged',
      message: expect.stringContaining('the file is empty') as string,
    });
  });

  it('is refused when it is gone and its WAL is not', () => {
    writeFileSync(`${file}-wal`, 'x');
    expect(refusedUnchanged()).toMatchObject({ code: 'store.damaged' });
    expect(existsSync(file)).toBe(false);
  });

  it('is refused when it is cut short', async () => {
    await filled();
    truncateSync(file, 4096 * 5);
    expect(refusedUnchanged()).toMatchObject({ code: 'store.damaged' });
  });

  it('is refused when its first page is zeros', async () => {
    await filled();
    overwrite(0, new Uint8Array(4096));
    expect(refusedUnchanged()).toMatchObject({ code: 'store.damaged' });
  });

  it('is refused when a page in the middle is garbage', async () => {
    await filled();
    const root = connect(file);
    const { page } = root
      .prepare(`SELECT "rootpage" AS page FROM sqlite_master WHERE "name" = 'Transaction'`)
      .get() as { page: number };
    root.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    root.close();
    overwrite((page - 1) * 4096, new Uint8Array(4096).fill(0xa5));
    expect(refusedUnchanged()).toMatchObject({
      code: 'store.damaged',
      message: expect.stringContaining('restore a backup') as string,
    });
  });

  it('is refused when it is no database', () => {
    writeFileSync(file, 'a photo of a cat '.repeat(1_000));
    expect(refusedUnchanged()).toMatchObject({ code: 'store.foreign' });
  });

  it('is refused when it is the database of something else', () => {
    const other = connect(file);
    other.exec('CREATE TABLE "recipes" ("id" INTEGER)');
    other.close();
    expect(refusedUnchanged()).toMatchObject({ code: 'store.foreign' });
  });

  it('is refused when it is a directory', () => {
    mkdirSync(file);
    expect(failure(() => open()).code).toBe('store.foreign');
  });
});

describe('migrations', () => {
  const changed = (...more: [name: string, sql: string][]) => {
    const copy = path.join(directory.path, 'migrations');
    rmSync(copy, { recursive: true, force: true });
    cpSync(MIGRATIONS, copy, { recursive: true });
    for (const [name, sql] of more) {
      mkdirSync(path.join(copy, name), { recursive: true });
      writeFileSync(path.join(copy, name, 'migration.sql'), sql);
    }
    return copy;
  };
  const openAndClose = async (migrations: string) => {
    await open(migrations).close();
    return connect(file);
  };
  const addColumn = 'ALTER TABLE "Session" ADD COLUMN "colour" TEXT;';

  it('are applied to a database with data, which stays', async () => {
    await filled();
    const store = open(changed(['99990101000000_colour', addColumn]));
    expect(store.start.openTransactions).toMatchObject([{ transaction: 't0' }]);
    await store.close();
    const db = connect(file);
    expect(
      db.prepare('SELECT "id", "colour" FROM "Session" WHERE "id" = ?').get('s0'),
    ).toMatchObject({ id: 's0', colour: null });
    db.close();
  });

  it('move the captures of entries to a table of their own', async () => {
    const first = path.join(directory.path, 'first');
    cpSync(MIGRATIONS, first, { recursive: true });
    rmSync(path.join(first, '20260102000000_captures'), { recursive: true });
    const old = await openAndClose(first);
    old.exec(
      `INSERT INTO "JournalEntry" ("id", "at", "source", "type", "data", "raw")
       VALUES (7, 1, 'v2g', 'v2g.message', '{}', x'010203'), (8, 2, 'v2g', 'v2g.message', '{}', NULL)`,
    );
    old.close();
    const store = open();
    expect(store.start.nextEntry).toBe(9);
    expect(await store.reader.rawMessage(7)).toEqual(new Uint8Array([1, 2, 3]));
    expect(await store.reader.rawMessage(8)).toBeUndefined();
  });

  it('of a newer program are refused by an older one', async () => {
    await open(changed(['99990101000000_colour', addColumn])).close();
    const error = failure(() => open());
    expect(error.code).toBe('store.newer');
    expect(error.message).toContain('99990101000000_colour');
  });

  it('that were edited are detected', async () => {
    await filled();
    const copy = changed();
    const first = readdirSync(copy).find((name) => name.endsWith('_first')) ?? '';
    appendFileSync(path.join(copy, first, 'migration.sql'), '\n-- changed');
    const error = failure(() => open(copy));
    expect(error.code).toBe('store.migration-edited');
    expect(error.message).toContain(first);
  });

  it.each([
    ['a statement that fails', 'INSERT INTO "NoSuchTable" VALUES (1);'],
    [
      'rows that refer to nothing',
      'CREATE TABLE "a" ("id" INTEGER PRIMARY KEY); PRAGMA foreign_keys=OFF;' +
        'CREATE TABLE "b" ("a" INTEGER REFERENCES "a"("id")); INSERT INTO "b" VALUES (5);',
    ],
  ])('roll back whole on %s, and the old program still runs', async (_, sql) => {
    await filled();
    const error = failure(() => open(changed(['99990101000000_bad', `${addColumn}\n${sql}`])));
    expect(error.code).toBe('store.migration-failed');
    const db = connect(file);
    const columns = db.prepare('PRAGMA table_info("Session")').all() as { name: string }[];
    db.close();
    expect(columns.map(({ name }) => name)).not.toContain('colour');
    expect(open().start.openTransactions).toMatchObject([{ transaction: 't0' }]);
  });

  it('leave a database that Prisma calls up to date and free of drift', async () => {
    await filled();
    const root = path.resolve(import.meta.dirname, '../../..');
    const prisma = (...args: string[]) =>
      spawnSync(
        process.execPath,
        [path.join(root, 'node_modules/prisma/build/index.js'), ...args],
        {
          cwd: root,
          encoding: 'utf8',
          env: { ...process.env, DATABASE_URL: `file:${file}`, KERBSIDE_DATABASE: 'charger' },
        },
      );
    const status = prisma('migrate', 'status');
    expect(status.stdout + status.stderr).toContain('Database schema is up to date');
    const schema = 'prisma/charger/schema.prisma';
    const from = ['--from-migrations', 'prisma/charger/migrations'];
    const drift = prisma('migrate', 'diff', ...from, '--to-schema', schema, '--exit-code');
    expect(drift.status, drift.stdout + drift.stderr).toBe(0);
  });

  it('cut off by a kill in the first start leave no half database', async () => {
    writeFileSync(`${file}.new`, 'half of it');
    writeFileSync(`${file}.new-wal`, 'and more');
    expect(open().start.nextEntry).toBe(1);
    expect(existsSync(`${file}.new`)).toBe(false);
  });
});

describe('a disk that does not take it', () => {
  const mounts = ['unshare', process.getuid?.() === 0 ? '-m' : '-Urm', 'sh', '-e', '-c'];
  const noMounts =
    spawnSync('unshare', [...mounts.slice(1), 'mount -t tmpfs kbt-store /mnt']).status === 0
      ? undefined
      : 'no mount of our own is allowed here';
  /** Runs the script with a small disk of its own on $D. */
  const onSmallDisk = async (script: string) => {
    const mount = `mkdir -p "$D"; mount -t tmpfs -o size=1500k kbt-store "$D"; ${script}`;
    const child = startChild(['env', `D=${directory.path}/disk`, ...mounts, mount]);
    child.process.stdin?.end();
    const { errors } = await child.ended;
    const last = child.lines.at(-1);
    if (last === undefined) throw new Error(errors);
    return JSON.parse(last) as Record<string, unknown>;
  };
  const program = (name: string, place: string) =>
    sourceCommand(name)
      .map((word) => `'${word}'`)
      .join(' ') + ` "${place}"`;

  it('is told when it is full', async (test) => {
    if (noMounts !== undefined) test.skip(noMounts);
    const told = await onSmallDisk(
      `cat /dev/zero > "$D/filler" 2> /dev/null || true; ${program('opening.ts', '$D/k.db')}`,
    );
    expect(told).toMatchObject({ code: 'store.disk-full' });
    expect(told['message']).toContain('Free some space');
  });

  it('is told when it is read-only', async (test) => {
    if (noMounts !== undefined) test.skip(noMounts);
    const told = await onSmallDisk(
      `${program('opening.ts', '$D/k.db')} < /dev/null; mount -o remount,ro "$D"; ` +
        program('opening.ts', '$D/k.db'),
    );
    expect(told).toMatchObject({ code: 'store.read-only' });
  });

  it('fails commits when it is full, and loses nothing when it is free again', async (test) => {
    if (noMounts !== undefined) test.skip(noMounts);
    const told = await onSmallDisk(
      `${program('full-disk.ts', '$D')} > "$D/../told"; cp "$D/k.db" "$D/.."; cat "$D/../told"`,
    );
    expect(told).toMatchObject({
      full: { state: 'failed', reason: 'store.disk-full' },
      after: { state: 'ok', waiting: { critical: 0 } },
    });
    const codes = told['codes'] as string[];
    expect(codes[0]).toBe('store.disk-full');
    expect(codes.every((code) => code === 'store.disk-full' || code === 'store.slow')).toBe(true);
    expect(inspectWorkload(file)).toBe(10);
  });
});
