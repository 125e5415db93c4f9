import { amps, millis, percent, seconds, volts } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { type EvseBench, evseBench } from '../testing/index.ts';

const ac = (more = {}) => evseBench({ config: { kind: 'AC', highLevelComm: true, ...more } });
const dc = () => evseBench({ config: { kind: 'DC', highLevelComm: true, fuse: amps(200) } });
const outputs = (bench: EvseBench) =>
  bench.board.orders.filter((order) => order.startsWith('pilot ')).map((order) => order.slice(6));

async function plugIn(bench: EvseBench): Promise<void> {
  bench.board.pilot('B');
  await bench.run(millis(200));
}
async function talk(bench: EvseBench, mode: 'AC' | 'DC'): Promise<void> {
  await plugIn(bench);
  bench.matching.tell({ event: 'matching' });
  bench.matching.tell({ event: 'matched', evMac: '02:00:00:00:00:01' });
  const { evseSide } = bench.evse;
  evseSide.request({ request: 'session-setup', evccId: '0A0B', protocol: 'iso2' });
  evseSide.request({ request: 'authorize' });
  bench.board.token('TAG');
  await bench.run(millis(100));
  evseSide.request({
    request: 'charge-parameters',
    mode,
    maxVoltage: volts(420),
    soc: percent(30),
  });
}
async function acPowered(bench: EvseBench): Promise<void> {
  await talk(bench, 'AC');
  bench.board.pilot('C');
  const powered = bench.evse.evseSide.powerOn();
  await bench.run(millis(600));
  expect(await powered).toEqual({ on: true });
  bench.meter.power = 11_000;
}

