import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBenchLink, systemClock as clock } from '@kerbside/host';
import { type RigState } from '@kerbside/charging';
import { millis, silentLogger as log } from '@kerbside/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRig, type Rig } from './rig.ts';

/** A charger that needs nothing but Node.js: it says hello, beats, and closes the contactor. */
const CHARGER = `
const { connect } = require('node:net');
const socket = connect(process.argv[1]);
const send = (command) => socket.write(JSON.stringify(command) + '\\n');
let seq = 0;
send({ command: 'hello', protocol: 'kerbside-board', version: 1, evse: 1, kind: 'AC' });
setInterval(() => send({ command: 'heartbeat', seq: seq++ }), 250);
send({ command: 'heartbeat', seq: seq++ });
send({ command: 'pilot', output: 'duty', dutyPercent: 26.7 });
send({ command: 'contactor', set: 'closed', output: 'AC' });
socket.on('data', () => {});
`;

let directory: string;
let rig: Rig;
let child: ChildProcess | undefined;
const state = (): RigState => rig.evses.get(1)!.state();
const pause = (ms: number) => new Promise((resolve) => clock.arm(millis(ms), () => resolve(0)));
async function until(holds: () => boolean, what: string, within = 5000): Promise<number> {
  const start = clock.monotonic();
  while (!holds()) {
    if (clock.monotonic() - start > within) throw new Error(`not within ${within} ms: ${what}`);
    await pause(5);
  }
  return clock.monotonic() - start;
}

async function charge(): Promise<ChildProcess> {
  const started = spawn(process.execPath, ['-e', CHARGER, join(directory, 'board-1.sock')], {
    stdio: 'ignore',
  });
  child = started;
  await until(() => state().contactor === 'closed', 'contactor closed');
  await until(() => state().power > 11_000, 'power flows');
  await pause(500);
  return started;
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'kbt-kill-'));
  rig = await openRig(
    {
      directory,
      evses: [{ evse: 1, interface: 'lo', kind: 'AC', meterPort: undefined }],
      modems: undefined,
      data: undefined,
    },
    { clock, log },
  );
  const bench = openBenchLink({ address: { path: join(directory, 'bench.sock') }, clock, log });
  await until(() => bench.connected, 'bench');
  await bench.request({ do: 'plug-in', evse: 1 });
  await bench.request({ do: 'pilot', evse: 1, state: 'C' });
  bench.close();
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rig.close();
  rmSync(directory, { recursive: true });
});

describe('when the charger dies in mid-charge', () => {
  it('SIGKILL: the socket closes and the contactor opens at once; the register stays', async () => {
    const charger = await charge();
    charger.kill('SIGKILL');
    const took = await until(() => state().contactor === 'open', 'contactor open');
    expect(took).toBeLessThan(500);
    const { energyWh, watchdogTrips } = state();
    expect(watchdogTrips).toBe(1);
    expect(energyWh).toBeGreaterThan(1);
    await pause(300);
    expect(state()).toMatchObject({ energyWh, power: 0, charger: false });
  });

  it('SIGSTOP: the socket stands, the heartbeat does not; the contactor opens after 1 s', async () => {
    const charger = await charge();
    charger.kill('SIGSTOP');
    const took = await until(() => state().contactor === 'open', 'contactor open');
    expect(took).toBeGreaterThan(700);
    expect(took).toBeLessThan(1500);
    // Awake again, it does not close by itself: nobody ordered it.
    charger.kill('SIGCONT');
    await pause(600);
    expect(state()).toMatchObject({ charger: true, contactor: 'open' });
  });
});
