import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type CauseCode,
  encodeFrame,
  type EvseSlacConfig,
  type MisbehaviourName,
  misbehaviours,
  type Sendable,
  type ToleranceCode,
} from '../src/index.ts';
import { Bench } from './bench.ts';
import { parm, Tester } from './tester.ts';

/** How it ends for our charger: matched, or why not; and what was let pass on the way. */
type End = 'matched' | CauseCode;
interface Expected {
  readonly lenient: End;
  readonly tolerated?: readonly ToleranceCode[];
  /** Where the strict charger decides otherwise. */
  readonly strict?: End;
  /** Sessions that ended on the way, although the car matched in the end. */
  readonly ended?: readonly CauseCode[];
}
const ok: Expected = { lenient: 'matched' };
const expected: Record<MisbehaviourName, Expected> = {
  'lost-parm-req': ok,
  'lost-parm-cnf': ok,
  'lost-start': ok,
  'lost-sounds': ok,
  'lost-atten-char': ok,
  'lost-rsp': { lenient: 'matched', tolerated: ['no-rsp'], strict: 'matched' },
  'lost-match-req': ok,
  'lost-match-cnf': ok,
  'repeats-requests': ok,
  'wrong-run-id-start': { lenient: 'no-start-atten-char' },
  'wrong-run-id-rsp': { lenient: 'matched', tolerated: ['no-rsp'], strict: 'no-atten-char-rsp' },
  'wrong-run-id-match': { lenient: 'no-match-req' },
  'wrong-evse-mac': { lenient: 'matched', tolerated: ['evse-mac'], strict: 'no-match-req' },
  'wrong-pev-mac': { lenient: 'no-match-req' },
  'wrong-forwarding-sta': {
    lenient: 'matched',
    tolerated: ['forwarding-sta'],
    strict: 'no-start-atten-char',
  },
  'wrong-source-address': {
    lenient: 'matched',
    tolerated: ['no-rsp'],
    strict: 'no-atten-char-rsp',
  },
  'bad-rsp': { lenient: 'matched', tolerated: ['no-rsp'], strict: 'no-atten-char-rsp' },
  'resp-type-0': { lenient: 'matched', tolerated: ['resp-type'], strict: 'no-start-atten-char' },
  'secure-parm': { lenient: 'no-parm-req' },
  // Before it knows a charger it can but ask all of them, hence only the later messages are unicast.
  unicast: { lenient: 'matched', tolerated: ['unicast'], strict: 'no-start-atten-char' },
  'no-start': { lenient: 'no-start-atten-char' },
  'late-start': { lenient: 'no-start-atten-char' },
  'no-sounds': { lenient: 'no-profiles' },
  'few-sounds': ok,
  'short-sounds': ok,
  // The modem measures all the same: the profiles count, the sound heard by the host does not.
  'sender-id': { lenient: 'matched', tolerated: ['sender-id'], strict: 'matched' },
  'no-rsp': { lenient: 'matched', tolerated: ['no-rsp'], strict: 'no-atten-char-rsp' },
  'restart-while-sounding': { lenient: 'matched', ended: ['restarted'] },
  'same-run-id-again': ok,
  'never-matches': { lenient: 'no-match-req' },
  'two-cars': { lenient: 'matched', ended: ['displaced'] },
  'validate-first': ok,
  'no-toggles': { lenient: 'no-toggles' },
  'parm-flood': {
    lenient: 'matched',
    ended: Array.from({ length: 200 }, () => 'restarted' as const),
  },
  'mvf-order': { lenient: 'matched', tolerated: ['mvf-order'], strict: 'no-match-req' },
  'mvf-length': { lenient: 'no-match-req' },
  'pev-id': { lenient: 'matched', tolerated: ['pev-id'], strict: 'no-match-req' },
  'fixed-run-id': ok,
  slow: ok,
};

async function play(name: MisbehaviourName, evse: Partial<EvseSlacConfig>): Promise<Bench> {
  const { knobs, ...rest } = misbehaviours[name];
  const config = 'config' in rest ? rest.config : {};
  const bench = new Bench({ evse: { validate: 'full', pilotEdges: true, ...evse } });
  await bench.run(500);
  await bench.plugIn(bench.vehicle({ knobs, config }), 60_000);
  return bench;
}
const endOf = (bench: Bench): End => {
  const { at, failure } = bench.evse.state;
  if (at === 'matched') return 'matched';
  expect(at).toBe('failed');
  return failure?.code as CauseCode;
};