describe('AC with ISO 15118', () => {
  it('enters matching before it switches 5 % on, and opens V2G once matched', async () => {
    const bench = ac();
    const order: string[] = [];
    const { enter } = bench.matching;
    bench.matching.enter = () => {
      order.push(`enter at ${JSON.stringify(bench.board.output)}`);
      enter();
    };
    await plugIn(bench);
    expect(order).toEqual(['enter at "X1"']);
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
    expect(bench.evse.snapshot()).toMatchObject({
      state: 'Matching',
      reason: 'waiting-for-matching',
    });
    bench.matching.tell({ event: 'matching' });
    expect(bench.evse.snapshot().reason).toBe('matching');
    expect(bench.hlc.calls).toEqual([]);
    bench.matching.tell({ event: 'matched', evMac: '02:00:00:00:00:01' });
    expect(bench.hlc.calls).toEqual(['open']);
    expect(bench.evse.snapshot().session?.evMac).toBe('02:00:00:00:00:01');
  });

  it('the car waits for authorisation, accepted only when the start is on disk', async () => {
    const bench = ac();
    bench.ledger.delay = millis(500);
    await plugIn(bench);
    await bench.run(seconds(1));
    bench.matching.tell({ event: 'matched', evMac: '02:00:00:00:00:01' });
    bench.evse.evseSide.request({ request: 'session-setup', evccId: '0A', protocol: 'iso2' });
    expect(bench.evse.snapshot().reason).toBe('waiting-for-authorization');
    bench.board.token('TAG');
    await bench.run(millis(300));
    expect(bench.evse.evseSide.view().authorization).toBe('waiting');
    await bench.run(millis(500));
    expect(bench.evse.evseSide.view().authorization).toBe('accepted');
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
  });

  it('a refused token leaves the car waiting; nobody in time is a rejection', async () => {
    const bench = ac({ connectionTimeout: seconds(20) });
    await plugIn(bench);
    bench.matching.tell({ event: 'matched', evMac: '02:00:00:00:00:01' });
    bench.evse.evseSide.request({ request: 'session-setup', evccId: '0A', protocol: 'iso2' });
    bench.board.token('NOBODY');
    await bench.run(seconds(1));
    expect(bench.evse.evseSide.view().authorization).toBe('waiting');
    await bench.run(seconds(20));
    expect(bench.evse.evseSide.view().authorization).toBe('rejected');
  });

  it('closes on PowerDelivery in state C, opens on its stop, and ends with SessionStop', async () => {
    const bench = ac();
    await acPowered(bench);
    expect(bench.evse.snapshot()).toMatchObject({
      state: 'Charging',
      session: { kind: 'iso2-ac', evccId: '0A0B', soc: 30 },
    });
    await bench.run(seconds(30));
    const { evseSide } = bench.evse;
    evseSide.request({ request: 'power-off' });
    expect(bench.board.orders.at(-1)).toBe('open');
    await bench.run(seconds(1));
    evseSide.request({ request: 'session-stop', pause: false });
    await bench.run(seconds(1));
    const [stopped] = bench.ledger.of('transaction.stopped');
    expect(stopped?.data.reason).toBe('EVStopped');
    expect(stopped?.data.meter.energy).toBe(bench.meter.energy);
    expect(bench.matching.calls).not.toContain('terminate');
    await bench.run(seconds(2));
    expect(bench.matching.calls).toContain('terminate');
    expect(bench.board.lock).toBe('unlocked');
    bench.board.pilot('A');
    await bench.run(seconds(1));
    expect(bench.evse.snapshot().state).toBe('Available');
  });

  it('PowerDelivery waits for state C, and says why it does not close', async () => {
    const bench = ac();
    await talk(bench, 'AC');
    let result: unknown;
    void bench.evse.evseSide.powerOn().then((value) => (result = value));
    await bench.run(seconds(2));
    expect(result).toBeUndefined();
    bench.board.pilot('C');
    await bench.run(millis(600));
    expect(result).toEqual({ on: true });

    const late = ac();
    await talk(late, 'AC');
    void late.evse.evseSide.powerOn().then((value) => (result = value));
    await late.run(seconds(5));
    expect(result).toEqual({ on: false, reason: 'pilot-B' });

    const none = ac();
    expect(await none.evse.evseSide.powerOn()).toEqual({ on: false, reason: 'no-session' });
  });

  it('PowerDelivery again while the contactor rests: not within 4 s, and the reason is told', async () => {
    const bench = ac({ closingsPerMinute: 1 });
    await acPowered(bench);
    const { evseSide } = bench.evse;
    evseSide.request({ request: 'power-off' });
    expect(bench.board.orders.at(-1)).toBe('open');
    await bench.run(seconds(1));
    let result: unknown;
    void evseSide.powerOn().then((value) => (result = value));
    await bench.run(millis(3900));
    expect(result).toBeUndefined();
    expect(bench.evse.snapshot()).toMatchObject({
      state: 'SuspendedEVSE',
      reason: 'contactor-rests',
    });
    await bench.run(millis(200));
    expect(result).toEqual({ on: false, reason: 'contactor-rests' });
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
    await bench.run(seconds(60));
    void evseSide.powerOn().then((value) => (result = value));
    await bench.run(millis(600));
    expect(result).toEqual({ on: true });
  });

  it('tells the car to stop, and opens anyway after 10 s', async () => {
    const bench = ac();
    await acPowered(bench);
    await bench.evse.command({ command: 'stop', reason: 'Remote' });
    expect(bench.evse.evseSide.view().stop).toBe('Remote');
    await bench.run(seconds(9));
    expect(bench.board.contactor).toBe('closed');
    await bench.run(seconds(2));
    expect(bench.board.contactor).toBe('open');
    expect(bench.ledger.of('transaction.stopped')[0]?.data.reason).toBe('Remote');
    await bench.run(seconds(10));
    expect(bench.hlc.calls.at(-1)).toMatch(/^close/);
    expect(bench.board.output).toBe('X1');
  });

  it('a car that obeys keeps the reason of the stop', async () => {
    const bench = ac();
    await acPowered(bench);
    bench.board.token('TAG');
    await bench.run(seconds(1));
    bench.evse.evseSide.request({ request: 'power-off' });
    bench.evse.evseSide.request({ request: 'session-stop', pause: false });
    await bench.run(seconds(1));
    expect(bench.ledger.of('transaction.stopped')[0]?.data).toMatchObject({
      reason: 'Local',
      idToken: 'TAG',
    });
  });

  it('a car that does not heed a limit of 0 A is cut off', async () => {
    const bench = ac();
    await acPowered(bench);
    await bench.evse.command({ command: 'limit', slot: 'ocpp', limit: amps(0) });
    expect(bench.evse.evseSide.view().maxCurrent).toBe(0);
    await bench.run(seconds(12));
    expect(bench.board.contactor).toBe('open');
    expect(bench.evse.evseSide.view().fault).toBe('over-current');
  });

  it('a fault opens at once, is told for 3 s, and then V2G is closed', async () => {
    const bench = ac();
    await acPowered(bench);
    bench.board.fault('rcd', true);
    expect(bench.board.orders).toContain('open');
    expect(bench.evse.evseSide.view().fault).toBe('rcd');
    await bench.run(seconds(2));
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
    await bench.run(seconds(2));
    expect(bench.hlc.calls.at(-1)).toMatch(/^close/);
    expect(bench.board.output).toBe('X1');
  });

  it('a lost session opens at once', async () => {
    const bench = ac();
    await acPowered(bench);
    bench.evse.evseSide.request({ request: 'lost', reason: 'TCP reset' });
    expect(bench.board.orders.filter((order) => order === 'open' || order === 'close').at(-1)).toBe(
      'open',
    );
    await bench.run(seconds(1));
    expect(bench.ledger.of('transaction.stopped').map((fact) => fact.data.reason)).toEqual([
      'Other',
    ]);

    // The SECC takes the power away before it tells of the loss: the outcome is the same.
    const tidy = ac();
    await acPowered(tidy);
    tidy.evse.evseSide.request({ request: 'power-off' });
    tidy.evse.evseSide.request({ request: 'lost', reason: 'TCP reset' });
    await tidy.run(seconds(10));
    expect(tidy.ledger.of('transaction.stopped').map((fact) => fact.data.reason)).toEqual([
      'Other',
    ]);
    expect(tidy.board.output).toBe('X1');
  });

  it('a session that is lost because the car is unplugged ends as EVDisconnected', async () => {
    const bench = ac();
    await acPowered(bench);
    bench.evse.evseSide.request({ request: 'lost', reason: 'TCP reset' });
    await bench.run(millis(10));
    bench.board.pilot('A');
    await bench.run(seconds(1));
    expect(bench.ledger.of('transaction.stopped').map((fact) => fact.data.reason)).toEqual([
      'EVDisconnected',
    ]);
  });

  it('a session lost before any power goes on by the pilot alone, in the same transaction', async () => {
    const bench = ac();
    await talk(bench, 'AC');
    bench.evse.evseSide.request({ request: 'lost', reason: 'TCP reset' });
    await bench.run(millis(100));
    expect(bench.board.output).toBe('X1');
    await bench.run(seconds(6));
    expect(bench.board.output).toEqual({ dutyPercent: 53.3 });
    expect(bench.ledger.of('transaction.stopped')).toHaveLength(0);
  });

  it('a pause keeps the transaction, and a new session goes on in it', async () => {
    const bench = ac();
    await acPowered(bench);
    const { evseSide } = bench.evse;
    evseSide.request({ request: 'power-off' });
    evseSide.request({ request: 'session-stop', pause: true });
    bench.board.pilot('B');
    await bench.run(seconds(60));
    expect(bench.evse.snapshot()).toMatchObject({ state: 'SuspendedEV', reason: 'paused-by-car' });
    expect(bench.board.contactor).toBe('open');
    bench.board.pilot('C');
    await bench.run(millis(200));
    bench.matching.tell({ event: 'matched', evMac: '02:00:00:00:00:01' });
    evseSide.request({ request: 'session-setup', evccId: '0A0B', protocol: 'iso2' });
    const powered = evseSide.powerOn();
    await bench.run(seconds(1));
    expect(await powered).toEqual({ on: true });
    expect(bench.ledger.of('transaction.started')).toHaveLength(1);
    expect(bench.ledger.of('transaction.stopped')).toHaveLength(0);
  });

  it.each([
    ['0A0B', []],
    ['0C0D', ['EVDisconnected']],
  ] as const)(
    'car 0A0B charges, the board is away for a while, and then car %s is there: stopped %j',
    async (evccId, stopped) => {
      const bench = ac();
      await acPowered(bench);
      bench.evse.evseSide.request({ request: 'power-off' });
      bench.evse.evseSide.request({ request: 'session-stop', pause: true });
      bench.board.pilot('B');
      await bench.run(seconds(5));
      bench.board.link(false);
      await bench.run(seconds(7));
      bench.board.link(true);
      await bench.run(seconds(1));
      bench.board.pilot('C');
      await bench.run(millis(200));
      bench.matching.tell({ event: 'matched', evMac: '02:00:00:00:00:01' });
      bench.evse.evseSide.request({ request: 'session-setup', evccId, protocol: 'iso2' });
      await bench.run(seconds(1));
      expect(bench.ledger.of('transaction.stopped').map(({ data }) => data.reason)).toEqual(
        stopped,
      );
      const same = stopped.length === 0;
      const powered = bench.evse.evseSide.powerOn();
      await bench.run(millis(600));
      expect(bench.evse.evseSide.view().authorization === 'accepted').toBe(same);
      expect(await powered).toMatchObject({ on: same });
      expect(bench.board.contactor).toBe(same ? 'closed' : 'open');
      expect(bench.ledger.of('system.other-car')).toHaveLength(same ? 0 : 1);
    },
  );

  it('unplugging leaves the network and closes V2G in the same step', async () => {
    const bench = ac();
    await acPowered(bench);
    bench.board.pilot('A');
    expect(bench.matching.calls.at(-1)).toBe('leave');
    expect(bench.hlc.calls.at(-1)).toBe('close unplugged');
  });
});

