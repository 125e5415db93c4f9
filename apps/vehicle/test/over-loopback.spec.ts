import { afterEach, describe, expect, it } from 'vitest';
import { loopbackCharger, type LoopbackCharger } from './charger.ts';
import { startVehicle } from './vehicle.ts';

let charger: LoopbackCharger | undefined;
afterEach(() => charger?.close());

const env = (port: number) => ({ KERBSIDE_V2G_LOOPBACK: String(port) });

describe('one charge in real time over the sockets of the loopback address', () => {
  it('AC: from discovery to the end, exit code 0', async () => {
    charger = await loopbackCharger('AC');
    const vehicle = startVehicle(
      ['--protocol', 'iso2-ac', '--energy', '3', '--internet', '3', '--json'],
      env(charger.port),
    );
    expect(await vehicle.exit).toBe(0);
    expect(vehicle.phases().filter((phase) => !phase.startsWith('contactor'))).toEqual([
      'sdp',
      'session-setup',
      'service-discovery',
      'service-detail',
      'service-selection',
      'authorization',
      'charge-parameters',
      'power-on',
      'charging',
      'power-off',
      'session-stop',
      'finished',
    ]);
    const end = vehicle.events.find(({ event }) => event === 'finished');
    expect(end).toMatchObject({ evse: 1, reason: 'the car has enough' });
    expect((end as { energyWh: number }).energyWh).toBeGreaterThanOrEqual(3);
    expect(charger.evse.requests.at(-1)).toEqual({ request: 'session-stop', pause: false });
    expect(charger.reports).toContainEqual({
      report: 'vas.selected',
      services: [{ serviceId: 3, parameterSetId: 3 }],
    });
    expect([charger.errors, vehicle.errors]).toEqual([[], []]);
  }, 30_000);

  it('DC: with cable check, pre-charge and welding detection, exit code 0', async () => {
    charger = await loopbackCharger('DC');
    const vehicle = startVehicle(
      ['--protocol', 'iso2-dc', '--energy', '10', '--json'],
      env(charger.port),
    );
    expect(await vehicle.exit).toBe(0);
    expect(vehicle.phases()).toEqual(
      expect.arrayContaining(['cable-check', 'pre-charge', 'charging', 'welding-detection']),
    );
    const told = charger.evse.requests.map(({ request }) => request);
    expect(told.filter((name, i) => name !== told[i - 1])).toEqual([
      'session-setup',
      'authorize',
      'charge-parameters',
      'cable-check',
      'pre-charge',
      'demand',
      'power-off',
      'welding-detection',
      'session-stop',
    ]);
    expect(charger.errors).toEqual([]);
  }, 30_000);

  it('a charger that refuses: the reason is said, exit code 1', async () => {
    charger = await loopbackCharger('DC');
    const vehicle = startVehicle(['--protocol', 'iso2-ac', '--json'], env(charger.port));
    expect(await vehicle.exit).toBe(1);
    expect(vehicle.events.find(({ event }) => event === 'failed')).toMatchObject({
      reason: 'AC_three_phase_core is not offered',
    });
  }, 30_000);

  it('speaks to people when no machine listens', async () => {
    charger = await loopbackCharger('AC');
    const vehicle = startVehicle(['--energy', '1'], env(charger.port));
    expect(await vehicle.exit).toBe(0);
    expect(vehicle.lines[0]).toBe('ready at EVSE 1');
    expect(vehicle.lines).toContain('EVSE 1: -> SessionSetupReq ');
    expect(vehicle.lines.some((line) => /^EVSE 1: finished: .* Wh, 40(\.\d)? %$/.test(line))).toBe(
      true,
    );
  }, 30_000);

  it('SIGTERM in mid-charge unplugs and ends', async () => {
    charger = await loopbackCharger('AC');
    const { evse } = charger;
    const vehicle = startVehicle(['--json'], env(charger.port));
    await expect.poll(() => vehicle.phases(), { timeout: 10_000 }).toContain('charging');
    vehicle.stop();
    expect(await vehicle.exit).toBe(1);
    await expect.poll(() => evse.requests.at(-1)?.request).toBe('lost');
    expect(evse.live.contactor).toBe('open');
  }, 30_000);
});

describe('the command line', () => {
  it.each([
    [['--protocol', 'iso20'], '--protocol takes basic, iso2-ac or iso2-dc, not "iso20"'],
    [['--protocol', 'basic'], 'basic charging needs the pilot wire: --rig'],
    [['--protocol', 'iso2-ac'], 'which interface leads to the charger? --interface IFACE'],
    [
      ['--interface', 'x', '--energy', 'much'],
      '--energy takes a number from 1 to 1000000, not "much"',
    ],
    [['--interface', 'x', '--internet', '5'], '--internet takes 3, 4 or 3,4, not "5"'],
    [['--interface', 'x', '--token', 'A'], '--token needs a reader: --rig'],
    [['--intreface', 'x'], 'unknown option --intreface; did you mean --interface?'],
    [['now'], 'what is "now"?'],
  ])('%j: %s', async (args, message) => {
    const vehicle = startVehicle(args, {});
    expect(await vehicle.exit).toBe(2);
    expect(vehicle.errors).toEqual([message]);
  });

  it('helps', async () => {
    const vehicle = startVehicle(['--help'], {});
    expect(await vehicle.exit).toBe(0);
    expect(vehicle.lines.join('\n')).toMatch(/--interface IFACE[\s\S]+--energy WH[\s\S]+--json/);
  });
});