describe('a car that misbehaves', () => {
  it.each(Object.keys(misbehaviours) as MisbehaviourName[])(
    '%s: matched, or failed for a stated reason; nothing is left, and the next car matches',
    async (name) => {
      const { lenient, strict = lenient, tolerated = [], ended } = expected[name];
      for (const validation of ['lenient', 'strict'] as const) {
        const bench = await play(name, { validation });
        expect(endOf(bench), validation).toBe(validation === 'lenient' ? lenient : strict);
        const let_ = bench.of('tolerated').map(({ code }) => code);
        expect(new Set(let_), validation).toEqual(
          new Set(validation === 'lenient' ? tolerated : []),
        );
        if (ended && validation === 'lenient') {
          const codes = new Set(bench.of('session-failed').map(({ cause }) => cause.code));
          expect(codes).toEqual(new Set(ended));
        }
        const running = bench.evse.armed.filter((timer) => !/^(link_poll|modem_)/.test(timer));
        expect(running, validation).toEqual([]);
        expect(bench.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
        const [car] = bench.vehicles;
        expect(car?.pev.armed).toEqual([]);
        car?.pev.stop();
        car?.modem?.unplug();
        bench.evse.leaveBcd();
        await bench.run(1000);
        expect(await bench.plugIn(bench.vehicle()), validation).toMatchObject({ kind: 'matched' });
        bench.stop();
      }
    },
  );

  it('two cars: one gets the key, and the other one has an address and a run id of its own', async () => {
    const bench = await play('two-cars', {});
    const [first, second] = bench.of('matching-started');
    expect(first?.evMac).not.toBe(second?.evMac);
    expect(first?.runId).not.toBe(second?.runId);
    expect(bench.of('matched')).toMatchObject([{ evMac: first?.evMac }]);
    expect(bench.of('attenuation').map(({ evMac }) => evMac)).toContain(first?.evMac);
  });

  it('a flood: at most five sessions at any time, and the journal is not flooded', async () => {
    const { knobs } = misbehaviours['parm-flood'];
    const bench = new Bench();
    await bench.run(500);
    await bench.plugIn(bench.vehicle({ knobs }), 5);
    expect(bench.evse.state.sessions.length).toBeLessThanOrEqual(5);
    expect(bench.evse.armed.length).toBeLessThan(12);
    await bench.run(5000);
    const { length } = bench.reports;
    expect(length).toBeLessThan(82 * 6);
    expect(bench.of('suppressed')[0]?.reports).toBeGreaterThan(100);
  });

  it('frames of a stranger in plenty hide neither that matching began nor how the session went', async () => {
    const bench = new Bench();
    await bench.run(500);
    bench.evse.enterBcd();
    const junk = encodeFrame({
      name: 'CM_VALIDATE.REQ',
      ODA: 'ff:ff:ff:ff:ff:ff',
      OSA: '02:00:00:00:00:99',
      SignalType: 0,
      Timer: 0,
      Result: 1,
    });
    for (let i = 0; i < 500; i++) bench.evseLink.receive(junk);
    const car = bench.vehicle({ knobs: { noMatchReq: true } });
    void car.pev.start();
    for (let i = 0; i < 200; i++) {
      for (let j = 0; j < 5; j++) bench.evseLink.receive(junk);
      await bench.run(10);
    }
    expect(bench.of('suppressed').length).toBeGreaterThan(0);
    expect(bench.of('matching-started')).toMatchObject([{ evMac: car.mac }]);
    await bench.run(11_000);
    expect(bench.of('session-failed')).toHaveLength(1);
  });

  it('matching that begins is told however many sessions began in the same second', async () => {
    const t = new Tester();
    const run = (n: number) => ({ RunID: n.toString(16).padStart(16, '0') });
    for (let n = 1; n <= 100; n++) t.wire.send(encodeFrame({ ...parm, ...run(n) } as Sendable));
    await t.bench.run(1);
    expect(t.bench.of('matching-started').length).toBeLessThan(50);
    t.bench.evse.leaveBcd();
    t.bench.evse.enterBcd();
    await t.send(parm, run(500));
    expect(t.bench.of('matching-started').at(-1)).toMatchObject({ runId: run(500).RunID });
  });

  it('each is described in docs/slac.md', () => {
    const file = new URL('../../../docs/slac.md', import.meta.url);
    expect(existsSync(file)).toBe(true);
    const text = readFileSync(file, 'utf8');
    for (const [name, { what }] of Object.entries(misbehaviours))
      expect(text).toMatch(
        new RegExp(`\\| ${name} +\\| ${what.replace(/[.*+?^$()]/g, '\\$&')} +\\|`),
      );
  });
});
