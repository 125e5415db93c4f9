import { amps, millis, minutes, seconds } from '@kerbside/kernel';
import { ManualClock } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { type EvseBench, evseBench } from '../testing/index.ts';

/** To a running basic charge of 11 kW. */
async function charging(bench: EvseBench): Promise<EvseBench> {
  bench.board.pilot('B');
  await bench.run(seconds(1));
  bench.board.token('TAG');
  await bench.run(millis(100));
  bench.board.pilot('C');
  bench.meter.power = 11_000;
  await bench.run(seconds(1));
  expect(bench.board.contactor).toBe('closed');
  return bench;
}
const types = (bench: EvseBench) => bench.ledger.facts.map((fact) => fact.type);

describe('basic AC charging by the pilot alone', () => {
  it('goes from plug-in to unplug, each step in the journal, in order', async () => {
    const bench = evseBench();
    const { board, evse, ledger } = bench;
    expect(evse.snapshot().state).toBe('Available');
    board.pilot('B');
    await bench.run(millis(500));
    expect(evse.snapshot()).toMatchObject({
      state: 'Preparing',
      reason: 'waiting-for-authorization',
      next: 'present-token',
    });
    expect(board.output).toBe('X1');
    board.token('TAG');
    await bench.run(millis(100));
    expect(ledger.of('transaction.started')).toHaveLength(1);
    expect(board.output).toEqual({ dutyPercent: 53.3 });
    expect(evse.snapshot()).toMatchObject({ state: 'SuspendedEV', reason: 'car-not-ready' });
    board.pilot('C');
    bench.meter.power = 11_000;
    await bench.run(seconds(361));
    expect(evse.snapshot().state).toBe('Charging');
    board.pilot('A');
    await bench.run(seconds(1));
    expect(evse.snapshot()).toMatchObject({ state: 'Available', contactor: 'open' });
    expect(evse.snapshot().session).toBeUndefined();

    const [started] = ledger.of('transaction.started');
    const [stopped] = ledger.of('transaction.stopped');
    expect(stopped?.data).toMatchObject({
      transaction: started?.data.transaction,
      reason: 'EVDisconnected',
      meterStart: 1000,
    });
    expect(stopped?.data.meter.energy).toBe(bench.meter.energy);
    expect(bench.meter.energy - 1000).toBeGreaterThan(1095);
    expect(ledger.of('meter.sampled').length).toBeGreaterThanOrEqual(35);
    const order = [
      'session.began',
      'session.kind',
      'authorization.requested',
      'authorization.answered',
      'transaction.started',
      'contactor.changed',
      'meter.sampled',
      'transaction.stopped',
      'session.ended',
    ].map((type) => (types(bench) as string[]).indexOf(type));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
    expect(
      board.orders.filter((order) => order === 'lock' || order === 'unlock' || order === 'close'),
    ).toEqual(['unlock', 'lock', 'close', 'unlock']);
  });

  it('takes the token before the plug', async () => {
    const bench = evseBench();
    bench.board.token('TAG');
    await bench.run(seconds(1));
    expect(bench.evse.snapshot()).toMatchObject({ state: 'Preparing', waitingFor: 'plug-in' });
    bench.board.pilot('B');
    await bench.run(seconds(1));
    expect(bench.ledger.of('transaction.started')).toHaveLength(1);
  });

  it('has the token in the session that it began with, presented before the plug or in the very moment', async () => {
    for (const ahead of [millis(0), millis(40), seconds(20)]) {
      const bench = evseBench();
      if (ahead > 100) bench.board.token('TAG');
      else bench.board.pilot('B');
      await bench.run(ahead);
      if (ahead > 100) bench.board.pilot('B');
      else bench.board.token('TAG');
      await bench.run(seconds(1));
      const session = bench.evse.snapshot().session?.id;
      expect(session).toBeDefined();
      for (const type of ['authorization.requested', 'authorization.answered'] as const)
        expect(bench.ledger.of(type), `${type} ${ahead} ms ahead`).toMatchObject([{ session }]);
      expect(bench.ledger.of('session.began')).toMatchObject([{ session }]);
      expect(bench.evse.snapshot().comingSession).toBeUndefined();
    }
  });

  it('a token that was refused, or taken back, before a car came is not in the next session', async () => {
    for (const tokens of [['OTHER'], ['TAG', 'TAG']]) {
      const bench = evseBench();
      for (const token of tokens) {
        bench.board.token(token);
        await bench.run(seconds(1));
      }
      expect(bench.evse.snapshot().comingSession).toBeUndefined();
      bench.board.pilot('B');
      await bench.run(seconds(1));
      const began = bench.ledger.of('session.began').map(({ session }) => session);
      expect(began).toHaveLength(1);
      expect(
        bench.ledger.of('authorization.requested').map(({ session }) => session),
      ).not.toContain(began[0]);
    }
  });

  it('forgets a token without a plug after the connection time-out', async () => {
    const bench = evseBench({ config: { connectionTimeout: seconds(5) } });
    bench.board.token('TAG');
    await bench.run(seconds(6));
    expect(bench.evse.snapshot().state).toBe('Available');
    bench.board.pilot('B');
    await bench.run(seconds(1));
    expect(bench.ledger.of('transaction.started')).toHaveLength(0);
  });

  it('says so when nobody authorises in time, and still takes a token then', async () => {
    const bench = evseBench({ config: { connectionTimeout: seconds(5) } });
    bench.board.pilot('B');
    await bench.run(seconds(6));
    expect(bench.evse.snapshot()).toMatchObject({
      state: 'Finishing',
      reason: 'authorization-timed-out',
    });
    bench.board.token('TAG');
    await bench.run(seconds(1));
    expect(bench.ledger.of('transaction.started')).toHaveLength(1);
  });

  it('refuses a token that the authorizer refuses', async () => {
    const bench = evseBench();
    bench.board.pilot('B');
    await bench.run(seconds(1));
    bench.board.token('OTHER');
    await bench.run(seconds(1));
    expect(bench.evse.snapshot().reason).toBe('token-refused-Invalid');
    expect(bench.ledger.of('transaction.started')).toHaveLength(0);
    bench.board.pilot('C');
    await bench.run(seconds(1));
    expect(bench.board.closes).toBe(0);
  });

  it('does not take a contact bounce for a plug-in', async () => {
    const bench = evseBench();
    for (let bounce = 0; bounce < 5; bounce++) {
      bench.board.pilot('B');
      await bench.run(millis(50));
      bench.board.pilot('A');
      await bench.run(millis(50));
    }
    expect(types(bench)).not.toContain('session.began');
  });

  it('IEC 61851-1 gives state D no energy where no ventilation is configured, and says why', async () => {
    const bench = evseBench();
    bench.board.pilot('B');
    await bench.run(seconds(1));
    bench.board.token('TAG');
    await bench.run(millis(100));
    bench.board.pilot('D');
    await bench.run(seconds(30));
    expect(bench.board.closes).toBe(0);
    expect(bench.board.lock).toBe('unlocked');
    expect(bench.evse.snapshot()).toMatchObject({
      state: 'SuspendedEVSE',
      reason: 'ventilation-required',
      next: 'use-ventilated-place',
    });
    expect(bench.ledger.of('system.ventilation-required')).toHaveLength(1);
    bench.board.pilot('C');
    await bench.run(seconds(1));
    expect(bench.board.contactor).toBe('closed');
  });

  it('IEC 61851-1 opens in the same step when the car goes from C to D, and a bounce back closes nothing', async () => {
    const bench = await charging(evseBench());
    const before = bench.board.closes;
    bench.board.pilot('D');
    expect(bench.board.orders.at(-1)).toBe('open');
    await bench.run(seconds(1));
    expect(bench.ledger.of('contactor.changed').at(-1)?.data).toEqual({
      state: 'open',
      reason: 'ventilation-required',
    });
    bench.board.pilot('C');
    await bench.run(millis(50));
    bench.board.pilot('D');
    await bench.run(seconds(1));
    expect(bench.board.closes).toBe(before);
    expect(bench.ledger.of('transaction.stopped')).toHaveLength(0);
  });

  it('IEC 61851-1 gives state D energy where ventilation is configured', async () => {
    const bench = evseBench({ config: { ventilation: true } });
    bench.board.pilot('B');
    await bench.run(seconds(1));
    bench.board.token('TAG');
    await bench.run(millis(100));
    bench.board.pilot('D');
    await bench.run(seconds(1));
    expect(bench.board.contactor).toBe('closed');
    expect(bench.evse.snapshot().state).toBe('Charging');
    expect(bench.ledger.of('system.ventilation-required')).toHaveLength(0);
  });

  it('opens in the same step when the car leaves state C, and closes again', async () => {
    const bench = await charging(evseBench());
    bench.board.pilot('B');
    expect(bench.board.orders.at(-1)).toBe('open');
    await bench.run(seconds(1));
    expect(bench.evse.snapshot().state).toBe('SuspendedEV');
    bench.board.pilot('C');
    await bench.run(seconds(1));
    expect(bench.board.contactor).toBe('closed');
    expect(bench.ledger.of('transaction.started')).toHaveLength(1);
  });

  it('the same token stops: duty off first, then the contactor, then the meter', async () => {
    const bench = await charging(evseBench());
    bench.board.token('TAG');
    await bench.run(millis(100));
    expect(bench.board.output).toBe('X1');
    expect(bench.board.contactor).toBe('closed');
    expect(bench.evse.snapshot().state).toBe('Stopping');
    bench.board.pilot('B');
    await bench.run(seconds(1));
    expect(bench.board.contactor).toBe('open');
    const [stopped] = bench.ledger.of('transaction.stopped');
    expect(stopped?.data).toMatchObject({ reason: 'Local', idToken: 'TAG' });
    expect(stopped?.data.meter.energy).toBe(bench.meter.energy);
    expect(bench.board.lock).toBe('unlocked');
    expect(bench.evse.snapshot()).toMatchObject({ state: 'Finishing', waitingFor: 'unplug' });
  });

  it('opens under load when the car does not obey a stop within 3 s', async () => {
    const bench = await charging(evseBench());
    expect(await bench.evse.command({ command: 'stop', reason: 'Remote' })).toEqual({
      accepted: true,
    });
    await bench.run(millis(2900));
    expect(bench.board.contactor).toBe('closed');
    await bench.run(millis(300));
    expect(bench.board.contactor).toBe('open');
    await bench.run(seconds(1));
    expect(bench.ledger.of('transaction.stopped')[0]?.data.reason).toBe('Remote');
  });

  it('another token does not stop, one of the same group does', async () => {
    const bench = evseBench();
    for (const tag of ['TAG', 'TAG2'])
      bench.authorizer.known.set(tag, { status: 'Accepted', from: 'csms', parentIdToken: 'G' });
    await charging(bench);
    bench.board.token('OTHER');
    await bench.run(seconds(1));
    expect(bench.board.contactor).toBe('closed');
    bench.board.token('TAG2');
    await bench.run(seconds(4));
    expect(bench.board.contactor).toBe('open');
    expect(bench.ledger.of('transaction.stopped')[0]?.data).toMatchObject({
      reason: 'Local',
      idToken: 'TAG2',
    });
  });

  it('a limit at run time moves the duty cycle; below 6 A it pauses and comes back', async () => {
    const bench = await charging(evseBench());
    await bench.evse.command({ command: 'limit', slot: 'ocpp', limit: amps(16) });
    expect(bench.board.output).toEqual({ dutyPercent: 26.7 });
    bench.board.cable(amps(13));
    expect(bench.evse.snapshot().maxCurrent).toBe(13);
    await bench.evse.command({ command: 'limit', slot: 'ocpp', limit: amps(0) });
    expect(bench.board.output).toBe('X1');
    await bench.run(millis(500));
    expect(bench.board.contactor).toBe('closed');
    expect(bench.evse.snapshot().state).toBe('SuspendedEVSE');
    await bench.run(seconds(6));
    expect(bench.board.contactor).toBe('open');
    await bench.evse.command({ command: 'limit', slot: 'ocpp', limit: undefined });
    await bench.run(seconds(1));
    expect(bench.board.contactor).toBe('closed');
    expect(bench.ledger.of('limit.changed').at(-1)?.data.effective).toBe(13);
    expect(bench.ledger.of('transaction.started')).toHaveLength(1);
  });

  it('samples by a new interval at once, and not at all at 0', async () => {
    const bench = await charging(evseBench());
    const samples = () => bench.ledger.of('meter.sampled').length;
    await bench.evse.command({ command: 'configure', sampleInterval: seconds(2) });
    const before = samples();
    await bench.run(seconds(6.5));
    expect(samples() - before).toBe(3);
    await bench.evse.command({ command: 'configure', sampleInterval: seconds(0) });
    await bench.run(seconds(20));
    expect(samples() - before).toBe(3);
  });

  it('offers no more when the cable shows a higher rating, or none, while the car hangs on it', async () => {
    const bench = evseBench();
    bench.board.cable(amps(20));
    await charging(bench);
    expect(bench.evse.snapshot().maxCurrent).toBe(20);
    bench.board.cable(undefined);
    await bench.run(millis(100));
    expect(bench.evse.snapshot().maxCurrent).toBe(20);
    bench.board.pilot('A');
    await bench.run(seconds(2));
    expect(bench.evse.snapshot().maxCurrent).toBe(32);
  });

  it('shows a car that draws nothing as SuspendedEV', async () => {
    const bench = await charging(evseBench());
    bench.meter.power = 0;
    await bench.run(seconds(15));
    expect(bench.evse.snapshot()).toMatchObject({ state: 'SuspendedEV', contactor: 'closed' });
    bench.meter.power = 5000;
    await bench.run(seconds(2));
    expect(bench.evse.snapshot().state).toBe('Charging');
  });

  it('a meter that was replaced counts from its own register on', async () => {
    const bench = await charging(evseBench());
    bench.board.token('TAG');
    await bench.run(seconds(5));
    bench.meter.energy = 20;
    await bench.run(seconds(2));
    bench.board.token('TAG2');
    await bench.run(seconds(60));
    bench.board.pilot('A');
    await bench.run(seconds(1));
    const { meter, meterStart } = bench.ledger.of('transaction.stopped')[1]?.data ?? {};
    expect(meterStart).toBe(20);
    expect(meter?.energy).toBe(bench.meter.energy);
    expect(meter?.energy).toBeGreaterThan(100);
  });

  it('a second transaction of the same stay needs a token and counts from its own start', async () => {
    const bench = await charging(evseBench());
    bench.board.token('TAG');
    await bench.run(seconds(5));
    bench.board.token('TAG2');
    await bench.run(seconds(5));
    bench.board.pilot('A');
    await bench.run(seconds(1));
    const starts = bench.ledger.of('transaction.started');
    const stops = bench.ledger.of('transaction.stopped');
    expect(starts.map((fact) => fact.data.idToken)).toEqual(['TAG', 'TAG2']);
    expect(stops.map((fact) => fact.data.transaction)).toEqual(
      starts.map((fact) => fact.data.transaction),
    );
    expect(stops[1]?.data.meterStart).toBe(stops[0]?.data.meter.energy);
    expect(bench.ledger.of('session.began')).toHaveLength(1);
  });
});

