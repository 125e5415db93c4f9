// One charge in the bench that runs, seen from outside: node charge.mjs CHARGER-URL CSMS-URL CLAIM-CODE
// Prints the transaction as the CSMS has it; exit code 1 and the reason when anything of it is wrong.
import { setTimeout as pause } from 'node:timers/promises';

const [charger, csms, code] = process.argv.slice(2);
const WANTED_WH = 40;
let cookie = '';

async function call(method, path, body) {
  const answer = await fetch(`${charger}/api/v1${path}`, {
    method,
    headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  const set = answer.headers.get('set-cookie');
  if (set) cookie = set.split(';')[0];
  return text ? JSON.parse(text) : undefined;
}

async function eventually(what, holds, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  let seen;
  for (;;) {
    seen = await holds();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await pause(200);
  }
}
const evse = () => call('GET', '/evses/1');
const say = (text) => process.stdout.write(`charge: ${text}\n`);

async function charge() {
  await call('POST', '/claim', { code, name: 'owner', password: 'four containers in a row' });
  await eventually('the board is connected', async () => (await evse()).boardLink);
  await eventually(
    'the back-end accepts the charger',
    async () => (await call('GET', '/ocpp/status')).phase === 'accepted',
  );
  await eventually('a vehicle stands by', async () =>
    (await call('GET', '/bench')).evses.some(({ id, vehicle }) => id === 1 && vehicle),
  );
  say('board, back-end and vehicle are there');
  await call('POST', '/bench/evses/1/vehicle', {
    action: 'plug-in',
    kind: 'iso2-dc',
    batteryWh: 60_000,
    soc: 40,
    internet: false,
    energyWh: WANTED_WH,
  });
  await eventually('a session begins', async () => (await evse()).session);
  await call('POST', '/bench/evses/1/token', { idTag: 'KERB-OWNER' });
  await eventually('power flows', async () => {
    const { state, measurement } = await evse();
    return state === 'Charging' && measurement?.power > 0;
  });
  say('power flows');
  await eventually('the car has what it wanted', async () => (await evse()).contactor === 'open');
  await call('POST', '/bench/evses/1/vehicle', { action: 'unplug' });
  await eventually('the EVSE is free', async () => (await evse()).state === 'Available');
  const session = await eventually('everything is delivered', async () => {
    const { items } = await call('GET', '/sessions?limit=1');
    return items[0]?.transactions[0]?.delivered && items[0];
  });
  check(session);
  const { items } = await (await fetch(`${csms}/api/v1/transactions`)).json();
  const [transaction] = session.transactions;
  const billed = items.find(({ id }) => id === transaction.ocppTransactionId);
  if (items.length !== 1 || !billed)
    throw new Error(
      `the CSMS has ${JSON.stringify(items)}, the charger ${JSON.stringify(session)}`,
    );
  for (const field of ['meterStart', 'meterStop'])
    if (billed[field] !== Math.round(transaction[field]))
      throw new Error(`${field}: ${billed[field]} in the CSMS, ${transaction[field]} here`);
  say(`in the CSMS: ${JSON.stringify(billed)}`);
}

function check({ kind, energy, evMac }) {
  if (kind !== 'iso2-dc') throw new Error(`the session was ${kind}`);
  if (!evMac) throw new Error('the session has no MAC of the vehicle: there was no SLAC');
  if (!(energy >= WANTED_WH - 1)) throw new Error(`${energy} Wh, wanted ${WANTED_WH}`);
}

try {
  await charge();
} catch (error) {
  process.stderr.write(`charge: ${error.message}\n`);
  process.exitCode = 1;
}
