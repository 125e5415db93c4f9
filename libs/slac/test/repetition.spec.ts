import { readFileSync } from 'node:fs';
import { millis, Secret } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { nidOf } from '../src/index.ts';
import { Bench, EVSE, sha256 } from './bench.ts';
import { match, parm, profile, rsp, start, Tester } from './tester.ts';

const docs = new URL('../../../docs/slac.md', import.meta.url);
const run = (n: number) => ({ RunID: n.toString(16).padStart(16, '0') });

describe('failed matching', () => {
  it('[V2G3-A09-125] C_conn_max_match processes are allowed within TT_matching_repetition', async () => {
    const t = new Tester();
    for (let n = 1; n <= 3; n++) {
      expect(t.bench.of('failed')).toEqual([]);
      await t.send(parm, run(n));
      await t.bench.run(450);
    }
    expect(t.bench.of('session-failed')).toHaveLength(3);
    expect(t.bench.of('failed')).toMatchObject([{ cause: { code: 'no-start-atten-char' } }]);
    await t.send(parm, run(4));
    expect(t.sent('CM_SLAC_PARM.CNF')).toHaveLength(3);
    t.bench.evse.enterBcd();
    await t.send(parm, run(5));
    expect(t.sent('CM_SLAC_PARM.CNF')).toHaveLength(4);
  });

  it('[V2G3-A09-124] the window begins with the first that failed, and ends by itself', async () => {
    const t = await new Tester().send(parm, run(1));
    await t.bench.run(450);
    await t.bench.run(9000);
    await t.send(parm, run(2)); // 9.05 s after the first failed
    await t.bench.run(450);
    expect(t.bench.of('failed')).toEqual([]);
    await t.bench.run(600);
    expect(t.bench.of('failed')).toHaveLength(1);
    expect(t.bench.evse.armed).toEqual([]);
  });

  it('a process that outlasts the window is not cut off, but is the last', async () => {
    const t = await new Tester().send(parm, run(1));
    await t.bench.run(450 + 9000);
    await t.upTo('rsp');
    await t.bench.run(2000);
    expect(t.bench.of('failed')).toEqual([]);
    expect(t.at).toBe('wait-match');
    await t.bench.run(8100);
    expect(t.bench.of('failed')).toMatchObject([{ cause: { code: 'no-match-req' } }]);
  });

  it('a car that begins anew without end does not keep matching alive', async () => {
    const t = new Tester();
    const began = t.bench.clock.monotonic();
    for (let n = 1; n <= 600 && t.bench.of('failed').length === 0; n++) {
      await t.send(parm, run(n));
      await t.bench.run(299);
    }
    expect(t.bench.of('failed')).toMatchObject([{ cause: { code: 'restarted' } }]);
    // docs/slac.md, "Timers"
    const said = /^\| matching_process +\| ([\d.]+) s/m.exec(readFileSync(docs, 'utf8'))?.[1];
    const took = t.bench.clock.monotonic() - began;
    expect(Math.abs(took - Number(said) * 1000)).toBeLessThan(400);
    expect(t.bench.evse.armed).toEqual([]);
    t.bench.evse.enterBcd();
    await t.upTo('rsp');
    await t.send(match);
    expect(t.bench.evse.state.at).toBe('matched');
  });

  it('nor does one that takes the key each time and begins anew', async () => {
    const t = new Tester();
    for (let n = 1; n <= 600 && t.bench.of('failed').length === 0; n++) {
      const so = { RunID: run(n).RunID };
      await t.send(parm, so);
      await t.send(start, so);
      for (let i = 0; i < 10; i++) await t.send(profile);
      await t.bench.run(60);
      await t.send(rsp, so);
      await t.send(match, so);
      await t.bench.run(1000);
    }
    expect(t.bench.of('failed')).toHaveLength(1);
  });

  it('the slowest car, whose second process begins as the window closes, is waited for', async () => {
    const t = await new Tester().upTo('rsp');
    await t.bench.run(10_100);
    expect(t.bench.of('session-failed')).toHaveLength(1);
    await t.bench.run(9000);
    await t.send(parm, run(9));
    await t.send(start, run(9));
    for (let i = 0; i < 10; i++) await t.send(profile);
    await t.bench.run(60);
    await t.send(rsp, run(9));
    await t.bench.run(9000);
    await t.send(match, run(9));
    expect(t.bench.evse.state.at).toBe('matched');
  });

  it('more processes can be configured, and none at all', async () => {
    const five = new Tester({ maxMatches: 5 });
    for (let n = 1; n <= 5; n++) await (await five.send(parm, run(n))).bench.run(450);
    expect(five.sent('CM_SLAC_PARM.CNF')).toHaveLength(5);
    expect(five.bench.of('failed')).toHaveLength(1);
    const none = new Tester({ failedBehaviour: 'fail' });
    await (await none.send(parm, run(1))).bench.run(450);
    expect(none.bench.of('failed')).toHaveLength(1);
  });

  it('timers that are set are the ones that run', async () => {
    const timers = { TT_match_sequence: millis(300), TT_EVSE_match_MNBC: millis(800) };
    const t = await new Tester({ timers }).send(parm);
    expect(t.sent('CM_SLAC_PARM.CNF')).toMatchObject([{ Time_Out: 8 }]);
    await t.bench.run(280);
    expect(t.at).toBe('wait-start');
    await t.bench.run(40);
    expect(t.at).toBe('failed');
  });

  it('a setting out of range is refused at the start', () => {
    expect(() => new Bench({ evse: { timers: { TT_match_join: millis(1) } } })).toThrow(
      'TT_match_join is 1 ms: it may be from 5 s to 30 s (12 s, ISO 15118-3, Table A.1)',
    );
    const bench = new Bench();
    expect(() => bench.vehicle({ config: { toggles: 4 } })).toThrow('toggles is 4');
    expect(() =>
      bench.vehicle({ config: { timers: { TP_EV_batch_msg_interval: millis(5) } } }),
    ).toThrow('TP_EV_batch_msg_interval is 5 ms: it may be from 20 ms to 50 ms');
  });
});