describe('closings of the contactor', () => {
  /** B and C in turn, each for a third of a second; when it was ordered closed. */
  async function toggle(bench: EvseBench, times: number): Promise<readonly number[]> {
    const at: number[] = [];
    bench.board.onClose = () => at.push(bench.clock.monotonic());
    for (let turn = 0; turn < times; turn++) {
      bench.board.pilot('B');
      expect(
        bench.board.orders.filter((order) => order === 'open' || order === 'close').at(-1),
      ).toBe('open');
      await bench.run(millis(330));
      bench.board.pilot('C');
      await bench.run(millis(330));
    }
    return at;
  }
  const mostWithinAMinute = (at: readonly number[]) =>
    Math.max(...at.map((from) => at.filter((time) => time >= from && time < from + 60_000).length));

  it.each([[undefined, 6] as const, [2, 2] as const])(
    'a car that toggles between B and C for 5 minutes: configured %s, at most %d in any minute',
    async (closingsPerMinute, most) => {
      const bench = await charging(
        evseBench({
          config: closingsPerMinute === undefined ? {} : { closingsPerMinute },
        }),
      );
      const at = await toggle(bench, 450);
      expect(mostWithinAMinute(at)).toBe(most);
      expect(at.length).toBeGreaterThanOrEqual(4 * most);
      expect(bench.ledger.of('transaction.stopped')).toHaveLength(0);
    },
  );

  it('says that it rests and for how long, offers nothing meanwhile, and goes on by itself', async () => {
    const bench = await charging(evseBench({ config: { closingsPerMinute: 2 } }));
    await toggle(bench, 1);
    expect(bench.evse.snapshot().state).toBe('Charging');
    bench.board.pilot('B');
    expect(bench.board.orders.at(-1)).toBe('pilot X1');
    await bench.run(millis(500));
    bench.board.pilot('C');
    await bench.run(seconds(30));
    expect(bench.evse.snapshot()).toMatchObject({
      state: 'SuspendedEVSE',
      reason: 'contactor-rests',
      waitingFor: 'contactor-rest',
      next: 'wait',
      contactor: 'open',
    });
    const rests = () => bench.ledger.facts.filter(({ type }) => type === 'system.contactor-rests');
    const [rest] = rests();
    const { closings, forMs } = (rest?.data ?? {}) as { closings?: number; forMs?: number };
    expect(closings).toBe(2);
    await bench.run(millis((forMs ?? 0) - 30_500));
    expect(bench.board.contactor).toBe('open');
    await bench.run(seconds(1));
    expect(bench.board.contactor).toBe('closed');
    expect(rests()).toHaveLength(1);
  });

  it('what is closed stays closed while the contactor would have to rest', async () => {
    const bench = await charging(evseBench({ config: { closingsPerMinute: 1 } }));
    const before = bench.board.orders.length;
    await bench.run(seconds(90));
    expect(bench.board.orders.slice(before)).toEqual([]);
    expect(bench.evse.snapshot().state).toBe('Charging');
  });
});

