import { systemClock } from '@kerbside/host';
import { silentLogger } from '@kerbside/kernel';
import { openStore } from '@kerbside/store';
import { die } from '../../dist/unit/die.js';
import { leave } from '../../dist/unit/leave.js';

/**
 * Keeps the threads of the store in the driver, and then ends by the way that it is told: `die`, or `78` for that exit code. Says on
 * standard output what is committed, when the contactors are opened, and that the order is given.
 */
const [directory = '', way = 'die', afterMs = '0'] = process.argv.slice(2);
const store = openStore({ path: `${directory}/k.db`, clock: systemClock, log: silentLogger });
const say = (line) => void process.stdout.write(`${line}\n`);

let committed = 0;
const row = (object, action) => ({
  op: 'audit.add',
  at: committed,
  actor: 'test',
  action,
  object,
  detail: '{}',
});
const megabytes = '→'.repeat(10_000_000);
/** What the database refuses, after a long time inside one call of the driver, which then throws. */
const refuse = () => store.commit([row(megabytes, null)]).catch(() => {});
async function write() {
  for (;;) {
    void refuse();
    await store.commit([row('', 'one'), row('', 'two')]);
    committed += 1;
    say(`committed ${committed}`);
    if (committed === 3) setTimeout(end, Number(afterMs));
  }
}
async function read() {
  for (;;) await store.reader.audit({ limit: 500 });
}
const ends = (what) => (error) =>
  die(what, error, { log: silentLogger, emergencyOpen: () => say('open') }, (code) =>
    leave(code, store),
  );
process.on('uncaughtException', ends('exception'));
process.on('unhandledRejection', ends('rejection'));
function end() {
  say('now');
  if (way === 'die') throw new Error('a bug');
  leave(Number(way), store);
}
void write();
void read();
