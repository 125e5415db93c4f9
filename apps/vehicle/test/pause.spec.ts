import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loopbackCharger, type LoopbackCharger } from './charger.ts';
import { pilotSocket } from './rig.ts';
import { startVehicle } from './vehicle.ts';

let rig: Awaited<ReturnType<typeof pilotSocket>>;
let charger: LoopbackCharger;
let vehicle: ReturnType<typeof startVehicle> | undefined;

beforeEach(async () => {
  rig = await pilotSocket();
  charger = await loopbackCharger('AC');
});
afterEach(async () => {
  vehicle?.stop();
  await vehicle?.exit;
  charger.close();
  await rig.close();
});

const eventually = { timeout: 10_000, interval: 20 };
const env = () => ({ KERBSIDE_V2G_LOOPBACK: String(charger.port) });
const setups = () =>
  charger.reports.flatMap((r) =>
    r.report === 'message' && r.name === 'SessionSetupRes' ? [r.responseCode] : [],
  );
const resistors = () => rig.said.flatMap((m) => (m.say === 'resistor' ? [m.state] : []));

async function charging(...more: string[]) {
  vehicle = startVehicle(
    ['--protocol', 'iso2-ac', '--rig', rig.directory, '--no-slac', '--json', ...more],
    env(),
  );
  await expect.poll(() => rig.last('plug')?.plugged, eventually).toBe(true);
  rig.duty(5);
  await expect.poll(() => vehicle?.phases(), eventually).toContain('charging');
  return vehicle;
}
async function order(id: number, what: 'pause' | 'wake' | 'stop' | 'unplug') {
  rig.see({ see: 'order', id, order: what });
  await expect.poll(() => rig.last('answer')?.id, eventually).toBe(id);
  return rig.last('answer');
}