describe('network keys', () => {
  /** The keys that the modem had, one for each time it was asked. */
  async function keys(evse: object): Promise<string[]> {
    const bench = new Bench({ evse });
    await bench.run(500);
    const seen = [bench.modem?.key ?? ''];
    await bench.plugIn(bench.vehicle());
    bench.evse.leaveBcd();
    await bench.run(500);
    seen.push(bench.modem?.key ?? '');
    bench.evse.enterBcd();
    bench.evse.leaveBcd();
    await bench.run(500);
    seen.push(bench.modem?.key ?? '');
    return seen;
  }

  it('[V2G3-M09-17] are new when one was given, at each end, or never', async () => {
    const [a, b, c] = await keys({});
    expect(new Set([a, b])).toHaveLength(2);
    expect(c).toBe(b);
    expect(new Set(await keys({ renewKey: 'always' }))).toHaveLength(3);
    expect(new Set(await keys({ renewKey: 'never' }))).toHaveLength(1);
  });

  it('a fixed key of a lab is used with the NID that belongs to it', async () => {
    const nmk = Uint8Array.from({ length: 16 }, (_, i) => i + 1);
    const fixedKey = new Secret(nmk);
    expect(new Set(await keys({ fixedKey }))).toEqual(
      new Set(['0102030405060708090a0b0c0d0e0f10']),
    );
    const t = await new Tester({ fixedKey }).upTo('rsp');
    await t.send(match);
    expect(t.sent('CM_SLAC_MATCH.CNF')).toMatchObject([
      { NID: nidOf(nmk, sha256), EVSE_MAC: EVSE },
    ]);
    expect(JSON.stringify(t.bench.reports)).not.toContain('0102030405060708090a0b0c0d0e0f10');
  });

  it('two sessions never share one: 200 matchings, 200 keys', async () => {
    const given = new Set<string>();
    const t = new Tester();
    for (let n = 0; n < 200; n++) {
      t.bench.evse.enterBcd();
      await t.upTo('rsp');
      await t.send(match);
      const cnf = t.sent('CM_SLAC_MATCH.CNF').at(-1);
      given.add(`${cnf?.NID} ${String(cnf?.NMK.reveal())}`);
      t.bench.evse.leaveBcd();
      t.bench.bus.sent.length = 0;
    }
    expect(given.size).toBe(200);
  });
});