describe('faults', () => {
  it.each([
    ['E on the pilot', (bench: EvseBench) => bench.board.pilot('E'), 'Fault'],
    ['F on the pilot', (bench: EvseBench) => bench.board.pilot('F'), 'Fault'],
    [
      'emergency stop',
      (bench: EvseBench) => bench.board.fault('emergency-stop', true),
      'EmergencyStop',
    ],
    ['a fault of the board', (bench: EvseBench) => bench.board.fault('rcd', true), 'Fault'],
    ['heat', (bench: EvseBench) => bench.board.temperature(90), 'Fault'],
    ['unplugging', (bench: EvseBench) => bench.board.pilot('A'), 'EVDisconnected'],
  ] as const)('%s opens in the same step, with the writer hung', async (_, cause, reason) => {
    const bench = await charging(evseBench());
    bench.ledger.mode = 'hang';
    cause(bench);
    expect(bench.board.orders.filter((order) => order === 'open' || order === 'close').at(-1)).toBe(
      'open',
    );
    await bench.run(seconds(1));
    expect(bench.board.contactor).toBe('open');
    expect(bench.ledger.of('transaction.stopped')).toHaveLength(0);
    bench.ledger.mode = 'ok';
    bench.ledger.release();
    await bench.run(seconds(10));
    expect(bench.ledger.of('transaction.stopped').map((fact) => fact.data.reason)).toEqual([
      reason,
    ]);
  });

  it('nothing closes while a fault stands; after it, the car needs a new authorisation', async () => {
    const bench = await charging(evseBench());
    bench.board.fault('emergency-stop', true);
    await bench.run(seconds(2));
    expect(bench.evse.snapshot()).toMatchObject({ state: 'Faulted', reason: 'emergency-stop' });
    bench.board.fault('emergency-stop', false);
    await bench.run(seconds(5));
    expect(bench.board.contactor).toBe('open');
    bench.board.token('TAG');
    await bench.run(seconds(1));
    expect(bench.board.contactor).toBe('closed');
  });

  it('a contactor that does not close is a fault, gone with the car', async () => {
    const bench = evseBench();
    bench.board.broken.stuckOpen = true;
    bench.board.pilot('B');
    await bench.run(seconds(1));
    bench.board.token('TAG');
    bench.board.pilot('C');
    await bench.run(seconds(3));
    expect(bench.evse.snapshot().reason).toBe('contactor-did-not-close');
    bench.board.broken.stuckOpen = false;
    bench.board.pilot('A');
    await bench.run(seconds(1));
    expect(bench.evse.snapshot().state).toBe('Available');
  });

  it('a welded contactor stays a fault until it opened and a person reset it', async () => {
    const bench = await charging(evseBench());
    bench.board.broken.welded = true;
    bench.board.pilot('A');
    await bench.run(seconds(2));
    expect(bench.evse.snapshot()).toMatchObject({ state: 'Faulted', reason: 'contactor-welded' });
    expect(await bench.evse.command({ command: 'reset-fault' })).toMatchObject({ accepted: false });
    bench.board.broken.welded = false;
    bench.board.trip();
    await bench.run(seconds(1));
    expect(bench.evse.snapshot().state).toBe('Faulted');
    expect(await bench.evse.command({ command: 'reset-fault' })).toEqual({ accepted: true });
    await bench.run(seconds(1));
    expect(bench.evse.snapshot().state).toBe('Available');
  });

  it('a lock that fails keeps the contactor open', async () => {
    const bench = evseBench();
    bench.board.broken.lock = true;
    bench.board.pilot('B');
    await bench.run(seconds(1));
    bench.board.token('TAG');
    bench.board.pilot('C');
    await bench.run(seconds(4));
    expect(bench.board.closes).toBe(0);
    expect(bench.evse.snapshot().reason).toBe('lock-failed');
  });

  it('a contactor that the board opens ends the transaction', async () => {
    const bench = await charging(evseBench());
    bench.board.trip();
    await bench.run(seconds(1));
    expect(bench.evse.snapshot().reason).toBe('contactor-opened');
    expect(bench.ledger.of('transaction.stopped')[0]?.data.reason).toBe('Fault');
  });

  it('a silent meter starts nothing, and ends what runs after 10 s with its last reading', async () => {
    const idle = evseBench();
    idle.meter.silent = true;
    idle.board.pilot('B');
    await idle.run(seconds(1));
    idle.board.token('TAG');
    await idle.run(seconds(5));
    expect(idle.evse.snapshot().reason).toBe('meter-failure');
    expect(idle.ledger.of('transaction.started')).toHaveLength(0);

    const bench = await charging(evseBench());
    await bench.run(seconds(30));
    bench.meter.silent = true;
    const before = bench.evse.snapshot().meter?.energy ?? 0;
    await bench.run(seconds(20));
    const [stopped] = bench.ledger.of('transaction.stopped');
    expect(stopped?.data.reason).toBe('Fault');
    expect(stopped?.data.meter.energy).toBe(before);
    expect(before).toBeGreaterThan(1000);
  });

  it('a car that draws more than it is told is cut off after 10 s, and one that obeys is not', async () => {
    const obeys = await charging(evseBench());
    await obeys.evse.command({ command: 'limit', slot: 'ocpp', limit: amps(10) });
    await obeys.run(seconds(5));
    obeys.meter.power = 6900;
    await obeys.run(seconds(30));
    expect(obeys.board.contactor).toBe('closed');

    const bench = await charging(evseBench());
    bench.board.cable(amps(13));
    await bench.run(seconds(9));
    expect(bench.board.contactor).toBe('closed');
    await bench.run(seconds(3));
    expect(bench.board.contactor).toBe('open');
    expect(bench.evse.snapshot().faults).toEqual([
      { code: 'over-current', text: 'the car draws 15.9 A where 13 A are allowed' },
    ]);
    expect(bench.ledger.of('transaction.stopped')[0]?.data.reason).toBe('Fault');
    bench.board.pilot('A');
    await bench.run(seconds(1));
    expect(bench.evse.snapshot().state).toBe('Available');
  });

  it('derates when warm, and takes it back when cool', async () => {
    const bench = await charging(evseBench());
    bench.board.temperature(72);
    expect(bench.evse.snapshot().maxCurrent).toBe(16);
    bench.board.temperature(68);
    expect(bench.evse.snapshot().maxCurrent).toBe(16);
    bench.board.temperature(60);
    expect(bench.evse.snapshot().maxCurrent).toBe(32);
  });
});

