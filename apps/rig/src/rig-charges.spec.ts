import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@kerbside/host/testing';
import {
  createEvse,
  type Evse,
  type InletMessage,
  inletMessages,
  type RigState,
  type VehicleMessage,
  vehicleMessages,
} from '@kerbside/charging';
import {
  memoryAuthorizer,
  type MemoryHighLevelComm,
  memoryHighLevelComm,
  type MemoryLedger,
  memoryLedger,
  type MemoryMatching,
  memoryMatching,
} from '@kerbside/charging/testing';
import {
  type BenchLink,
  type JsonLineClient,
  openBenchLink,
  openBoardLink,
  openJsonLineClient,
  openModbusMeter,
  systemClock,
  systemRandom,
} from '@kerbside/host';
import { amps, millis, minutes, percent, seconds, silentLogger, volts } from '@kerbside/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRig, type Rig } from './rig.ts';

const clock = systemClock;
const log = silentLogger;

async function until(holds: () => boolean, what: string, within = 5000): Promise<void> {
  const end = clock.monotonic() + within;
  while (!holds()) {
    if (clock.monotonic() > end) throw new Error(`not within ${within} ms: ${what}`);
    await new Promise((resolve) => clock.arm(millis(10), () => resolve(undefined)));
  }
}
const pause = (ms: number) => new Promise((resolve) => clock.arm(millis(ms), () => resolve(0)));

/** The charger's side on real adapters: board and meter of the rig, everything else in memory. */
interface Charger {
  readonly evse: Evse;
  readonly ledger: MemoryLedger;
  readonly matching: MemoryMatching;
  readonly hlc: MemoryHighLevelComm;
  close(): void;
}
function charger(kind: 'AC' | 'DC', directory: string, port: number): Charger {
  const address = { path: join(directory, 'board-1.sock') };
  const link = openBoardLink({ address, evse: 1, kind, clock, log });
  const meter = openModbusMeter({
    host: '127.0.0.1',
    port,
    conductors: kind === 'DC' ? 1 : 3,
    clock,
    log,
  });
  const ledger = memoryLedger({ clock });
  const matching = memoryMatching();
  const hlc = memoryHighLevelComm();
  const evse = createEvse(
    {
      evse: 1,
      connector: 1,
      kind,
      phases: 3,
      nominalVoltage: volts(230),
      fuse: amps(kind === 'DC' ? 200 : 32),
      highLevelComm: kind === 'DC',
      meterId: 'rig-1',
      sampleInterval: seconds(1),
      connectionTimeout: minutes(1),
    },
    {
      board: link.board,
      meter,
      supply: link.supply,
      insulation: link.insulation,
      matching,
      hlc,
      authorizer: memoryAuthorizer({ clock, accepts: ['TAG'] }),
      ledger,
      clock,
      random: systemRandom,
      log,
    },
  );
  return {
    evse,
    ledger,
    matching,
    hlc,
    close() {
      link.close();
      meter.close();
    },
  };
}

/** A vehicle process as far as the cable goes: it integrates what it is told. */
function vehicleEnd(directory: string) {
  let wattSeconds = 0;
  let voltage = 0;
  const orders: InletMessage[] = [];
  const client: JsonLineClient<VehicleMessage> = openJsonLineClient<InletMessage, VehicleMessage>({
    address: { path: join(directory, 'pilot-1.sock') },
    incoming: inletMessages,
    outgoing: vehicleMessages,
    clock,
    up: () =>
      void client.send({ say: 'hello', protocol: 'kerbside-pilot', version: 1, vehicle: 'test' }),
    down: () => {},
    message(message) {
      if (message.see === 'order') {
        orders.push(message);
        client.send({ say: 'answer', id: message.id, ok: true });
      }
      if (message.see !== 'tick') return;
      voltage = message.voltage[0] ?? 0;
      message.voltage.forEach((volt, index) => {
        wattSeconds += (volt * (message.current[index] ?? 0) * message.dtMs) / 1000;
      });
    },
  });
  return {
    client,
    orders,
    get wattHours() {
      return wattSeconds / 3600;
    },
    get voltage() {
      return voltage;
    },
  };
}

