import { readFileSync } from 'node:fs';
import { fromHex, millis, Secret, toHex } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import {
  type Attempt,
  decodeFrame,
  encodeFrame,
  pcapOf,
  type StepName,
  type Sendable,
  waitingOf,
} from '../src/index.ts';
import { Bench, dropFirst, EVSE } from './bench.ts';
import { byHand, CAR, car, profile, recordedBench, RUN } from './recording.ts';
import { CAR as TESTED, parm, Tester } from './tester.ts';

const step = (attempt: Attempt, name: StepName) => attempt.steps.find((one) => one.step === name);
const names = (attempt: Attempt) => attempt.frames.map(({ name }) => name);

async function matchedAttempt(options: Parameters<typeof recordedBench>[0] = {}, vehicle = {}) {
  const recorded = recordedBench(options);
  await recorded.bench.run(500);
  await recorded.bench.plugIn(recorded.bench.vehicle(vehicle));
  return recorded;
}

describe('a matched attempt', () => {
  it('holds who, each sound with its number, every rung within its limit, the modem and the key never', async () => {
    const { bench, attempt, told } = await matchedAttempt({ session: () => 'session-1' });
    expect(told.filter((one) => one === 'began' || one === 'finished')).toEqual([
      'began',
      'finished',
    ]);
    expect(attempt).toMatchObject({
      id: 'attempt-1',
      session: 'session-1',
      cycle: 1,
      result: 'matched',
      linkSeen: true,
      evMac: bench.vehicles[0]?.mac,
      evseMac: EVSE,
      nid: bench.evse.state.nid,
      framesLeftOut: 0,
      processesIn10s: 1,
      foreignEvs: [],
      retries: { parmReq: 0, attenCharInd: 0, matchReq: 0, setKey: 0 },
      modem: { vendor: 'qualcomm', mac: '00:01:87:00:ee:01', setKey: { requests: 1, result: 1 } },
    });
    const [process] = attempt.processes;
    expect(process).toMatchObject({
      result: 'matched',
      announced: 10,
      unheard: [],
      unmeasured: [],
    });
    expect(process?.sounds.map(({ cnt }) => cnt)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    for (const { meanDb } of process?.sounds ?? []) expect(meanDb).toBeCloseTo(25, -1);
    expect(process?.attenuation).toMatchObject({ profiles: 10, soundsHeard: 10 });
    expect(process?.attenuation?.groups).toHaveLength(58);
    expect(attempt.steps.map(({ state }) => state)).toEqual(Array(9).fill('done'));
    for (const one of attempt.steps) expect(one).toMatchObject({ level: 'ok' });
    const key = bench.modem?.key ?? '';
    expect(key).toMatch(/[1-9a-f]/);
    expect(JSON.stringify(attempt)).not.toContain(key);
  });

  it('tells frames by who sent them, with times, sizes and the bytes of the wire but the key', async () => {
    const { bench, attempt } = await matchedAttempt();
    const of = (name: string) => attempt.frames.find((frame) => frame.name === name);
    expect(of('CM_SLAC_PARM.REQ')).toMatchObject({ from: 'ev', to: 'evse', direction: 'in', n: 1 });
    expect(of('CM_ATTEN_PROFILE.IND')).toMatchObject({ from: 'modem', to: 'evse' });
    expect(of('CM_SLAC_MATCH.CNF')).toMatchObject({ from: 'evse', to: 'ev', length: 109 });
    const confirmation = decodeFrame(fromHex(of('CM_SLAC_MATCH.CNF')?.hex ?? ''));
    expect(confirmation.name === 'CM_SLAC_MATCH.CNF' && confirmation.NMK.reveal()).toEqual(
      new Uint8Array(16),
    );
    const wire = bench.bus.sent.map(({ bytes }) => toHex(bytes));
    for (const frame of attempt.frames)
      if (frame.name !== 'CM_SLAC_MATCH.CNF') expect(wire).toContain(frame.hex);
    const [first, second] = attempt.frames;
    expect(second?.sinceMs).toBeCloseTo((second?.at ?? 0) - (first?.at ?? 0));
  });

  it('is what the next one of the outlet is compared with, also after a restart', async () => {
    const recorded = await matchedAttempt();
    const first = recorded.attempt;
    expect(first.lastGood).toBeUndefined();
    recorded.bench.evse.leaveBcd();
    await recorded.bench.run(1000);
    await recorded.bench.plugIn(recorded.bench.vehicle({ knobs: { noMatchReq: true } }), 60_000);
    const lastGood = {
      attempt: 'attempt-1',
      began: first.began,
      evMac: first.evMac,
      groups: first.processes[0]?.attenuation?.groups,
      meanDb: first.processes[0]?.attenuation?.meanDb,
    };
    expect(recorded.attempt).toMatchObject({ id: 'attempt-2', result: 'failed', lastGood });
    const later = recordedBench();
    later.recorder.lastGoodIs(lastGood as never);
    later.bench.evse.enterBcd();
    expect(later.attempt.lastGood).toEqual(lastGood);
  });

  it('goes on when the car repeats its request, and tells when the link is lost', async () => {
    const recorded = await matchedAttempt();
    const { bench } = recorded;
    bench.vehicles[0]?.modem?.unplug();
    await bench.run(2000);
    expect(recorded.attempt).toMatchObject({
      result: 'matched',
      linkLostAt: expect.any(Number),
      verdict: { code: 'link-lost' },
    });
    expect(recorded.told.at(-1)).toBe('nothing');
    expect(recorded.told).toContain('amended');
    expect(recorded.finished).toHaveLength(1);
  });
});

describe('times and retries', () => {
  it('a lost confirmation of the parameters: one retry, and the rung counts from the last request', async () => {
    const { attempt } = await matchedAttempt({
      bus: { drop: dropFirst('CM_SLAC_PARM.CNF', 1) },
    });
    expect(attempt.retries).toMatchObject({ parmReq: 1, matchReq: 0 });
    expect(step(attempt, 'parameters')).toMatchObject({ state: 'done', elapsedMs: 0 });
    expect(attempt.processes).toHaveLength(1);
  });

  it('sounds lost on the wire and profiles lost in the modem: each by its number', async () => {
    const gone = new Set([7, 3]);
    const { attempt } = await matchedAttempt({
      bus: { drop: (frame) => frame.name === 'CM_MNBC_SOUND.IND' && gone.has(frame.Cnt) },
      modem: { skipProfiles: 1 },
    });
    const [process] = attempt.processes;
    expect(process).toMatchObject({ unheard: [7, 3], unmeasured: [9] });
    expect(process?.attenuation).toMatchObject({ profiles: 7, soundsHeard: 8 });
    // averaging counts from the end of TT_EVSE_match_MNBC, not from the last profile that came
    expect(step(attempt, 'average')).toMatchObject({ elapsedMs: 45, level: 'ok' });
  });

  it.each([
    [100, 'ok'],
    [319, 'ok'],
    [320, 'near'],
    [399, 'near'],
  ] as const)('%i ms to the begin of sounding are %s', async (ms, level) => {
    const { bench, attempt } = await startedAfter(ms);
    expect(step(attempt, 'start')).toMatchObject({ elapsedMs: ms, limitMs: 400, level });
    bench.stop();
  });
  async function startedAfter(ms: number) {
    const recorded = recordedBench();
    const { bench } = recorded;
    await bench.run(500);
    bench.evse.enterBcd();
    const by = byHand(bench);
    by.send(car.parmReq());
    await bench.run(ms);
    by.send(car.start());
    await bench.run(1);
    return { bench, attempt: recorded.attempt };
  }

  it('a car that takes 900 ms to choose is over its own time, and is waited for', async () => {
    const recorded = recordedBench({
      modem: false,
      evse: { modemVendor: 'none', linkDetection: 'never' },
    });
    const { bench } = recorded;
    const by = byHand(bench);
    await by.sounded(25);
    by.send(car.response());
    await bench.run(900);
    by.send(car.matchReq());
    await bench.run(10);
    expect(step(recorded.attempt, 'choice')).toMatchObject({
      timer: 'TP_EV_match_session',
      elapsedMs: 900,
      level: 'over',
      patience: { timer: 'TT_EVSE_match_session', limitMs: 10_000 },
    });
    expect(recorded.attempt.result).toBe('matched');
  });

  it('the rung where it ended is missing, those behind it were not reached', async () => {
    const recorded = recordedBench();
    await recorded.bench.run(500);
    await recorded.bench.plugIn(recorded.bench.vehicle({ knobs: { noMatchReq: true } }), 60_000);
    expect(recorded.attempt.steps.map(({ step: name, state }) => `${name} ${state}`)).toEqual([
      'init done',
      'parameters done',
      'start done',
      'sounds done',
      'average done',
      'response done',
      'choice missing',
      'confirmation not-reached',
      'join not-reached',
    ]);
  });

  it('attempts of one session are counted, and so are the processes within ten seconds', async () => {
    let session: string | undefined = 's1';
    const recorded = recordedBench({ session: () => session });
    const { bench } = recorded;
    await bench.run(500);
    for (let i = 1; i <= 3; i++) {
      bench.evse.enterBcd();
      await bench.run(41_000);
      expect(recorded.attempt).toMatchObject({ cycle: i, verdict: { code: 'no-parm-req' } });
    }
    session = 's2';
    bench.evse.enterBcd();
    for (let i = 1; i <= 3; i++) {
      byHand(bench).send(car.parmReq({ RunID: `0${i}`.repeat(8) }));
      await bench.run(1000);
    }
    expect(recorded.attempt).toMatchObject({ cycle: 1, processesIn10s: 3 });
    expect(recorded.attempt.processes.map(({ result }) => result).toSorted()).toEqual([
      'failed',
      'failed',
      'failed',
    ]);
  });

  it('a printable run id is shown as text', async () => {
    const runId = toHex(new TextEncoder().encode('TESLA EV'));
    const { attempt } = await matchedAttempt({}, { knobs: { runId } });
    expect(attempt).toMatchObject({ runId, runIdText: 'TESLA EV' });
  });

  it('another car on the wire is told apart, and what it sends is kept too', async () => {
    const recorded = recordedBench();
    const { bench } = recorded;
    await bench.run(500);
    const one = bench.vehicle();
    const two = bench.vehicle({ knobs: { startDelay: millis(77) } });
    void two.pev.start();
    await bench.plugIn(one, 30_000);
    expect(recorded.attempt).toMatchObject({ evMac: one.mac, foreignEvs: [two.mac] });
    expect(recorded.attempt.processes[1]).toMatchObject({
      evMac: two.mac,
      result: 'failed',
      cause: 'displaced',
    });
  });
});

describe('what a stranger sends', () => {
  it('leaves the attempt bounded, and the real car in it', async () => {
    const recorded = recordedBench();
    const { bench } = recorded;
    await bench.run(500);
    const random = new SeededRandom(5);
    const wire = byHand(bench);
    bench.evse.enterBcd();
    const hex = (bytes: number) => toHex(Uint8Array.from({ length: bytes }, () => random.int(256)));
    for (let i = 0; i < 4000; i++) {
      const mac = `02${hex(5)}`;
      wire.send(car.parmReq({ OSA: mac, RunID: hex(8), trailing: hex(1500) }));
      wire.send(car.sound(3, { RunID: hex(8) }), profile(20, { PEV_MAC: mac }));
      wire.send({
        name: 'UNKNOWN',
        ODA: EVSE,
        OSA: CAR,
        MMTYPE: random.int(65_536),
        payload: hex(40),
      });
      if (i % 40 === 0) await bench.run(60);
    }
    const flooded = recorded.attempt;
    expect(flooded.frames.length).toBeLessThanOrEqual(200);
    expect(flooded.framesLeftOut).toBeGreaterThan(0);
    expect(flooded.processes.length).toBeLessThanOrEqual(10);
    expect(flooded.suppressed).toBeGreaterThan(0);
    expect(JSON.stringify(flooded).length).toBeLessThan(400_000);
    await bench.run(30_000);
    bench.evse.leaveBcd();
    const car2 = bench.vehicle();
    await bench.plugIn(car2);
    expect(recorded.attempt).toMatchObject({ result: 'matched', evMac: car2.mac });
  });

  it('a key in a frame that somebody sends is not kept, wherever it stands', async () => {
    const recorded = recordedBench();
    const { bench } = recorded;
    await bench.run(500);
    bench.evse.enterBcd();
    const key = 'c0ffee00c0ffee11c0ffee22c0ffee33';
    const secret = new Secret(fromHex(key));
    const match = { ...car.matchReq(), name: 'CM_SLAC_MATCH.CNF' as const, MVFLength: 86 };
    const nonces = { MyNonce: '00000000', YourNonce: '00000000', PID: 4, PRN: '0000', PMN: 0 };
    byHand(bench).send(
      { ...match, NID: '0'.repeat(14), RSVD2: 0, NMK: secret, trailing: key } as never,
      {
        name: 'CM_GET_KEY.CNF',
        ODA: EVSE,
        OSA: CAR,
        Result: 0,
        KeyType: 1,
        ...nonces,
        NID: '0'.repeat(14),
        EKS: 1,
        NMK: secret,
      } as never,
      {
        name: 'CM_SET_KEY.REQ',
        ODA: EVSE,
        OSA: CAR,
        KeyType: 1,
        ...nonces,
        'CCo capability': 0,
        NID: '0'.repeat(14),
        NewEKS: 1,
        NewKey: secret,
      } as never,
    );
    await bench.run(10);
    expect(names(recorded.attempt)).toEqual([
      'CM_SLAC_MATCH.CNF',
      'CM_GET_KEY.CNF',
      'CM_SET_KEY.REQ',
    ]);
    expect(JSON.stringify(recorded.attempt)).not.toContain(key);
    expect(toHex(pcapOf(recorded.attempt))).not.toContain(key);
  });
});

describe('recorded matches between implementations that are not ours', () => {
  const captures = JSON.parse(
    readFileSync(new URL('fixtures/captures.json', import.meta.url), 'utf8'),
  ) as Record<string, { readonly t: number; readonly name: string; readonly hex: string }[]>;
  const theirs = /^CM_(SLAC_PARM.REQ|START_ATTEN|MNBC|ATTEN_PROFILE|ATTEN_CHAR.RSP|SLAC_MATCH.REQ)/;

  it.each([
    ['02_qca_evse_vs_qca_pev.evse0', 10, []],
    ['09_everest_evse_pev_3_profiles_lost.evse0', 7, 3],
    ['16_node_evse_vs_everest_ev.evse0', 10, []],
  ] as const)('%s: %i profiles', async (name, profiles, unmeasured) => {
    const recorded = recordedBench({
      modem: false,
      evse: { modemVendor: 'none', linkDetection: 'never' },
    });
    const { bench } = recorded;
    const wire = bench.bus.join('02:00:00:00:00:99');
    bench.evse.enterBcd();
    const frames = (captures[name] ?? []).filter((frame) => theirs.test(frame.name));
    let last = frames[0]?.t ?? 0;
    for (const frame of frames) {
      await bench.clock.run(millis(Math.max(0, frame.t - last)), 1);
      // a reaction that ours has not yet made: the other half waits for it
      const wanted = frame.name.endsWith('RSP') ? 'CM_ATTEN_CHAR.IND' : undefined;
      for (let ms = 0; wanted && ms < 700 && bench.count(wanted) === 0; ms++) await bench.run(1);
      wire.send(fromHex(frame.hex));
      await bench.run(1);
      last = frame.t;
    }
    await bench.run(100);
    const [process] = recorded.attempt.processes;
    expect(recorded.attempt.result).toBe('matched');
    expect(process?.attenuation?.profiles).toBe(profiles);
    if (typeof unmeasured === 'number') expect(process?.unmeasured).toHaveLength(unmeasured);
    else expect(process?.unmeasured).toEqual(unmeasured);
    expect(process?.sounds).toHaveLength(10);
  });
});

describe('the capture file', () => {
  it('has each frame with its time and its bytes', async () => {
    const { attempt } = await matchedAttempt();
    const bytes = pcapOf(attempt);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    expect(view.getUint32(0, true)).toBe(0xa1b2c3d4);
    expect(view.getUint32(20, true)).toBe(1);
    let offset = 24;
    for (const frame of attempt.frames) {
      const time = view.getUint32(offset, true) * 1000 + view.getUint32(offset + 4, true) / 1000;
      expect(time).toBeCloseTo(attempt.began + frame.at, 2);
      const length = view.getUint32(offset + 8, true);
      expect(toHex(bytes.subarray(offset + 16, offset + 16 + length))).toBe(frame.hex);
      offset += 16 + length;
    }
    expect(offset).toBe(bytes.length);
  });
});

describe('what is waited for', () => {
  const waiting = ({ evse, clock }: Bench) => {
    const now = { now: clock.monotonic(), wall: clock.now() };
    const found = waitingOf(evse.state, now);
    return found && { ...found, until: found.until - now.wall };
  };

  it('by the name of its timer, with the rest of the time', async () => {
    const bench = new Bench();
    await bench.run(500);
    expect(waiting(bench)).toBeUndefined();
    bench.evse.enterBcd();
    await bench.run(10_000);
    expect(waiting(bench)).toEqual({
      timer: 'TT_EVSE_SLAC_init',
      limitMs: 40_000,
      until: 30_000,
      awaits: 'CM_SLAC_PARM.REQ',
    });
    const by = byHand(bench);
    by.send(car.parmReq());
    await bench.run(100);
    expect(waiting(bench)).toMatchObject({ timer: 'TT_match_sequence', until: 300 });
    by.send(car.start());
    await bench.run(100);
    expect(waiting(bench)).toMatchObject({ timer: 'TT_EVSE_match_MNBC', until: 500 });
    await bench.run(20_000);
    expect(bench.evse.state.at).toBe('failed');
    expect(waiting(bench)).toBeUndefined();
  });

  it('of several cars the one that came farthest; when all failed, another try', async () => {
    const bench = new Bench();
    await bench.run(500);
    bench.evse.enterBcd();
    const by = byHand(bench);
    by.send(car.parmReq(), car.start());
    by.send(car.parmReq({ OSA: '02:00:00:00:bb:01', RunID: RUN }));
    await bench.run(50);
    expect(waiting(bench)).toMatchObject({ timer: 'TT_EVSE_match_MNBC' });
    await bench.run(1000);
    expect(waiting(bench)).toMatchObject({
      timer: 'TT_matching_repetition',
      awaits: 'CM_SLAC_PARM.REQ',
    });
  });
});

describe('what is waited for, by the timer that really runs', () => {
  const rest = (t: Tester) => {
    const { clock, evse } = t.bench;
    const now = { now: clock.monotonic(), wall: clock.now() };
    const found = waitingOf(evse.state, now);
    return found && { ...found, until: found.until - now.wall };
  };
  const request: Sendable = {
    name: 'CM_VALIDATE.REQ',
    ODA: EVSE,
    OSA: TESTED,
    SignalType: 0,
    Timer: 0,
    Result: 1,
  };

  it('while a car validates', async () => {
    const t = await new Tester({ validate: 'full', pilotEdges: true }).upTo('rsp');
    await t.send(request);
    await t.bench.run(499); // the confirmation went out again meanwhile
    expect(rest(t)).toMatchObject({
      timer: 'TT_match_sequence',
      awaits: 'CM_VALIDATE.REQ',
      until: 300,
    });
    await t.send(request, { Timer: 19 });
    expect(rest(t)).toMatchObject({ timer: 'TT_EVSE_vald_toggle', limitMs: 2000 });
    t.bench.evse.pilotEdge('C', t.bench.clock.monotonic());
    await t.bench.run(300);
    t.bench.evse.pilotEdge('B', t.bench.clock.monotonic());
    await t.bench.run(1750);
    expect(t.at).toBe('validated');
    expect(rest(t)).toMatchObject({ timer: 'TT_match_sequence', awaits: 'CM_SLAC_MATCH.REQ' });
  });

  it('between processes, from the first that failed on', async () => {
    const t = await new Tester().send(parm);
    await t.bench.run(450);
    await t.bench.run(6000);
    await t.send(parm, { RunID: '0000000000000009' });
    await t.bench.run(500);
    const left = rest(t);
    expect(left).toMatchObject({ timer: 'TT_matching_repetition' });
    await t.bench.run((left?.until ?? 0) - 10);
    expect(t.bench.of('failed')).toEqual([]);
    await t.bench.run(20);
    expect(t.bench.of('failed')).toHaveLength(1);
  });
});

it('encodes what the tests send', () => {
  for (const frame of [car.parmReq(), car.start(), car.sound(1), car.response(), car.matchReq()])
    expect(decodeFrame(encodeFrame(frame)).name).toBe(frame.name);
});