describe('a car that pauses', () => {
  it('stops its power, keeps the plug, wakes the charger by a toggle, and joins its session', async () => {
    const car = await charging('--energy', '20');
    expect(await order(1, 'pause')).toEqual({ say: 'answer', id: 1, ok: true });
    await expect.poll(() => car.phases().at(-1), eventually).toBe('paused');
    expect(charger.evse.requests.at(-1)).toEqual({ request: 'session-stop', pause: true });
    expect([rig.last('resistor')?.state, rig.last('load')?.current]).toEqual(['B', []]);
    rig.see({ see: 'pilot', output: 'X1', voltage: 9 });
    // a contactor that opens late does not change what is shown of the car
    rig.see({ see: 'contactor', closed: true });
    rig.see({ see: 'contactor', closed: false });
    const before = resistors().length;
    expect(await order(2, 'wake')).toMatchObject({ ok: true });
    await expect.poll(() => resistors().slice(before), eventually).toEqual(['C', 'B']);
    expect(setups()).toEqual(['OK_NewSessionEstablished']);
    rig.duty(5);
    await expect.poll(() => car.phases().at(-1), eventually).toBe('charging');
    expect(setups()).toEqual(['OK_NewSessionEstablished', 'OK_OldSessionJoined']);
    expect(car.phases()).toContain('session-joined');
    const evccIds = charger.reports.flatMap((r) => (r.report === 'session' ? [r.evccId] : []));
    expect([evccIds.length, new Set(evccIds).size]).toEqual([2, 1]);
    expect(car.phases()).not.toContain('contactor-open');
    rig.see({ see: 'contactor', closed: true });
    rig.tick([230, 230, 230], [16, 16, 16], 10_000);
    expect(await car.exit).toBe(0);
    expect(charger.evse.requests.at(-1)).toEqual({ request: 'session-stop', pause: false });
  }, 30_000);

  it('begins nothing before its toggle is over, however early 5 % comes', async () => {
    const car = await charging();
    await order(1, 'pause');
    await expect.poll(() => car.phases().at(-1), eventually).toBe('paused');
    rig.see({ see: 'pilot', output: 'X1', voltage: 9 });
    const before = resistors().length;
    await order(2, 'wake');
    rig.duty(5);
    await expect.poll(() => car.phases().at(-1), eventually).toBe('charging');
    expect(resistors().slice(before)).toEqual(['C', 'B', 'C']);
    expect(car.phases().indexOf('sdp', car.phases().indexOf('waking'))).toBeGreaterThan(0);
  }, 30_000);

  it('comes back too when the charger wakes it', async () => {
    const car = await charging();
    await order(1, 'pause');
    await expect.poll(() => car.phases().at(-1), eventually).toBe('paused');
    rig.see({ see: 'pilot', output: 'X1', voltage: 9 });
    rig.duty(5);
    await expect.poll(() => car.phases().at(-1), eventually).toBe('charging');
    expect(setups().at(-1)).toBe('OK_OldSessionJoined');
  }, 30_000);

  it('keeps its session where the charger begins its error routine before the link is back', async () => {
    const car = await charging();
    await order(1, 'pause');
    await expect.poll(() => car.phases().at(-1), eventually).toBe('paused');
    charger.close();
    rig.see({ see: 'pilot', output: 'X1', voltage: 9 });
    rig.duty(5);
    await expect.poll(() => car.phases().at(-1), eventually).toBe('sdp');
    rig.see({ see: 'pilot', output: 'X1', voltage: 9 });
    await expect.poll(() => car.phases().at(-1), eventually).toBe('paused');
    charger.open();
    rig.duty(5);
    await expect.poll(() => car.phases().at(-1), eventually).toBe('charging');
    expect(setups()).toEqual(['OK_NewSessionEstablished', 'OK_OldSessionJoined']);
  }, 30_000);

  it('refuses to wake while it is awake, and to pause without a session', async () => {
    const car = await charging();
    expect(await order(1, 'wake')).toMatchObject({ ok: false, text: 'the car does not sleep' });
    await order(2, 'pause');
    await expect.poll(() => car.phases().at(-1), eventually).toBe('paused');
    expect(await order(3, 'pause')).toMatchObject({
      ok: false,
      text: 'the car has no V2G session to pause',
    });
    // the driver ends the charge in the pause
    expect(await order(4, 'stop')).toMatchObject({ ok: true });
    expect(await car.exit).toBe(0);
    expect(setups()).toHaveLength(1);
  }, 30_000);

  it('stopped in the midst of its toggle it does not stay in C', async () => {
    const car = await charging();
    await order(1, 'pause');
    await expect.poll(() => car.phases().at(-1), eventually).toBe('paused');
    const before = resistors().length;
    // both are there before the first is obeyed
    rig.see({ see: 'order', id: 2, order: 'wake' });
    rig.see({ see: 'order', id: 3, order: 'stop' });
    expect(await car.exit).toBe(0);
    expect(resistors().slice(before)).toEqual(['C', 'B']);
  }, 30_000);

  it('unplugged in its sleep it does not wake any more', async () => {
    const car = await charging('--pause-at', '1', '--wake-after', '1');
    rig.see({ see: 'contactor', closed: true });
    rig.tick([230, 230, 230], [16, 16, 16], 1000);
    await expect.poll(() => car.phases().at(-1), eventually).toBe('paused');
    rig.see({ see: 'order', id: 1, order: 'unplug' });
    expect(await car.exit).toBe(1);
    expect(car.phases()).not.toContain('waking');
  }, 30_000);
});

it('--pause-at and --wake-after: pauses and wakes by itself, once, without a rig too', async () => {
  vehicle = startVehicle(
    ['--energy', '30', '--pause-at', '5', '--wake-after', '1', '--no-slac', '--json'],
    env(),
  );
  expect(await vehicle.exit).toBe(0);
  const phases = vehicle.phases();
  expect(phases.filter((phase) => /paused|waking|session-(joined|new)/.test(phase))).toEqual([
    'paused',
    'waking',
    'session-joined',
  ]);
  expect(setups()).toEqual(['OK_NewSessionEstablished', 'OK_OldSessionJoined']);
  const finished = vehicle.events.find((event) => event.event === 'finished');
  expect(finished && 'energyWh' in finished && finished.energyWh).toBeGreaterThan(30);
}, 30_000);