describe('storage', () => {
  it('the contactor does not close before the start is on disk', async () => {
    const bench = evseBench();
    bench.board.pilot('B');
    await bench.run(seconds(1));
    bench.ledger.delay = millis(1500);
    bench.board.token('TAG');
    await bench.run(millis(50));
    bench.board.pilot('C');
    await bench.run(millis(1300));
    expect(bench.board.closes).toBe(0);
    expect(bench.board.output).toBe('X1');
    bench.ledger.delay = undefined;
    await bench.run(seconds(1));
    expect(bench.board.contactor).toBe('closed');
  });

  it.each(['fail', 'hang', 'late'] as const)(
    'a commit that does %s: no energy, and the facts land later, once',
    async (mode) => {
      const bench = evseBench();
      bench.board.pilot('B');
      await bench.run(seconds(1));
      bench.ledger.mode = mode;
      bench.board.token('TAG');
      bench.board.pilot('C');
      await bench.run(seconds(4));
      expect(bench.board.closes).toBe(0);
      expect(bench.evse.snapshot().reason).toBe('storage-failed');
      bench.ledger.mode = 'ok';
      bench.ledger.release();
      await bench.run(seconds(10));
      expect(bench.ledger.of('transaction.started')).toHaveLength(1);
      expect(bench.ledger.of('transaction.stopped').map((fact) => fact.data.reason)).toEqual([
        'Storage',
      ]);
      expect(bench.board.closes).toBe(0);
      bench.board.token('TAG');
      await bench.run(seconds(1));
      expect(bench.board.contactor).toBe('closed');
    },
  );

  it('a sample that cannot be written ends the running session with Storage', async () => {
    const bench = await charging(evseBench());
    bench.ledger.mode = 'hang';
    await bench.run(seconds(13));
    expect(bench.board.contactor).toBe('open');
    bench.ledger.mode = 'ok';
    bench.ledger.release();
    await bench.run(seconds(10));
    expect(bench.ledger.of('transaction.stopped').map((fact) => fact.data.reason)).toEqual([
      'Storage',
    ]);
    const at = bench.ledger.facts.map((fact) => fact.at);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
  });
});

