import { createHash } from 'node:crypto';
import { millis, seconds, silentLogger } from '@kerbside/kernel';
import { ManualClock, SeededRandom } from '@kerbside/kernel/testing';
import { createEvseSlac, type EvseSlacReport, type PevMatched } from '@kerbside/slac';
import { PowerLine, SimulatedBus, SimulatedModem } from '@kerbside/slac/testing';
import { expect, it } from 'vitest';
import { PowerLineMatch } from './power-line-match.ts';
import type { StayPlan } from './stay-plan.ts';

const CHARGER = '02:00:00:00:ee:01';
const CAR = '02:00:00:00:e0:01';

/** A charger that counts toggles, the car's match, and their modems on one wire. */
function wire(plan: Partial<StayPlan> = {}) {
  const clock = new ManualClock();
  const bus = new SimulatedBus(clock);
  const line = new PowerLine();
  const ports = { clock, random: new SeededRandom(5), log: silentLogger };
  const reports: EvseSlacReport[] = [];
  const pilots: string[] = [];
  new SimulatedModem(bus, line, { mac: '00:01:87:00:ee:01', host: CHARGER });
  const modem = new SimulatedModem(bus, line, {
    mac: '00:01:87:00:e0:01',
    host: CAR,
    skipProfiles: Number.MAX_SAFE_INTEGER,
  });
  const evse = createEvseSlac({
    config: { validate: 'full', pilotEdges: true },
    ports: {
      ...ports,
      link: bus.join(CHARGER),
      sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
    },
    report: (report) => reports.push(report),
  });
  const match = new PowerLineMatch(bus.join(CAR), {
    ...ports,
    plan: { validate: 'never', misbehaviour: undefined, ...plan },
    pilot(state) {
      pilots.push(state);
      evse.pilotEdge(state, clock.monotonic());
    },
  });
  async function join(ms: number): Promise<PevMatched | string> {
    let result: PevMatched | string = 'still under way';
    match.join().then(
      (matched) => (result = matched),
      (error: unknown) => (result = String(error)),
    );
    await clock.run(millis(ms), 10);
    return result;
  }
  return { clock, bus, evse, match, modem, reports, pilots, join };
}
const matched = { kind: 'matched', evseMac: CHARGER, linkSeen: true };

it('validates where it is told to, toggling the pilot, and the charger counts it', async () => {
  const w = wire({ validate: 'always' });
  await w.clock.run(millis(500), 10);
  w.evse.enterBcd();
  expect(await w.join(8000)).toMatchObject(matched);
  expect(w.pilots).toEqual(['C', 'B', 'C', 'B', 'C', 'B']);
  expect(w.reports).toContainEqual(
    expect.objectContaining({ kind: 'validation', step: 'success', toggles: 3 }),
  );
});

it('does not touch the pilot by itself', async () => {
  const w = wire();
  await w.clock.run(millis(500), 10);
  w.evse.enterBcd();
  expect(await w.join(5000)).toMatchObject(matched);
  expect(w.pilots).toEqual([]);
});

it('is back in its network after a pause; where that is gone it matches anew', async () => {
  const w = wire();
  await w.clock.run(millis(500), 10);
  w.evse.enterBcd();
  const first = (await w.join(5000)) as PevMatched;
  w.evse.pause();
  await w.clock.run(seconds(60), 100);
  w.bus.sent.length = 0;
  w.evse.enterBcd();
  expect(await w.join(1000)).toMatchObject({ ...matched, nid: first.nid });
  expect(w.bus.names).not.toContain('CM_SLAC_PARM.REQ');

  w.evse.pause();
  w.modem.forget();
  await w.clock.run(seconds(10), 100);
  w.evse.enterBcd();
  const again = (await w.join(12_000)) as PevMatched;
  expect(again).toMatchObject(matched);
  expect(w.bus.names).toContain('CM_SLAC_MATCH.CNF');
});

it('says why there is no match', async () => {
  const w = wire();
  expect(await w.join(30_000)).toContain('no match: No charger answered CM_SLAC_PARM.REQ');
  w.match.close();
});
