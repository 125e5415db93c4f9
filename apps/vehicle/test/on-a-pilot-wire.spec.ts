import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loopbackCharger, type LoopbackCharger } from './charger.ts';
import { pilotSocket } from './rig.ts';
import { startVehicle } from './vehicle.ts';

let rig: Awaited<ReturnType<typeof pilotSocket>>;
let charger: LoopbackCharger | undefined;
let vehicle: ReturnType<typeof startVehicle> | undefined;

beforeEach(async () => {
  rig = await pilotSocket();
});
afterEach(async () => {
  vehicle?.stop();
  await vehicle?.exit;
  charger?.close();
  await rig.close();
});

const eventually = { timeout: 10_000, interval: 20 };

describe('basic charging by the pilot alone', () => {
  it('asks for power when the duty cycle says a current, follows it, and ends when it has enough', async () => {
    vehicle = startVehicle(
      [
        '--protocol',
        'basic',
        '--energy',
        '20',
        '--token',
        'TAG1',
        '--rig',
        rig.directory,
        '--json',
      ],
      {},
    );
    await expect.poll(() => rig.last('plug')?.plugged, eventually).toBe(true);
    await expect.poll(() => rig.last('token')?.idToken, eventually).toBe('TAG1');
    expect(rig.last('resistor')?.state).toBe('B');

    // 5 % means: talk to me. A car that cannot does not charge.
    rig.duty(5);
    rig.duty(26.7);
    await expect.poll(() => rig.last('resistor')?.state, eventually).toBe('C');
    expect(rig.said.filter((m) => m.say === 'resistor').map((m) => m.state)).toEqual(['B', 'C']);
    expect(rig.last('load')?.current).toEqual([]);
    rig.see({ see: 'contactor', closed: true });
    await expect.poll(() => rig.last('load')?.current, eventually).toEqual([16, 16, 16]);
    rig.duty(10);
    await expect.poll(() => rig.last('load')?.current, eventually).toEqual([6, 6, 6]);

    rig.tick([230, 230, 230], [6, 6, 6], 10_000);
    await expect.poll(() => rig.last('status')?.energyWh, eventually).toBeCloseTo(11.5, 6);
    expect(rig.last('resistor')?.state).toBe('C');
    rig.tick([230, 230, 230], [6, 6, 6], 10_000);
    expect(await vehicle.exit).toBe(0);
    expect(vehicle.events.find(({ event }) => event === 'finished')).toMatchObject({
      energyWh: 23,
    });
    const order = rig.said.flatMap((m) =>
      m.say === 'resistor' ? [m.state] : m.say === 'plug' ? [m.plugged ? 'in' : 'out'] : [],
    );
    expect(order.slice(-2)).toEqual(['B', 'out']);
  });

  it('draws nothing when the contactor is open, and lets go when the signal stops', async () => {
    vehicle = startVehicle(['--protocol', 'basic', '--rig', rig.directory, '--json'], {});
    await expect.poll(() => rig.last('plug')?.plugged, eventually).toBe(true);
    rig.duty(26.7);
    rig.see({ see: 'contactor', closed: true });
    await expect.poll(() => rig.last('load')?.current.length, eventually).toBe(3);
    rig.see({ see: 'contactor', closed: false });
    await expect.poll(() => rig.last('load')?.current, eventually).toEqual([]);
    rig.see({ see: 'pilot', output: 'X1', voltage: 9 });
    await expect.poll(() => rig.last('resistor')?.state, eventually).toBe('B');
  });
});

describe('a car that speaks ISO 15118', () => {
  it('presents the token when the charger asks for it, not before', async () => {
    charger = await loopbackCharger('AC');
    const { evse } = charger;
    const { request } = evse;
    evse.request = (r) => {
      // Only a token at the reader authorises here.
      if (r.request === 'authorize') evse.requests.push(r);
      else request(r);
    };
    vehicle = startVehicle(
      ['--energy', '10', '--token', 'TAG1', '--rig', rig.directory, '--no-slac', '--json'],
      { KERBSIDE_V2G_LOOPBACK: String(charger.port) },
    );
    await expect.poll(() => rig.last('plug')?.cableRating, eventually).toBe(32);
    expect(rig.last('token')).toBeUndefined();
    rig.duty(5);
    await expect.poll(() => rig.last('token')?.idToken, eventually).toBe('TAG1');
    expect(evse.requests.map((r) => r.request)).toContain('authorize');
    evse.live.authorization = 'accepted';
    await expect.poll(() => vehicle?.phases(), eventually).toContain('charging');
    expect(rig.said.filter((m) => m.say === 'token')).toHaveLength(1);
    rig.see({ see: 'contactor', closed: true });
    rig.tick([230, 230, 230], [16, 16, 16], 4000);
    expect(await vehicle.exit).toBe(0);
  }, 30_000);

  it('charges by the duty cycle where the charger offers nothing else', async () => {
    vehicle = startVehicle(
      ['--interface', 'none', '--token', 'TAG1', '--rig', rig.directory, '--json'],
      {},
    );
    await expect.poll(() => rig.last('plug')?.plugged, eventually).toBe(true);
    rig.duty(26.7);
    await expect.poll(() => rig.last('resistor')?.state, eventually).toBe('C');
    expect(rig.last('token')?.idToken).toBe('TAG1');
    expect(rig.last('status')?.protocol).toBe('IEC 61851');
  });
});