describe('board link', () => {
  it('nothing closes without it; within 10 s the same transaction goes on', async () => {
    const bench = await charging(evseBench());
    bench.board.link(false);
    await bench.run(seconds(5));
    expect(bench.evse.snapshot()).toMatchObject({
      state: 'Unavailable',
      reason: 'board-link-down',
      contactor: 'unknown',
      boardLink: false,
    });
    bench.board.link(true);
    await bench.run(seconds(1));
    expect(bench.board.contactor).toBe('closed');
    expect(bench.ledger.of('transaction.stopped')).toHaveLength(0);
  });

  it('after 10 s the transaction ends with BoardLost', async () => {
    const bench = await charging(evseBench());
    bench.board.link(false);
    await bench.run(seconds(12));
    expect(bench.ledger.of('transaction.stopped')[0]?.data.reason).toBe('BoardLost');
    bench.board.link(true);
    await bench.run(seconds(2));
    expect(bench.board.contactor).toBe('open');
    expect(bench.evse.snapshot().state).toBe('Finishing');
  });

  it('the car that left meanwhile has left', async () => {
    const bench = await charging(evseBench());
    bench.board.link(false);
    await bench.run(seconds(2));
    bench.board.pilot('A');
    bench.board.link(true);
    await bench.run(seconds(1));
    expect(bench.evse.snapshot().state).toBe('Available');
    expect(bench.ledger.of('transaction.stopped')[0]?.data.reason).toBe('EVDisconnected');
  });

  it('the car that stayed, as the board tells, goes on in its transaction', async () => {
    const bench = await charging(evseBench());
    bench.board.link(false);
    await bench.run(seconds(5));
    bench.board.link(true, { pluggedFor: seconds(60) });
    await bench.run(seconds(1));
    expect(bench.board.contactor).toBe('closed');
    expect(bench.ledger.of('transaction.stopped')).toEqual([]);
    expect(bench.ledger.of('system.replugged')).toEqual([]);
  });

  it('a car that was plugged in meanwhile is another one: no energy on the account of the one before', async () => {
    const bench = await charging(evseBench());
    const { closes } = bench.board;
    bench.board.link(false);
    await bench.run(seconds(5));
    bench.board.link(true, { pluggedFor: seconds(3) });
    await bench.run(seconds(5));
    expect(bench.ledger.of('system.replugged')).toMatchObject([{ data: { unseenMs: 5000 } }]);
    expect(bench.ledger.of('transaction.stopped')[0]?.data.reason).toBe('EVDisconnected');
    expect(bench.ledger.of('transaction.started')).toHaveLength(1);
    expect(bench.board.closes).toBe(closes);
    expect(bench.evse.snapshot()).toMatchObject({ state: 'Preparing', contactor: 'open' });
    const sessions = bench.ledger.of('session.began').map((fact) => fact.session);
    expect(new Set(sessions).size).toBe(2);

    bench.board.token('TAG2');
    await bench.run(seconds(1));
    expect(bench.ledger.of('transaction.started')[1]?.data.idToken).toBe('TAG2');
    expect(bench.board.contactor).toBe('closed');
  });

  it('so it is when the transaction had ended by then: the newcomer need not unplug first', async () => {
    const bench = await charging(evseBench());
    bench.board.link(false);
    await bench.run(seconds(60));
    bench.board.link(true, { pluggedFor: seconds(20) });
    await bench.run(seconds(2));
    expect(bench.ledger.of('transaction.stopped')[0]?.data.reason).toBe('BoardLost');
    expect(bench.evse.snapshot()).toMatchObject({ state: 'Preparing' });
  });
});

