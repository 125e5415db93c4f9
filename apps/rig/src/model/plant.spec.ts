import { describe, expect, it } from 'vitest';
import { Plant, WATCHDOG_MS } from './plant.ts';

const STEP = 20;
function run(plant: Plant, ms: number, beats = true): void {
  for (let t = 0; t < ms; t += STEP) {
    if (beats && t % 240 === 0) plant.beat();
    plant.step(STEP);
  }
}
function charging(): Plant {
  const plant = new Plant({ kind: 'AC', energyWh: 5 });
  plant.beat();
  plant.inlet.plugged = true;
  plant.inlet.resistor = 'C';
  plant.output = { dutyPercent: 26.7 };
  plant.close();
  run(plant, 60);
  return plant;
}

describe('control pilot', () => {
  it.each([
    [{ plugged: false }, 'A', 12],
    [{ plugged: true, resistor: 'B' as const }, 'B', 9],
    [{ plugged: true, resistor: 'C' as const }, 'C', 6],
    [{ plugged: true, resistor: 'D' as const }, 'D', 3],
  ])('%o reads %s', (inlet, state, voltage) => {
    const plant = new Plant({ kind: 'AC' });
    Object.assign(plant.inlet, inlet);
    expect([plant.pilot, plant.pilotVoltage]).toEqual([state, voltage]);
    plant.output = 'F';
    expect(plant.pilot).toBe('F');
    plant.setFault('pilot-short', true);
    expect(plant.pilot).toBe('E');
  });
});

describe('AC', () => {
  it('a car without a process draws the offer of the duty cycle, bounded by its cable', () => {
    const plant = charging();
    expect(plant.contactor.state).toBe('closed');
    expect(plant.flow.current[0]).toBeCloseTo(16.02, 2);
    plant.inlet.cableRating = 13;
    run(plant, STEP);
    expect(plant.flow.current).toEqual([13, 13, 13]);
    plant.output = { dutyPercent: 5 };
    plant.limit = 10;
    run(plant, STEP);
    expect(plant.flow.current).toEqual([10, 10, 10]);
    plant.inlet.resistor = 'B';
    run(plant, STEP);
    expect(plant.power).toBe(0);
  });

  it('the meter counts exactly the sum of the steps that the vehicle is told', () => {
    const plant = charging();
    plant.inlet.load = [16, 15.5, 0.25];
    const before = plant.energyWs;
    let sum = 0;
    for (let step = 0; step < 9000; step++) {
      if (step % 10 === 0) plant.beat();
      plant.step(STEP);
      const { voltage, current, dtMs } = plant.flow;
      sum += (voltage.reduce((w, v, i) => w + v * (current[i] ?? 0), 0) * dtMs) / 1000;
    }
    expect(plant.energyWs - before).toBeCloseTo(sum, 6);
    expect(sum / 3600).toBeCloseTo((230 * 31.75 * 180) / 3600, 6);
  });

  it('opens by itself one second after the last heartbeat, and closes only with a fresh one', () => {
    const plant = charging();
    plant.beat();
    run(plant, WATCHDOG_MS, false);
    expect(plant.contactor.state).toBe('closed');
    run(plant, 60, false);
    expect(plant.contactor.state).toBe('open');
    expect(plant.watchdogTrips).toBe(1);
    expect(plant.output).toBe('X1');
    plant.close();
    run(plant, 200, false);
    expect(plant.contactor.state).toBe('open');
    plant.beat();
    plant.close();
    run(plant, 60);
    expect(plant.contactor.state).toBe('closed');
  });

  it('opens at once when the link closes, and the register stays', () => {
    const plant = charging();
    run(plant, 1000);
    const { energyWs } = plant;
    plant.chargerGone();
    run(plant, 40, false);
    expect(plant.contactor.state).toBe('open');
    const after = plant.energyWs;
    run(plant, 5000, false);
    expect(plant.energyWs).toBe(after);
    expect(after).toBeGreaterThanOrEqual(energyWs);
  });
});