describe('fall-back of AC to the pilot alone', () => {
  it('[V2G2-853] authorised before plug-in: nominal duty cycle at once', async () => {
    const bench = ac();
    bench.board.token('TAG');
    await bench.run(seconds(1));
    await plugIn(bench);
    expect(outputs(bench)).toEqual(['X1', '53.3']);
    expect(bench.matching.calls).toEqual([]);

    const enforced = ac({ enforceHighLevelComm: true });
    enforced.board.token('TAG');
    await enforced.run(seconds(1));
    await plugIn(enforced);
    expect(enforced.board.output).toEqual({ dutyPercent: 5 });
  });

  it('[V2G3-M06-05] authorised, matching not started: F for 4 s, X1, nominal', async () => {
    const bench = ac();
    await plugIn(bench);
    await bench.run(seconds(3));
    bench.board.token('TAG');
    await bench.run(millis(100));
    expect(bench.board.output).toBe('F');
    await bench.run(millis(3900));
    expect(bench.board.output).toBe('X1');
    await bench.run(seconds(1));
    expect(outputs(bench)).toEqual(['X1', '5', 'F', 'X1', '53.3']);
    expect(bench.evse.snapshot()).toMatchObject({
      state: 'SuspendedEV',
      session: { kind: 'basic' },
    });
    expect(bench.evse.snapshot().faults).toEqual([]);
    expect(bench.ledger.of('transaction.stopped')).toHaveLength(0);
  });

  it('[V2G3-M06-06] authorised and matched, but no session within 10 s: X1 for 3 s, nominal', async () => {
    const bench = ac();
    await plugIn(bench);
    bench.matching.tell({ event: 'matching' });
    bench.matching.tell({ event: 'matched', evMac: '02:00:00:00:00:01' });
    bench.board.token('TAG');
    await bench.run(seconds(9));
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
    await bench.run(seconds(2));
    expect(bench.board.output).toBe('X1');
    await bench.run(seconds(3));
    expect(bench.board.output).toEqual({ dutyPercent: 53.3 });
  });

  it('[V2G3-M06-07] no matching: F and 5 % again, twice, then X1 and a token is enough', async () => {
    const bench = ac();
    await plugIn(bench);
    for (let tries = 0; tries < 3; tries++) {
      bench.matching.tell({ event: 'failed', reason: 'no CM_SLAC_PARM.REQ' });
      await bench.run(seconds(5));
    }
    expect(outputs(bench)).toEqual(['X1', '5', 'F', '5', 'F', '5', 'X1']);
    expect(bench.evse.snapshot().state).toBe('Preparing');
    bench.board.token('TAG');
    await bench.run(millis(200));
    expect(bench.board.output).toEqual({ dutyPercent: 53.3 });
  });

  it('the fast path falls back at the first failure', async () => {
    const bench = ac({ fastFallback: true });
    await plugIn(bench);
    bench.matching.tell({ event: 'failed', reason: 'no CM_SLAC_PARM.REQ' });
    await bench.run(millis(100));
    expect(bench.board.output).toBe('X1');
    expect(bench.evse.snapshot().session?.kind).toBe('basic');
  });

  it('an unplugging while the output is F is seen afterwards', async () => {
    const bench = ac();
    await plugIn(bench);
    bench.matching.tell({ event: 'failed', reason: 'test' });
    await bench.run(seconds(1));
    bench.board.pilot('A');
    await bench.run(seconds(5));
    expect(bench.evse.snapshot().state).toBe('Available');
    expect(bench.ledger.of('session.ended')).toHaveLength(1);
  });
});