describe('commands', () => {
  it('starts remotely, for an operator without asking, and refuses a second start', async () => {
    const bench = evseBench();
    bench.board.pilot('B');
    await bench.run(seconds(1));
    expect(await bench.evse.command({ command: 'start', idToken: 'TAG', by: 'remote' })).toEqual({
      accepted: true,
    });
    await bench.run(seconds(1));
    expect(bench.authorizer.asked).toEqual(['TAG']);
    expect(
      await bench.evse.command({ command: 'start', idToken: 'TAG2', by: 'remote' }),
    ).toMatchObject({ accepted: false, code: 'occupied' });

    const other = evseBench();
    other.board.pilot('B');
    await other.run(seconds(1));
    await other.evse.command({ command: 'start', idToken: 'anybody', by: 'operator' });
    await other.run(seconds(1));
    expect(other.authorizer.asked).toEqual([]);
    expect(other.ledger.of('transaction.started')[0]?.data.idToken).toBe('anybody');
  });

  it('stops by transaction key only where it is the running one', async () => {
    const bench = await charging(evseBench());
    expect(
      await bench.evse.command({ command: 'stop', transaction: 'x', reason: 'Remote' }),
    ).toMatchObject({ code: 'unknown-transaction' });
    const key = bench.evse.snapshot().transaction?.key ?? '';
    expect(
      await bench.evse.command({ command: 'stop', transaction: key, reason: 'DeAuthorized' }),
    ).toEqual({ accepted: true });
    await bench.run(millis(100));
    expect(bench.board.contactor).toBe('open');
  });

  it('unlock ends the transaction and is answered when the lock moved', async () => {
    const bench = await charging(evseBench());
    let answer: unknown;
    void bench.evse.command({ command: 'unlock' }).then((value) => (answer = value));
    await bench.run(seconds(1));
    expect(answer).toBeUndefined();
    await bench.run(seconds(5));
    expect(answer).toEqual({ accepted: true });
    expect(bench.board.lock).toBe('unlocked');

    const stuck = await charging(evseBench());
    stuck.board.broken.lock = true;
    void stuck.evse.command({ command: 'unlock' }).then((value) => (answer = value));
    await stuck.run(seconds(20));
    expect(answer).toMatchObject({ code: 'unlock-failed' });
  });

  it('goes out of service after the transaction, with state F once the car is gone', async () => {
    const bench = await charging(evseBench());
    await bench.evse.command({ command: 'availability', operative: false });
    await bench.run(seconds(1));
    expect(bench.evse.snapshot().state).toBe('Charging');
    bench.board.pilot('A');
    await bench.run(seconds(2));
    expect(bench.evse.snapshot()).toMatchObject({
      state: 'Unavailable',
      reason: 'set-inoperative',
    });
    expect(bench.board.output).toBe('F');
    await bench.evse.command({ command: 'availability', operative: true });
    await bench.run(seconds(2));
    expect(bench.evse.snapshot()).toMatchObject({ state: 'Available' });
  });
});