describe('faults', () => {
  it('a welded contactor conducts on, says so, and opens when the fault is cleared', () => {
    const plant = charging();
    plant.setFault('contactor-welded', true);
    plant.open();
    run(plant, 100);
    expect(plant.contactor.state).toBe('welded');
    expect(plant.power).toBeGreaterThan(0);
    plant.setFault('contactor-welded', false);
    run(plant, 100);
    expect(plant.contactor.state).toBe('open');
  });

  it('a stuck contactor stays open; the emergency stop opens and keeps open', () => {
    const stuck = new Plant({ kind: 'AC' });
    stuck.setFault('contactor-stuck-open', true);
    stuck.beat();
    stuck.close();
    run(stuck, 200);
    expect(stuck.contactor.state).toBe('open');

    const plant = charging();
    plant.setFault('emergency-stop', true);
    run(plant, 60);
    expect(plant.contactor.state).toBe('open');
    plant.close();
    run(plant, 60);
    expect(plant.contactor.state).toBe('open');
  });

  it('the lock moves, or fails', () => {
    const plant = new Plant({ kind: 'AC' });
    plant.lock.order(true);
    run(plant, 100);
    expect(plant.lock.state).toBe('unlocked');
    run(plant, 100);
    expect(plant.lock.state).toBe('locked');
    plant.setFault('lock-failed', true);
    plant.lock.order(false);
    run(plant, 200);
    expect(plant.lock.state).toBe('failed');
  });
});

describe('DC', () => {
  function joined(): Plant {
    const plant = new Plant({ kind: 'DC' });
    plant.beat();
    plant.inlet.plugged = true;
    plant.inlet.resistor = 'C';
    plant.close();
    run(plant, 60);
    return plant;
  }

  it('ramps up, measures insulation in about a second, discharges below 60 V', () => {
    const plant = joined();
    plant.supply.set(500, 1);
    plant.measureInsulation(true);
    run(plant, 300);
    expect(plant.supply.voltage).toBeGreaterThan(200);
    expect(plant.supply.voltage).toBeLessThan(500);
    run(plant, 800);
    expect(plant.takeInsulationResult()).toBeUndefined();
    run(plant, 200);
    expect(plant.supply.voltage).toBe(500);
    expect(plant.takeInsulationResult()).toBe('valid');
    expect(plant.takeInsulationResult()).toBeUndefined();
    expect(plant.energyWs).toBe(0);
    plant.supply.off();
    run(plant, 400);
    expect(plant.supply.voltage).toBeLessThan(60);
  });

  it('a battery holds the voltage and takes the set current; without its contactor nothing flows', () => {
    const plant = joined();
    plant.supply.set(400, 2);
    plant.inlet.battery = { voltage: 390, closed: false };
    run(plant, 600);
    expect(plant.supply.voltage).toBe(400);
    expect(plant.supply.current).toBe(0);
    plant.inlet.battery = { voltage: 390, closed: true };
    plant.supply.set(420, 100);
    run(plant, 1000);
    expect(plant.supply.current).toBe(100);
    expect(plant.supply.voltage).toBeCloseTo(395, 6);
    expect(plant.power).toBeCloseTo(39_500, 3);
    plant.chargerGone();
    run(plant, 40, false);
    expect(plant.supply.current).toBe(0);
  });

  it('a car that is no process draws the set point; the supply keeps its limits', () => {
    const plant = joined();
    plant.supply.set(400, 1);
    run(plant, 1000);
    expect(plant.supply.current).toBe(0);
    plant.supply.set(400, 500);
    run(plant, 2000);
    expect(plant.supply.current).toBe(150);
  });

  it('an insulation fault shows in the result', () => {
    const plant = joined();
    plant.setFault('insulation-fault', true);
    plant.measureInsulation(true);
    run(plant, 1300);
    expect(plant.takeInsulationResult()).toBe('fault');
  });
});