describe('DC', () => {
  async function checked(bench: EvseBench): Promise<void> {
    await talk(bench, 'DC');
    bench.board.pilot('C');
    await bench.run(millis(300));
    bench.evse.evseSide.request({ request: 'cable-check' });
    await bench.run(seconds(2));
    expect(bench.evse.evseSide.view().cableCheck).toBe('valid');
  }

  it('never falls back: X1, F and 5 % again for as long as the car is there', async () => {
    const bench = dc();
    await plugIn(bench);
    for (let tries = 0; tries < 5; tries++) {
      bench.matching.tell({ event: 'failed', reason: 'test' });
      await bench.run(seconds(6));
    }
    const again = Array.from({ length: 5 }, () => ['X1', 'F', '5']).flat();
    expect(outputs(bench)).toEqual(['X1', '5', ...again]);
    bench.board.token('TAG');
    await bench.run(seconds(20));
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
  });

  it('cable check: contactor, 420 V at most, insulation, discharge, result', async () => {
    const bench = dc();
    await talk(bench, 'DC');
    bench.board.pilot('C');
    await bench.run(millis(300));
    const set: string[] = [];
    const { set: original } = bench.supply;
    bench.supply.set = (voltage, current) => {
      set.push(`${voltage} V ${current} A, ${bench.board.contactor}`);
      original(voltage, current);
    };
    bench.evse.evseSide.request({ request: 'cable-check' });
    await bench.run(seconds(2));
    expect(set).toEqual(['420 V 1 A, closed']);
    expect(bench.supply.setPoint).toBeUndefined();
    expect(bench.evse.evseSide.view().cableCheck).toBe('valid');
    expect(bench.insulation.measuring).toBe(false);
    expect(bench.board.contactor).toBe('closed');
  });

  it('no PowerDelivery before a cable check', async () => {
    const bench = dc();
    await talk(bench, 'DC');
    bench.board.pilot('C');
    expect(await bench.evse.evseSide.powerOn()).toEqual({
      on: false,
      reason: 'cable-check-missing',
    });
  });

  it('an insulation fault ends it, and the next car finds it gone', async () => {
    const bench = dc();
    bench.insulation.result = 'fault';
    await talk(bench, 'DC');
    bench.board.pilot('C');
    await bench.run(millis(300));
    bench.evse.evseSide.request({ request: 'cable-check' });
    await bench.run(seconds(2));
    expect(bench.evse.evseSide.view()).toMatchObject({ cableCheck: 'fault', fault: 'insulation' });
    expect(bench.board.contactor).toBe('open');
    expect(bench.supply.setPoint).toBeUndefined();
    expect(bench.ledger.of('transaction.stopped')[0]?.data.reason).toBe('Fault');
    await bench.run(seconds(5));
    bench.board.pilot('A');
    await bench.run(seconds(1));
    expect(bench.evse.snapshot().state).toBe('Available');
  });

  it('the set point is the least of demand, limits and supply, and follows them', async () => {
    const bench = dc();
    await checked(bench);
    const { evseSide } = bench.evse;
    evseSide.request({ request: 'pre-charge', voltage: volts(380), current: amps(20) });
    await bench.run(millis(50));
    expect(bench.supply.setPoint).toEqual({ voltage: 380, current: 2 });
    expect(await evseSide.powerOn()).toEqual({ on: true });
    evseSide.request({ request: 'demand', voltage: volts(400), current: amps(300) });
    expect(bench.supply.setPoint).toEqual({ voltage: 400, current: 125 });
    evseSide.request({ request: 'demand', voltage: volts(500), current: amps(60) });
    expect(bench.supply.setPoint).toEqual({ voltage: 420, current: 60 });
    await bench.evse.command({ command: 'limit', slot: 'ocpp', limit: amps(40) });
    expect(bench.supply.setPoint).toEqual({ voltage: 420, current: 40 });
    expect(evseSide.view().maxCurrent).toBe(40);
    bench.board.temperature(72);
    expect(evseSide.view().maxCurrent).toBe(40);
  });

  it('power-off: supply first, the contactor once the current is gone or after 1.5 s', async () => {
    const bench = dc();
    await checked(bench);
    const { evseSide } = bench.evse;
    await evseSide.powerOn();
    evseSide.request({ request: 'demand', voltage: volts(400), current: amps(100) });
    bench.supply.tell(400, 100);
    let offs = 0;
    bench.supply.off = () => void offs++;
    evseSide.request({ request: 'power-off' });
    expect(offs).toBe(1);
    await bench.run(seconds(1));
    expect(bench.board.contactor).toBe('closed');
    await bench.run(seconds(1));
    expect(bench.board.contactor).toBe('open');

    const quick = dc();
    await checked(quick);
    await quick.evse.evseSide.powerOn();
    quick.supply.tell(400, 100);
    quick.evse.evseSide.request({ request: 'power-off' });
    quick.supply.tell(390, 0.5);
    await quick.run(millis(100));
    expect(quick.board.contactor).toBe('open');
  });

  it('the plug stays locked while the output is above 60 V', async () => {
    const bench = dc();
    await checked(bench);
    const { evseSide } = bench.evse;
    await evseSide.powerOn();
    evseSide.request({ request: 'power-off' });
    evseSide.request({ request: 'session-stop', pause: false });
    bench.supply.tell(300, 0);
    await bench.run(seconds(3));
    expect(bench.ledger.of('transaction.stopped')).toHaveLength(1);
    expect(bench.board.lock).toBe('locked');
    bench.supply.tell(50, 0);
    await bench.run(seconds(1));
    expect(bench.board.lock).toBe('unlocked');
  });

  it.each(['charging', 'cable check'])(
    'a car that leaves state C during %s gets no second closing without a new cable check',
    async (phase) => {
      const bench = dc();
      if (phase === 'charging') {
        await checked(bench);
        await bench.evse.evseSide.powerOn();
        bench.evse.evseSide.request({ request: 'demand', voltage: volts(400), current: amps(100) });
      } else {
        await talk(bench, 'DC');
        bench.board.pilot('C');
        await bench.run(millis(300));
        bench.evse.evseSide.request({ request: 'cable-check' });
        await bench.run(millis(100));
      }
      expect(bench.board.contactor).toBe('closed');
      bench.board.pilot('B');
      expect(bench.supply.setPoint).toBeUndefined();
      expect(bench.board.orders.at(-1)).toBe('open');
      bench.board.pilot('C');
      await bench.run(seconds(1));
      // the battery may stand on the inlet: nothing may close onto it
      expect(bench.board.closes).toBe(1);
      expect(bench.supply.setPoint).toBeUndefined();
      expect(bench.evse.evseSide.view().cableCheck).toBe(phase === 'charging' ? 'idle' : 'fault');
      expect(await bench.evse.evseSide.powerOn()).toEqual({
        on: false,
        reason: 'cable-check-missing',
      });
    },
  );

  it('emergency stop: supply off and open before anything else of the step', async () => {
    const bench = dc();
    await checked(bench);
    await bench.evse.evseSide.powerOn();
    bench.evse.evseSide.request({ request: 'demand', voltage: volts(400), current: amps(100) });
    bench.ledger.mode = 'hang';
    bench.board.fault('emergency-stop', true);
    expect(bench.supply.setPoint).toBeUndefined();
    expect(bench.board.orders.at(-1)).toBe('open');
    await bench.run(millis(100));
    expect(bench.board.contactor).toBe('open');
  });
});

describe('V2G without SLAC (loopback)', () => {
  it('opens V2G at plug-in', async () => {
    const bench = evseBench({
      config: { kind: 'AC', highLevelComm: true },
      without: ['matching'],
    });
    await plugIn(bench);
    expect(bench.hlc.calls).toEqual(['open']);
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
  });
});