describe('restart', () => {
  const open = {
    transaction: 'old-2',
    session: 'old-1',
    evse: 1,
    connector: 7,
    idToken: 'TAG',
    meterStart: 900 as never,
    lastMeter: 950 as never,
    lastAt: new ManualClock().now(),
    timeKnown: true,
  };

  it('closes the open transaction with PowerLoss, and the car goes on in a new one', async () => {
    const bench = evseBench({ recovered: open, linked: false });
    bench.board.pilot('C');
    bench.board.link(true);
    await bench.run(seconds(2));
    const [stopped] = bench.ledger.of('transaction.stopped');
    expect(stopped).toMatchObject({
      session: 'old-1',
      data: {
        transaction: 'old-2',
        connector: 7,
        reason: 'PowerLoss',
        meterStart: 900,
        meter: { energy: 1000 },
      },
    });
    expect(bench.ledger.of('session.began')[0]?.data.trigger).toBe('recovery');
    expect(bench.ledger.of('authorization.requested')[0]?.data.by).toBe('recovery');
    expect(bench.ledger.of('transaction.started')).toHaveLength(1);
    expect(bench.board.contactor).toBe('closed');
    const order = ['transaction.stopped', 'session.ended', 'session.began', 'transaction.started'];
    expect(types(bench).filter((type) => order.includes(type))).toEqual(order);
  });

  it('never goes below the last value on disk, and waits no longer than 6 s for the meter', async () => {
    const bench = evseBench({ recovered: { ...open, lastMeter: 1500 as never } });
    await bench.run(seconds(1));
    expect(bench.ledger.of('transaction.stopped')[0]?.data.meter.energy).toBe(1500);

    const silent = evseBench({ recovered: open, meterSilent: true });
    await silent.run(seconds(5));
    expect(silent.ledger.of('transaction.stopped')).toEqual([]);
    await silent.run(seconds(3));
    expect(silent.ledger.of('transaction.stopped')[0]?.data.meter.energy).toBe(950);
  });

  const minute = 60_000;
  it.each<[story: string, awayMs: number, pluggedForMs: number | undefined, resumes: boolean]>([
    ['there all night, as the board tells', 600 * minute, 601 * minute, true],
    ['... whose clock runs a little slow', 600 * minute, 600 * minute - 30_000, true],
    ['plugged in while the charger was down', 600 * minute, 30 * minute, false],
    ['... for a moment only', 5000, 3000, false],
    ['there, the board cannot tell since when, soon', minute, undefined, true],
    ['... and after a long time', 10 * minute, undefined, false],
    ['there, and the clock went back', -minute, undefined, false],
    ['there, and the clock went back, whatever the board tells', -minute, 30 * minute, false],
  ])('a car that was %s', async (_story, awayMs, pluggedForMs, resumes) => {
    const lastAt = open.lastAt - awayMs;
    const bench = evseBench({
      recovered: { ...open, lastAt },
      linked: false,
      config: { sampleInterval: seconds(60) },
    });
    bench.board.pilot('C');
    bench.board.link(
      true,
      pluggedForMs === undefined ? undefined : { pluggedFor: millis(pluggedForMs) },
    );
    await bench.run(seconds(5));
    expect(bench.ledger.of('transaction.stopped')[0]?.data.reason).toBe('PowerLoss');
    expect(bench.ledger.of('session.began')[0]?.data.trigger).toBe(
      resumes ? 'recovery' : 'plug-in',
    );
    expect(bench.authorizer.asked).toEqual(resumes ? ['TAG'] : []);
    expect(bench.board.contactor).toBe(resumes ? 'closed' : 'open');
    const [{ session } = {}] = bench.ledger.of('session.began');
    expect(bench.ledger.of('system.replugged')).toMatchObject(resumes ? [] : [{ session }]);
  });

  it('a clock that may have stood still while the machine was off tells no time: nothing goes on', async () => {
    const bench = evseBench({ recovered: { ...open, timeKnown: false }, linked: false });
    bench.board.pilot('C');
    bench.board.link(true, { pluggedFor: minutes(30) });
    await bench.run(seconds(5));
    expect(bench.ledger.of('transaction.stopped')).toHaveLength(1);
    expect(bench.authorizer.asked).toEqual([]);
    expect(bench.board.contactor).toBe('open');
  });

  it.each([
    ['leaves', 'C'],
    ['is not there at first', 'A'],
  ] as const)(
    'a car that %s before the meter answers: the next one is another',
    async (_, first) => {
      const bench = evseBench({ recovered: open, linked: false, meterSilent: true });
      bench.board.pilot(first);
      bench.board.link(true);
      await bench.run(seconds(1));
      bench.board.pilot('A');
      await bench.run(seconds(1));
      bench.board.pilot('C');
      await bench.run(seconds(8));
      expect(bench.ledger.of('transaction.stopped')).toHaveLength(1);
      expect(bench.ledger.of('session.began')[0]?.data.trigger).toBe('plug-in');
      expect(bench.authorizer.asked).toEqual([]);
    },
  );

  it('begins nothing where no car is left', async () => {
    const bench = evseBench({ recovered: open });
    await bench.run(seconds(2));
    bench.board.pilot('B');
    await bench.run(seconds(1));
    expect(bench.ledger.of('session.began')[0]?.data.trigger).toBe('plug-in');
    expect(bench.authorizer.asked).toEqual([]);
  });

  it('takes the F that the run before left on the pilot for its own, and finds the car behind it', async () => {
    const fresh = evseBench({ recovered: open, linked: false });
    fresh.board.pilot('B');
    fresh.board.leftAtF();
    fresh.board.link(true);
    await fresh.run(seconds(2));
    expect(fresh.evse.snapshot().faults).toEqual([]);
    expect(fresh.ledger.of('session.began')[0]?.data.trigger).toBe('recovery');
  });

  it('a pilot that stays in F is a fault, seen through X1, and goes when it is gone', async () => {
    const bench = evseBench({ linked: false });
    bench.board.pilot('F');
    bench.board.link(true);
    await bench.run(millis(500));
    expect(bench.evse.snapshot().faults).toEqual([]);
    await bench.run(seconds(1));
    expect(bench.evse.snapshot()).toMatchObject({ state: 'Faulted', reason: 'pilot-error' });
    expect(bench.board.output).toBe('X1');
    bench.board.pilot('A');
    await bench.run(seconds(1));
    expect(bench.evse.snapshot().state).toBe('Available');
  });

  it('stop opens, writes stop and end, leaves no timer', async () => {
    const bench = await charging(evseBench());
    const stopping = bench.evse.stop('Reboot');
    await bench.run(seconds(1));
    await stopping;
    expect(bench.board.contactor).toBe('open');
    expect(bench.ledger.of('transaction.stopped')[0]?.data.reason).toBe('Reboot');
    expect(bench.ledger.of('session.ended')).toHaveLength(1);
    expect(bench.clock.pending).toBeLessThanOrEqual(1);
  });
});
