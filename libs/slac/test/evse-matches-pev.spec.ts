import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../src/index.ts';
import { Bench } from './bench.ts';

describe('a charger and a car', () => {
  it('match: the link stands with a key that only the two have', async () => {
    const bench = new Bench();
    await bench.run(500);
    expect(bench.evse.state).toMatchObject({
      at: 'unmatched',
      modem: { at: 'ready', vendor: 'qualcomm', mac: '00:01:87:00:ee:01' },
    });
    const car = bench.vehicle();
    const result = await bench.plugIn(car);
    expect(result).toMatchObject({ kind: 'matched', evseMac: '02:00:00:00:ee:01', linkSeen: true });
    expect(bench.evse.state).toMatchObject({
      at: 'matched',
      match: { evMac: car.mac, linkSeen: true },
      nid: result?.kind === 'matched' ? result.nid : '',
    });
    expect(car.modem?.key).toBe(bench.modem?.key);
    expect(bench.reports.filter((r) => r.kind !== 'frame').map((r) => r.kind)).toEqual([
      'modem',
      'modem',
      'waiting',
      'matching-started',
      'attenuation',
      'confirmed',
      'link',
      'matched',
      'network',
    ]);
    expect(bench.of('attenuation')[0]).toMatchObject({ profiles: 10, soundsHeard: 10 });
    expect(bench.of('attenuation')[0]?.meanDb).toBeCloseTo(25, 0);
    bench.stop();
    expect(bench.evse.armed).toEqual([]);
  });

  it('send each frame of the good path once, in order, within the standard times', async () => {
    const bench = new Bench();
    await bench.run(500);
    bench.bus.sent.length = 0;
    await bench.plugIn(bench.vehicle(), 2000);
    const names = bench.bus.names.filter((name) => name.startsWith('CM_'));
    expect(names.filter((name) => !/SOUND|PROFILE|START/.test(name))).toEqual([
      'CM_SLAC_PARM.REQ',
      'CM_SLAC_PARM.CNF',
      'CM_ATTEN_CHAR.IND',
      'CM_ATTEN_CHAR.RSP',
      'CM_SLAC_MATCH.REQ',
      'CM_SLAC_MATCH.CNF',
      'CM_SET_KEY.REQ',
      'CM_SET_KEY.CNF',
    ]);
    expect(names.filter((name) => name === 'CM_MNBC_SOUND.IND')).toHaveLength(10);
    expect(names.filter((name) => name === 'CM_ATTEN_PROFILE.IND')).toHaveLength(10);
    expect(names.filter((name) => name === 'CM_START_ATTEN_CHAR.IND')).toHaveLength(3);
    const frames = bench.of('frame');
    const cnf = frames.find((frame) => frame.name === 'CM_SLAC_PARM.CNF');
    const ind = frames.find((frame) => frame.name === 'CM_ATTEN_CHAR.IND');
    expect(cnf?.sinceMs).toBeLessThanOrEqual(100); // TP_match_response
    expect(ind?.sinceMs).toBeLessThanOrEqual(100); // TP_EVSE_avg_atten_calc
  });

  it('match when no modem answers on either side, and say that the link was not seen', async () => {
    const bench = new Bench({ modem: { deafFor: 1e9 } });
    await bench.run(12_000);
    expect(bench.of('modem')).toMatchObject([{ state: 'no-answer' }]);
    const car = bench.vehicle({ modem: false });
    expect(await bench.plugIn(car)).toMatchObject({ kind: 'matched', linkSeen: false });
    expect(bench.of('matched')).toMatchObject([{ linkSeen: false }]);
    const asked = bench.count('CM_SET_KEY.REQ');
    await bench.run(20_000);
    expect(bench.count('CM_SET_KEY.REQ') - asked).toBeLessThanOrEqual(4);
    expect(bench.of('modem')).toHaveLength(1);
  });

  it('find a modem that comes late, and tell', async () => {
    const bench = new Bench({ modem: { deafFor: 14 } });
    await bench.run(60_000);
    expect(bench.of('modem').map((report) => report.state)).toEqual([
      'no-answer',
      'ready',
      'found',
    ]);
    expect(bench.evse.state.modem).toMatchObject({ at: 'ready', vendor: 'qualcomm' });
  });

  it('[V2G3-M09-17] use a new key after each session, and none when nobody got it', async () => {
    const bench = new Bench();
    await bench.run(500);
    const first = bench.modem?.key;
    await bench.plugIn(bench.vehicle());
    bench.evse.leaveBcd();
    await bench.run(500);
    const second = bench.modem?.key;
    expect(second).not.toBe(first);
    expect(bench.of('ended')).toEqual([{ kind: 'ended', why: 'unplugged' }]);
    bench.evse.enterBcd();
    await bench.run(500);
    bench.evse.leaveBcd();
    await bench.run(500);
    expect(bench.modem?.key).toBe(second);
    expect(await bench.plugIn(bench.vehicle())).toMatchObject({ kind: 'matched', linkSeen: true });
  });

  it('keep the key over a pause, and come back without matching again', async () => {
    const bench = new Bench();
    await bench.run(500);
    await bench.plugIn(bench.vehicle());
    const key = bench.modem?.key;
    bench.evse.pause();
    await bench.run(30_000);
    expect(bench.evse.state.at).toBe('paused');
    bench.evse.enterBcd();
    await bench.run(1000);
    expect(bench.evse.state).toMatchObject({ at: 'matched', match: { linkSeen: true } });
    expect(bench.modem?.key).toBe(key);
  });

  it('report a lost link once, leave the network, and match again', async () => {
    const bench = new Bench();
    await bench.run(500);
    const car = bench.vehicle();
    await bench.plugIn(car);
    car.modem?.unplug();
    await bench.run(10_000);
    expect(bench.of('link').map((report) => report.up)).toEqual([true, false]);
    expect(bench.of('failed')).toMatchObject([{ cause: { code: 'link-lost' } }]);
    expect(bench.evse.state.next).not.toBe('');
    const other = bench.vehicle();
    expect(await bench.plugIn(other)).toMatchObject({ kind: 'matched', linkSeen: true });
  });

  it('match after the interface of the charger came back with another address', async () => {
    const bench = new Bench({ modem: { host: '02:00:00:00:ee:02' } });
    await bench.run(500);
    bench.evseLink.mac[5] = 0x02;
    bench.evse.leaveBcd();
    await bench.run(2000);
    const car = bench.vehicle();
    const result = await bench.plugIn(car);
    expect(result).toMatchObject({ kind: 'matched', evseMac: '02:00:00:00:ee:02' });
  });

  it('never put a network key into a report, a log line or the shown state', async () => {
    const bench = new Bench();
    await bench.run(500);
    await bench.plugIn(bench.vehicle());
    const key = bench.modem?.key ?? '';
    expect(key).toHaveLength(32);
    const told = JSON.stringify([bench.reports, bench.log.lines, bench.evse.state]).toLowerCase();
    expect(told).not.toContain(key);
    const pev = JSON.stringify(bench.vehicles.map((vehicle) => [vehicle.reports, vehicle.result]));
    expect(pev.toLowerCase()).not.toContain(key);
    expect(told).toContain('cm_slac_match.cnf');
  });

  it('send the answer to a request before anything is told of it, and tell all in order', async () => {
    const bench = new Bench();
    await bench.run(500);
    const order: string[] = [];
    const carry = bench.evseLink.send.bind(bench.evseLink);
    bench.evseLink.send = (bytes) => {
      order.push(`sent ${decodeFrame(bytes).name}`);
      carry(bytes);
    };
    const push = bench.reports.push.bind(bench.reports);
    bench.reports.push = (...told) => {
      for (const report of told)
        order.push(report.kind === 'frame' ? `told ${report.name}` : `told ${report.kind}`);
      return push(...told);
    };
    await bench.plugIn(bench.vehicle());
    const at = order.indexOf('sent CM_SLAC_PARM.CNF');
    expect(order.slice(at, at + 4)).toEqual([
      'sent CM_SLAC_PARM.CNF',
      'told CM_SLAC_PARM.REQ',
      'told matching-started',
      'told CM_SLAC_PARM.CNF',
    ]);
  });

  it('go on when one who is told throws', async () => {
    const bench = new Bench();
    await bench.run(500);
    bench.reports.push = () => {
      throw new Error('no');
    };
    expect(await bench.plugIn(bench.vehicle())).toMatchObject({ kind: 'matched' });
  });

  it('answer nothing to a car while the pilot is in state A', async () => {
    const bench = new Bench();
    await bench.run(500);
    const car = bench.vehicle();
    void car.pev.start();
    await bench.run(5000);
    expect(bench.count('CM_SLAC_PARM.CNF')).toBe(0);
    expect(car.pev.state).toBe('failed');
  });

  it('say that the car never asked when TT_EVSE_SLAC_init is over, and match on the next try', async () => {
    const bench = new Bench();
    await bench.run(500);
    bench.evse.enterBcd();
    await bench.run(39_900);
    expect(bench.of('failed')).toEqual([]);
    await bench.run(200);
    expect(bench.of('failed')).toMatchObject([{ cause: { code: 'no-parm-req' } }]);
    expect(bench.evse.state).toMatchObject({ at: 'failed', failure: { code: 'no-parm-req' } });
    expect(await bench.plugIn(bench.vehicle())).toMatchObject({ kind: 'matched' });
  });
});