let directory: string;
let port: number;
let rig: Rig;
let bench: BenchLink;
let open: { close(): void }[];
const state = (): RigState => rig.evses.get(1)!.state();

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'kbt-rig-'));
  port = await freePort();
  const config = {
    directory,
    evses: [{ evse: 1, interface: 'lo', kind: 'AC+DC' as const, meterPort: port }],
    modems: undefined,
    data: directory,
  };
  rig = await openRig(config, { clock, log });
  bench = openBenchLink({ address: { path: join(directory, 'bench.sock') }, clock, log });
  open = [bench];
  await until(() => bench.connected, 'bench link');
});
afterEach(async () => {
  for (const entry of open) entry.close();
  await rig.close();
  rmSync(directory, { recursive: true });
});

describe('rig, host adapters and EVSE actor in real time', () => {
  it('a car that takes the place of another while the board is away does not charge on its account', async () => {
    const { evse, ledger, ...rest } = charger('AC', directory, port);
    const vehicle = vehicleEnd(directory);
    open.push(rest, vehicle.client);
    const linkDown = (active: boolean) =>
      bench.request({ do: 'fault', evse: 1, fault: 'board-link-down', active });
    const charging = () => until(() => evse.snapshot().state === 'Charging', 'charging');
    await until(() => evse.snapshot().state === 'Available', 'available');
    vehicle.client.send({ say: 'plug', plugged: true });
    await until(() => evse.snapshot().state === 'Preparing', 'preparing');
    await bench.request({ do: 'token', evse: 1, idToken: 'TAG' });
    vehicle.client.send({ say: 'resistor', state: 'C' });
    await charging();

    await linkDown(true);
    await until(() => evse.snapshot().reason === 'board-link-down', 'link down');
    await linkDown(false);
    await charging();
    expect(ledger.of('transaction.stopped')).toEqual([]);

    await linkDown(true);
    await until(() => evse.snapshot().reason === 'board-link-down', 'link down');
    await pause(500);
    vehicle.client.send({ say: 'plug', plugged: false });
    vehicle.client.send({ say: 'plug', plugged: true });
    vehicle.client.send({ say: 'resistor', state: 'C' });
    await pause(100);
    await linkDown(false);
    await until(() => evse.snapshot().state === 'Preparing', 'waits for a token');
    expect(ledger.of('transaction.stopped')[0]?.data.reason).toBe('EVDisconnected');
    expect(ledger.of('system.replugged')).toHaveLength(1);
    await pause(500);
    expect(state().contactor).toBe('open');
    expect(ledger.of('transaction.started')).toHaveLength(1);
  });

  it('a basic AC charge: energies of vehicle, meter and journal agree', async () => {
    const { evse, ledger, ...rest } = charger('AC', directory, port);
    const vehicle = vehicleEnd(directory);
    open.push(rest, vehicle.client);
    await until(() => evse.snapshot().state === 'Available', 'available');
    await until(() => state().vehicle?.name === 'test', 'vehicle known');

    await bench.request({ do: 'vehicle', evse: 1, order: 'plug-in', kind: 'basic' });
    expect(vehicle.orders).toMatchObject([{ order: 'plug-in', kind: 'basic' }]);
    vehicle.client.send({ say: 'plug', plugged: true, cableRating: 20 });
    await until(() => evse.snapshot().state === 'Preparing', 'preparing');
    await bench.request({ do: 'token', evse: 1, idToken: 'TAG' });
    await until(() => state().output === 'duty', 'duty cycle');
    expect(state().dutyPercent).toBe(33.3);
    vehicle.client.send({ say: 'resistor', state: 'C' });
    vehicle.client.send({ say: 'load', current: [16, 16, 16] });
    await until(() => state().contactor === 'closed', 'contactor');
    await until(() => evse.snapshot().state === 'Charging', 'charging');
    await pause(2500);
    vehicle.client.send({ say: 'resistor', state: 'B' });
    await until(() => state().contactor === 'open', 'open');
    vehicle.client.send({ say: 'plug', plugged: false });
    await until(() => ledger.of('session.ended').length === 1, 'session ended');

    const [stopped] = ledger.of('transaction.stopped');
    const charged = (stopped?.data.meter.energy ?? 0) - (stopped?.data.meterStart ?? 0);
    expect(charged).toBeGreaterThan(7);
    expect(state().energyWh).toBeCloseTo(vehicle.wattHours, 9);
    expect(Math.abs(charged - vehicle.wattHours)).toBeLessThan(0.2);
    expect(ledger.of('meter.sampled').length).toBeGreaterThanOrEqual(2);
    expect(stopped?.data.reason).toBe('EVDisconnected');
  });

  it('DC: cable check, pre-charge, current by demand, ramp-down, and no voltage left', async () => {
    const { evse, ledger, matching, hlc, ...rest } = charger('DC', directory, port);
    const { evseSide } = evse;
    open.push(rest);
    const vehicle = vehicleEnd(directory);
    open.push(vehicle.client);
    await until(() => evse.snapshot().state === 'Available', 'available');
    await until(() => state().vehicle !== undefined, 'vehicle known');
    vehicle.client.send({ say: 'plug', plugged: true });
    vehicle.client.send({ say: 'battery', voltage: 390, contactor: 'open' });
    await until(() => state().dutyPercent === 5, '5 %');
    expect(matching.calls).toEqual(['enter']);
    matching.tell({ event: 'matched', evMac: '02:00:00:00:00:01' });
    expect(hlc.calls).toEqual(['open']);
    evseSide.request({ request: 'session-setup', evccId: '0102', protocol: 'iso2' });
    evseSide.request({ request: 'authorize' });
    expect(evseSide.view().authorization).toBe('waiting');
    await bench.request({ do: 'token', evse: 1, idToken: 'TAG' });
    await until(() => evseSide.view().authorization === 'accepted', 'authorised');
    evseSide.request({
      request: 'charge-parameters',
      mode: 'DC',
      maxVoltage: volts(420),
      maxCurrent: amps(150),
      soc: percent(40),
    });
    vehicle.client.send({ say: 'resistor', state: 'C' });
    evseSide.request({ request: 'cable-check' });
    expect(evseSide.view().cableCheck).toBe('ongoing');
    await until(() => evseSide.view().cableCheck === 'valid', 'cable check');
    expect(evseSide.view().present.voltage).toBeLessThan(60);
    expect(state().energyWh).toBe(0);
    evseSide.request({ request: 'pre-charge', voltage: volts(390), current: amps(1) });
    await until(() => evseSide.view().present.voltage === 390, 'pre-charge');
    vehicle.client.send({ say: 'battery', voltage: 390, contactor: 'closed' });
    expect(await evseSide.powerOn()).toEqual({ on: true });
    evseSide.request({
      request: 'demand',
      voltage: volts(415),
      current: amps(100),
      soc: percent(41),
    });
    await until(() => evseSide.view().present.current === 100, 'full current');
    expect(evse.snapshot()).toMatchObject({
      state: 'Charging',
      session: { soc: 41, kind: 'iso2-dc' },
    });
    await pause(1000);
    await evse.command({ command: 'stop', reason: 'Remote' });
    expect(evseSide.view().stop).toBe('Remote');
    evseSide.request({ request: 'power-off' });
    await until(() => state().contactor === 'open', 'contactor open');
    vehicle.client.send({ say: 'battery', voltage: 390, contactor: 'open' });
    evseSide.request({ request: 'welding-detection' });
    evseSide.request({ request: 'session-stop', pause: false });
    await until(() => ledger.of('transaction.stopped').length === 1, 'stopped');
    await until(() => state().lock === 'unlocked', 'unlocked');
    expect(evseSide.view().present.voltage).toBeLessThan(60);
    const data = ledger.of('transaction.stopped')[0]!.data;
    expect(data.reason).toBe('Remote');
    expect(data.meter.energy - data.meterStart).toBeGreaterThan(10);
    expect(Math.abs(data.meter.energy - data.meterStart - vehicle.wattHours)).toBeLessThan(0.2);
    await until(() => matching.calls.includes('terminate'), 'link terminated');
  });

  it('a car without a process is moved by the bench; faults come and go', async () => {
    const { evse, ledger, ...rest } = charger('AC', directory, port);
    open.push(rest);
    await until(() => evse.snapshot().state === 'Available', 'available');
    await bench.request({ do: 'pilot', evse: 1, state: 'B' });
    await until(() => evse.snapshot().state === 'Preparing', 'preparing');
    await bench.request({ do: 'token', evse: 1, idToken: 'TAG' });
    await bench.request({ do: 'pilot', evse: 1, state: 'C' });
    await until(() => evse.snapshot().state === 'Charging', 'charging');
    await until(() => (evse.snapshot().meter?.power ?? 0) > 20_000, 'draws 32 A by three phases');
    await bench.request({ do: 'fault', evse: 1, fault: 'emergency-stop', active: true });
    await until(() => evse.snapshot().reason === 'emergency-stop', 'faulted');
    await until(() => ledger.of('transaction.stopped').length === 1, 'stopped');
    expect(ledger.of('transaction.stopped')[0]?.data.reason).toBe('EmergencyStop');
    expect(state().contactor).toBe('open');
    await bench.request({ do: 'fault', evse: 1, fault: 'emergency-stop', active: false });
    await bench.request({ do: 'fault', evse: 1, fault: 'board-link-down', active: true });
    await until(() => evse.snapshot().reason === 'board-link-down', 'link down');
    await bench.request({ do: 'pilot', evse: 1, state: 'A' });
    await bench.request({ do: 'fault', evse: 1, fault: 'board-link-down', active: false });
    await until(() => evse.snapshot().state === 'Available', 'whole state taken over');
    expect((await bench.states())[0]).toMatchObject({ evse: 1, plugged: false, faults: [] });
    await expect(bench.request({ do: 'unplug', evse: 9 })).rejects.toMatchObject({
      code: 'unknown-evse',
    });
    await expect(bench.request({ do: 'vehicle', evse: 1, order: 'stop' })).rejects.toMatchObject({
      code: 'no-vehicle',
    });
  });

  it('the register outlives the rig', async () => {
    const plant = rig.evses.get(1)!.plant;
    plant.energyWs = 3600 * 1234.5;
    await rig.close();
    const config = {
      directory,
      evses: [{ evse: 1, interface: 'lo', kind: 'AC' as const, meterPort: port }],
      modems: undefined,
      data: directory,
    };
    rig = await openRig(config, { clock, log });
    expect(state().energyWh).toBeCloseTo(1234.5, 6);
    const meter = openModbusMeter({ host: '127.0.0.1', port, clock, log });
    open.push(meter);
    expect((await meter.read()).energy).toBe(1234.5);
    await bench
      .request({ do: 'fault', evse: 1, fault: 'meter-silent', active: true })
      .catch(() => {});
    rig.evses.get(1)!.plant.setFault('meter-silent', true);
    const failures: string[] = [];
    meter.onFailure((reason) => failures.push(reason));
    await expect(meter.read()).rejects.toMatchObject({ code: 'meter.failed' });
    expect(failures).toHaveLength(1);
    rig.evses.get(1)!.plant.setFault('meter-silent', false);
    expect((await meter.read()).energy).toBe(1234.5);
  });
});
