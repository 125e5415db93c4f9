import type { EvseBench } from '@kerbside/charging/testing';
import { millis, seconds, silentLogger } from '@kerbside/kernel';
import { ManualClock, SeededRandom, settle } from '@kerbside/kernel/testing';
import { SimulatedBus } from '@kerbside/slac/testing';
import { describe, expect, it } from 'vitest';
import { patientMatching } from '../unit/patient-matching.ts';
import { outlet, sha256 } from '../../test/support/outlet.ts';
import { createMatching } from './matching.ts';

const outputs = (bench: EvseBench) => bench.outputs().map(([output]) => output);

describe('an EVSE with its SLAC', () => {
  it('switches 5 % on when the modem has confirmed the key', async () => {
    const { bench, bus, plugged } = outlet({ modem: { deafFor: 2 } });
    const confirmed: boolean[] = [];
    const { setPilot } = bench.board;
    bench.board.setPilot = (output) => {
      confirmed.push(bus.names.includes('CM_SET_KEY.CNF'));
      setPilot(output);
    };
    plugged();
    await bench.run(seconds(2));
    expect(outputs(bench)).toEqual(['X1', '5']);
    expect(confirmed).toEqual([true]);
    expect(bench.ledger.of('system.matching-not-ready')).toEqual([]);
  });

  it('switches it on all the same where no modem answers, and says so', async () => {
    const { bench, plugged } = outlet({ modem: { deafFor: 1e9 } });
    plugged();
    await bench.run(seconds(1));
    expect(outputs(bench)).toEqual(['X1', '5']);
    expect(bench.ledger.of('system.matching-not-ready')).toHaveLength(1);
  });

  it('two EVSEs in one process, on interfaces of their own, each by its own settings', async () => {
    const clock = new ManualClock();
    const one = outlet({ clock, settings: { timers: { TT_EVSE_SLAC_init: 20_000 } } });
    const two = outlet({
      clock,
      number: 2,
      settings: { timers: { TT_EVSE_SLAC_init: 50_000, T_step_EF: 8000 }, C_sequ_retry: 0 },
    });
    one.plugged();
    two.plugged();
    await one.bench.run(seconds(21));
    expect(outputs(one.bench)).toEqual(['X1', '5', 'F']);
    expect(outputs(two.bench)).toEqual(['X1', '5']);
    await one.bench.run(seconds(5));
    expect(outputs(one.bench)).toEqual(['X1', '5', 'F', '5']);
    await one.bench.run(seconds(25));
    expect(outputs(two.bench)).toEqual(['X1', '5', 'X1']);
    expect(two.bench.evse.snapshot().session?.kind).toBe('basic');
    const keys = [one, two].map(({ matching }) => matching.slac.state.nid);
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('matching started, ongoing, failed and matched are told to the EVSE and to the journal', async () => {
    const { bench, reports, plugged, car } = outlet({ withoutModem: true });
    plugged();
    await bench.run(seconds(1));
    const kinds = () => reports.filter(({ kind }) => kind !== 'frame').map(({ kind }) => kind);
    expect(kinds()).toContain('waiting');
    expect(bench.evse.snapshot().reason).toBe('waiting-for-matching');
    const vehicle = car();
    vehicle.start();
    await bench.run(millis(200));
    expect(kinds()).toContain('matching-started');
    expect(bench.evse.snapshot().reason).toBe('matching');
    // no modem measures: the car's session fails, and with the last one the matching
    await bench.run(seconds(30));
    expect(kinds()).toContain('session-failed');
    expect(kinds()).toContain('failed');
    expect(outputs(bench)).toContain('F');
    vehicle.stop();
  });
});

describe('CM_VALIDATE by the edges that the board tells', () => {
  it('[V2G3-A09-51] counts the toggles, and the car matches; no contactor closes meanwhile', async () => {
    const { bench, reports, plugged, car } = outlet({
      pilotEdges: true,
      settings: { validate: 'full' },
    });
    plugged();
    await bench.run(seconds(1));
    const vehicle = car({ validate: 'always', toggles: 3, modem: 'none' });
    const result = vehicle.start();
    await bench.run(millis(300));
    bench.board.token('TAG');
    await bench.run(seconds(8));
    expect(bench.evse.snapshot().transaction).toBeDefined();
    expect(await result).toMatchObject({ kind: 'matched' });
    expect(
      reports.flatMap((report) => (report.kind === 'validation' ? [report.step] : [])),
    ).toEqual(['ready', 'success']);
    expect(bench.board.closes).toBe(0);
  });

  it('[V2G3-A09-51] without them the car is told that none is required', async () => {
    const { bench, reports, plugged, car } = outlet({ settings: { validate: 'full' } });
    plugged();
    await bench.run(seconds(1));
    const vehicle = car({ validate: 'always', modem: 'none' });
    const result = vehicle.start();
    await bench.run(seconds(20));
    expect(await result).toMatchObject({ kind: 'matched' });
    expect(
      reports.flatMap((report) => (report.kind === 'validation' ? [report.step] : [])),
    ).toEqual(['not-required']);
  });
});

describe('SLAC that is made anew by new settings', () => {
  it('is so when the present stay is over, not before, and not while the car sleeps', async () => {
    const clock = new ManualClock();
    const bus = new SimulatedBus(clock);
    let opened = 0;
    const matching = patientMatching({
      clock,
      trouble: () => {},
      open() {
        opened++;
        return createMatching({
          config: {},
          ports: {
            link: bus.join('02000000ee01'),
            clock,
            random: new SeededRandom(opened),
            sha256,
            log: silentLogger,
          },
          journal: () => {},
        });
      },
    });
    await settle();
    matching.renew();
    expect(opened).toBe(2);
    matching.enter();
    matching.renew();
    matching.pause();
    expect(opened).toBe(2);
    matching.enter();
    matching.leave();
    expect(opened).toBe(3);
    matching.enter();
    matching.leave();
    expect(opened).toBe(3);
    matching.stop();
    await clock.run(seconds(20), 100);
    expect(clock.pending).toBe(0);
  });
});