describe('standing by for the bench', () => {
  const standBy = (port: number) =>
    startVehicle([], {
      KERBSIDE_EXIT_WITH_PARENT: '1',
      KERBSIDE_EVSES: '1=lo',
      KERBSIDE_RIG_SOCKET: rig.directory,
      KERBSIDE_V2G_LOOPBACK: String(port),
    });

  it('says ready, plugs in on order, and refuses what makes no sense', async () => {
    vehicle = standBy(1);
    const { events } = vehicle;
    await expect.poll(() => events[0], eventually).toEqual({ event: 'ready', evses: [1] });
    rig.see({ see: 'order', id: 1, order: 'unplug' });
    await expect
      .poll(() => rig.last('answer'), eventually)
      .toEqual({
        say: 'answer',
        id: 1,
        ok: false,
        code: 'refused',
        text: 'the car is not plugged in',
      });
    rig.see({ see: 'order', id: 2, order: 'plug-in', kind: 'basic', soc: 50, batteryWh: 40_000 });
    await expect.poll(() => rig.last('plug')?.plugged, eventually).toBe(true);
    expect(rig.last('status')).toMatchObject({ soc: 50, protocol: 'IEC 61851' });
    rig.see({ see: 'order', id: 3, order: 'plug-in' });
    await expect.poll(() => rig.last('answer'), eventually).toMatchObject({ id: 3, ok: false });
    rig.see({ see: 'order', id: 4, order: 'unplug' });
    await expect.poll(() => rig.last('plug')?.plugged, eventually).toBe(false);
    expect(rig.last('answer')).toEqual({ say: 'answer', id: 4, ok: true });
    vehicle.stop();
    expect(await vehicle.exit).toBe(0);
  });

  it('falls back to the duty cycle when nobody answers on AC', async () => {
    // No frame hub serves the bench's directory: matching cannot even begin.
    vehicle = standBy(1);
    await expect.poll(() => vehicle?.events.length, eventually).toBe(1);
    rig.see({ see: 'order', id: 1, order: 'plug-in', kind: 'ac' });
    await expect.poll(() => rig.last('plug')?.plugged, eventually).toBe(true);
    rig.duty(5);
    await expect.poll(() => vehicle?.phases(), eventually).toContain('basic');
    rig.duty(26.7);
    await expect.poll(() => rig.last('resistor')?.state, eventually).toBe('C');
  });

  it('tries to communicate again when a charger that was away offers 5 % anew', async () => {
    vehicle = standBy(1);
    await expect.poll(() => vehicle?.events.length, eventually).toBe(1);
    rig.see({ see: 'order', id: 1, order: 'plug-in', kind: 'ac' });
    await expect.poll(() => rig.last('plug')?.plugged, eventually).toBe(true);
    const attempts = () => vehicle?.phases().filter((phase) => phase === 'basic').length;
    rig.duty(5);
    await expect.poll(attempts, eventually).toBe(1);
    rig.see({ see: 'pilot', output: 'X1', voltage: 9 });
    rig.duty(5);
    await expect.poll(attempts, eventually).toBe(2);
  });

  it('charges on DC with the battery behind its own contactor', async () => {
    charger = await loopbackCharger('DC');
    const { evse } = charger;
    // Matching done elsewhere: this car is told that its link stands.
    vehicle = startVehicle(
      ['--protocol', 'iso2-dc', '--energy', '50', '--rig', rig.directory, '--no-slac', '--json'],
      { KERBSIDE_V2G_LOOPBACK: String(charger.port) },
    );
    await expect.poll(() => rig.last('plug')?.plugged, eventually).toBe(true);
    expect(rig.last('plug')).toEqual({ say: 'plug', plugged: true });
    expect(rig.last('battery')).toEqual({ say: 'battery', voltage: 352, contactor: 'open' });
    rig.duty(5);
    await expect.poll(() => rig.last('battery')?.contactor, eventually).toBe('closed');
    await expect.poll(() => rig.last('load')?.current[0], eventually).toBe(200);
    await expect.poll(() => evse.live.present.current, eventually).toBe(200);
    rig.tick([352], [125], 5000);
    expect(await vehicle.exit).toBe(0);
    expect(rig.last('battery')?.contactor).toBe('open');
    expect(vehicle.events.find(({ event }) => event === 'finished')).toMatchObject({
      energyWh: expect.closeTo((352 * 125 * 5) / 3600, 3) as number,
    });
  }, 30_000);

  it('unplugged in mid-session it drops the connection at once', async () => {
    charger = await loopbackCharger('AC');
    const { evse } = charger;
    vehicle = startVehicle(
      ['--protocol', 'iso2-ac', '--rig', rig.directory, '--no-slac', '--json'],
      { KERBSIDE_V2G_LOOPBACK: String(charger.port) },
    );
    await expect.poll(() => rig.last('plug')?.plugged, eventually).toBe(true);
    rig.duty(5);
    await expect.poll(() => vehicle?.phases(), eventually).toContain('charging');
    rig.see({ see: 'order', id: 9, order: 'unplug' });
    expect(await vehicle.exit).toBe(1);
    await expect.poll(() => evse.requests.at(-1)?.request, eventually).toBe('lost');
  }, 30_000);
});
