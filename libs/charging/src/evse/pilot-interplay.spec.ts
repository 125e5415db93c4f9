import { amps, millis, seconds, volts } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { C_sequ_retry, type PilotTimerName, pilotTimers } from '../pilot-timers.ts';
import type { EvseConfig } from '../ports.ts';
import { type EvseBench, evseBench } from '../testing/index.ts';

type Config = Partial<EvseConfig>;
const CAR = '02:00:00:00:00:01';
const AC: Config = { kind: 'AC', highLevelComm: true };
const DC: Config = { kind: 'DC', highLevelComm: true, fuse: amps(200) };
const BOTH: Config = { kind: 'AC+DC', highLevelComm: true };

/** What can happen, by name: a row of the table is a sentence of these and of waits in milliseconds. */
const happenings = {
  plug: ({ board }) => board.pilot('B'),
  unplug: ({ board }) => board.pilot('A'),
  C: ({ board }) => board.pilot('C'),
  B: ({ board }) => board.pilot('B'),
  E: ({ board }) => board.pilot('E'),
  token: ({ board }) => board.token('TAG'),
  matching: ({ matching }) => matching.tell({ event: 'matching' }),
  matched: ({ matching }) => matching.tell({ event: 'matched', evMac: CAR }),
  failed: ({ matching }) => matching.tell({ event: 'failed', reason: 'no-parm-req' }),
  'link lost': ({ matching }) => matching.tell({ event: 'link-lost', reason: 'gone' }),
  session: ({ evse }) =>
    evse.evseSide.request({ request: 'session-setup', evccId: '0A', protocol: 'iso2' }),
  'AC wanted': ({ evse }) => evse.evseSide.request({ request: 'charge-parameters', mode: 'AC' }),
  'DC wanted': ({ evse }) => evse.evseSide.request({ request: 'charge-parameters', mode: 'DC' }),
  'power on': ({ evse }) => void evse.evseSide.powerOn(),
  'power off': ({ evse }) => evse.evseSide.request({ request: 'power-off' }),
  stop: ({ evse }) => evse.evseSide.request({ request: 'session-stop', pause: false }),
  pause: ({ evse }) => evse.evseSide.request({ request: 'session-stop', pause: true }),
  'session lost': ({ evse }) => evse.evseSide.request({ request: 'lost', reason: 'TCP reset' }),
} satisfies Record<string, (bench: EvseBench) => void>;
type Happening = keyof typeof happenings | number;

async function play(bench: EvseBench, story: readonly Happening[]): Promise<void> {
  for (const part of story) {
    if (typeof part === 'number') await bench.run(millis(part));
    else {
      happenings[part](bench);
      await bench.run(millis(part === 'token' || part === 'plug' || part === 'C' ? 200 : 0));
    }
  }
}
/** The outputs in order, each with its time where it lasted at least half a second and is over. */
const shown = (bench: EvseBench): string =>
  bench
    .outputs()
    .map(([output, ms], index, all) =>
      index > 0 && index < all.length - 1 && output !== '5' && ms >= 500
        ? `${output}:${ms}`
        : output,
    )
    .join(' ');

const outputsOf = (bench: EvseBench) => bench.outputs().map(([output]) => output);

const talking: readonly Happening[] = ['plug', 'matching', 'matched', 'session', 'token'];
const powered: readonly Happening[] = [...talking, 'AC wanted', 'C', 'power on', 600];
const asleep: readonly Happening[] = [...powered, 'power off', 'B', 'pause', 2000];

interface Row {
  readonly name: string;
  readonly config: Config;
  readonly story: readonly Happening[];
  readonly outputs: string;
  /** What matching was told. */
  readonly orders: string;
}
const rows: readonly Row[] = [
  {
    name: 'DC: 5 % after plug-in, whether the token comes before it ...',
    config: DC,
    story: ['token', 'plug', 30_000],
    outputs: 'X1 5',
    orders: 'enter',
  },
  {
    name: 'DC: ... or after it, and also when matched without a V2G session: no fall-back',
    config: DC,
    story: ['plug', 'token', 'matching', 'matched', 60_000],
    outputs: 'X1 5',
    orders: 'enter',
  },
  {
    name: 'DC, matching failed: X1, F for T_step_EF, 5 % again',
    config: DC,
    story: ['plug', 'failed', 6000],
    outputs: 'X1 5 X1:1000 F:4000 5',
    orders: 'enter leave enter',
  },
  {
    name: 'AC, not yet authorised: 5 % at plug-in',
    config: AC,
    story: ['plug', 5000],
    outputs: 'X1 5',
    orders: 'enter',
  },
  {
    name: '[V2G2-853] AC, authorised before plug-in: nominal duty cycle at once',
    config: AC,
    story: ['token', 'plug', 1000],
    outputs: 'X1 53.3',
    orders: '',
  },
  {
    name: '[V2G2-853] overridden: 5 % although authorised before plug-in',
    config: { ...AC, enforceHighLevelComm: true },
    story: ['token', 'plug', 30_000],
    outputs: 'X1 5',
    orders: 'enter',
  },
  {
    name: '[V2G3-M06-05] [V2G3-M06-08] AC, EIM at 5 %, matching not started: F, X1, nominal',
    config: AC,
    story: ['plug', 3000, 'token', 6000],
    outputs: 'X1 5 F:4000 X1:750 53.3',
    orders: 'enter leave',
  },
  {
    name: '[V2G3-M06-06] AC, EIM at 5 %, matching started: X1 for T_step_X1, nominal, after the delay',
    config: AC,
    story: ['plug', 'matching', 'token', 15_000],
    outputs: 'X1 5 X1:3000 53.3',
    orders: 'enter leave',
  },
  {
    name: '[V2G3-M06-06] AC, EIM, matched: the same; the delay begins anew with the match',
    config: AC,
    story: ['plug', 'matching', 'token', 5000, 'matched', 9000],
    outputs: 'X1 5',
    orders: 'enter',
  },
  {
    name: '[V2G3-M06-06] AC, EIM: a V2G session that runs is not killed by the delay',
    config: AC,
    story: ['plug', 'matching', 'token', 5000, 'matched', 5000, 'session', 120_000],
    outputs: 'X1 5',
    orders: 'enter',
  },
  {
    name: '[V2G3-M06-06] AC, EIM: the delay is what is configured',
    config: { ...AC, timers: { hlc_start: seconds(2), T_step_X1: seconds(5) } },
    story: ['plug', 'matching', 'token', 2000, 6000],
    outputs: 'X1 5 X1:5000 53.3',
    orders: 'enter leave',
  },
  {
    name: '[V2G3-M06-07] AC, no CM_SLAC_PARM.REQ: F and 5 % again C_sequ_retry times, then X1',
    config: AC,
    story: ['plug', 'failed', 5000, 'failed', 5000, 'failed', 5000],
    outputs: 'X1 5 F:4000 5 F:4000 5 X1',
    orders: 'enter leave enter leave enter leave',
  },
  {
    name: '[V2G3-M06-07] AC: C_sequ_retry is what is configured',
    config: { ...AC, sequenceRetries: 1, timers: { T_step_EF: seconds(6) } },
    story: ['plug', 'failed', 7000, 'failed', 5000],
    outputs: 'X1 5 F:6000 5 X1',
    orders: 'enter leave enter leave',
  },
  {
    name: '[V2G3-M06-07] AC, authorised meanwhile: F, X1, nominal',
    config: AC,
    story: ['plug', 'failed', 1000, 'token', 6000],
    outputs: 'X1 5 F:4000 X1:750 53.3',
    orders: 'enter leave',
  },
  {
    name: 'AC, EIM in X1 after all tries: nominal',
    config: { ...AC, sequenceRetries: 0 },
    story: ['plug', 'failed', 2000, 'token', 1000],
    outputs: 'X1 5 X1:2000 53.3',
    orders: 'enter leave',
  },
  {
    name: 'AC, fast path: one try',
    config: { ...AC, fastFallback: true },
    story: ['plug', 'failed', 2000, 'token', 1000],
    outputs: 'X1 5 X1:2000 53.3',
    orders: 'enter leave',
  },
  {
    name: '[V2G3-M06-07] AC+DC: the same as AC',
    config: BOTH,
    story: ['plug', 'failed', 5000, 'failed', 5000, 'failed', 5000],
    outputs: 'X1 5 F:4000 5 F:4000 5 X1',
    orders: 'enter leave enter leave enter leave',
  },
  {
    name: 'AC+DC, EIM at 5 %: what matching says decides',
    config: BOTH,
    story: ['plug', 'token', 30_000, 'failed', 6000],
    outputs: 'X1 5 F:4000 X1:750 53.3',
    orders: 'enter leave',
  },
  {
    name: 'AC+DC, fast path: one try',
    config: { ...BOTH, fastFallback: true },
    story: ['plug', 'failed', 2000, 'token', 1000],
    outputs: 'X1 5 X1:2000 53.3',
    orders: 'enter leave',
  },
  {
    name: 'pilot A: matching ends at once',
    config: AC,
    story: ['plug', 'matching', 'unplug'],
    outputs: 'X1 5 X1',
    orders: 'enter leave',
  },
  {
    name: 'pilot E: matching is left, and begins anew when it is over',
    config: AC,
    story: ['plug', 'matching', 1500, 'E', 2000, 'B', 1000],
    outputs: 'X1 5 X1:2100 5',
    orders: 'enter leave enter',
  },
  {
    name: '[V2G3-M07-05] to [V2G3-M07-09] link lost after the match: X1 and left, F, ready again',
    config: AC,
    story: ['plug', 'matching', 'matched', 'link lost', 6000],
    outputs: 'X1 5 X1:1000 F:4000 5',
    orders: 'enter error enter',
  },
  {
    name: '[V2G3-M07-05] SLAC fails after the match, for another reason than the link: the same',
    config: AC,
    story: ['plug', 'matching', 'matched', 'failed', 6000],
    outputs: 'X1 5 X1:1000 F:4000 5',
    orders: 'enter error enter',
  },
  {
    name: '[V2G3-M07-05] DC: the same',
    config: DC,
    story: ['plug', 'matching', 'matched', 'link lost', 6000],
    outputs: 'X1 5 X1:1000 F:4000 5',
    orders: 'enter error enter',
  },
  {
    name: '[V2G3-M07-05] V2G session lost before energy, not authorised: the same',
    config: AC,
    story: ['plug', 'matching', 'matched', 'session', 'session lost', 6000],
    outputs: 'X1 5 X1:1000 F:4000 5',
    orders: 'enter error enter',
  },
  {
    name: '[V2G3-M07-05] AC, authorised, lost before energy: X1, F, X1, nominal',
    config: AC,
    story: [...talking, 'session lost', 7000],
    outputs: 'X1 5 X1:1000 F:4000 X1:750 53.3',
    orders: 'enter error',
  },
  {
    name: '[V2G3-M07-05] DC, authorised, lost before energy: ready again in the same transaction',
    config: DC,
    story: [...talking, 'DC wanted', 'session lost', 6000],
    outputs: 'X1 5 X1:1000 F:4000 5',
    orders: 'enter error enter',
  },
  {
    name: '[V2G3-M07-05] lost under power: X1, F, and nothing more is offered',
    config: AC,
    story: [...powered, 'link lost', 10_000],
    outputs: 'X1 5 X1:1000 F:4000 X1',
    orders: 'enter error',
  },
  {
    name: '[V2G3-M07-06] TP_match_leave is what is configured',
    config: { ...AC, timers: { TP_match_leave: millis(600) } },
    story: ['plug', 'matching', 'matched', 'link lost', 6000],
    outputs: 'X1 5 X1:600 F:4000 5',
    orders: 'enter error enter',
  },
  {
    name: 'D-LINK_TERMINATE: X1, and the network is left when the last answer has gone',
    config: AC,
    story: [...powered, 'power off', 'B', 'stop', 3000],
    outputs: 'X1 5 X1',
    orders: 'enter terminate',
  },
  {
    name: 'D-LINK_PAUSE: X1, the network is kept',
    config: AC,
    story: [...asleep, 60_000],
    outputs: 'X1 5 X1',
    orders: 'enter pause',
  },
  {
    name: 'D-LINK_PAUSE, woken by a BCB toggle of the car: 5 % and the same network',
    config: AC,
    story: [...asleep, 5000, 'C', 100, 'B', 300, 'matched', 'session', 30_000],
    outputs: 'X1 5 X1:5100 5',
    orders: 'enter pause enter',
  },
  {
    name: 'D-LINK_PAUSE, woken by the car, no link within T_conn_resume: X1, F, X1, nominal',
    config: AC,
    story: [...asleep, 5000, 'C', 'B', 13_000],
    outputs: 'X1 5 X1:5100 5 X1:1000 F:4000 X1:750 53.3',
    orders: 'enter pause enter error',
  },
  {
    name: 'D-LINK_PAUSE, the car matches anew when it wakes: it may',
    config: AC,
    story: [...asleep, 5000, 'C', 'B', 'matching', 8000, 'matched', 'session', 30_000],
    outputs: 'X1 5 X1:5100 5',
    orders: 'enter pause enter',
  },
  {
    name: 'the link goes down before the pilot is at X1, for the car sleeps already: the pause goes on, DC',
    config: DC,
    story: [...talking, 'DC wanted', 'pause', 500, 'link lost', 6000],
    outputs: 'X1 5 X1',
    orders: 'enter pause',
  },
  {
    name: '... and AC',
    config: AC,
    story: [...powered, 'power off', 'B', 'pause', 500, 'failed', 9000],
    outputs: 'X1 5 X1',
    orders: 'enter pause',
  },
  {
    name: 'the V2G connection of a paused car ends before it sleeps: it may',
    config: DC,
    story: [...talking, 'DC wanted', 'pause', 500, 'session lost', 9000],
    outputs: 'X1 5 X1',
    orders: 'enter pause',
  },
  {
    name: 'a paused car toggles on the link that stands, and begins no V2G session: DC 5 % again',
    config: DC,
    story: [...talking, 'DC wanted', 'pause', 500, 'C', 'B', 19_000, 7000],
    outputs: 'X1 5 X1:1000 F:4000 5',
    orders: 'enter pause enter error enter',
  },
  {
    name: '... and it has 20 s for it, AC without a fall-back as well',
    config: { ...AC, enforceHighLevelComm: true },
    story: [...powered, 'power off', 'B', 'pause', 500, 'C', 'B', 19_000, 'session', 60_000],
    outputs: 'X1 5',
    orders: 'enter pause enter',
  },
  {
    name: 'D-LINK_PAUSE, unplugged in its sleep: the network is left',
    config: AC,
    story: [...asleep, 'unplug', 1000],
    outputs: 'X1 5 X1',
    orders: 'enter pause leave',
  },
];

describe('pilot and matching, case by case. ISO 15118-3', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', async (_, row) => {
    const { config, story, outputs, orders } = row;
    const bench = evseBench({ config });
    await play(bench, story);
    expect(shown(bench)).toBe(outputs);
    expect(bench.matching.calls.join(' ')).toBe(orders);
  });
});

describe('before 5 %', () => {
  it('the pilot waits until matching is ready', async () => {
    const bench = evseBench({ config: AC });
    bench.matching.answers = false;
    await play(bench, ['plug']);
    expect(bench.matching.calls).toEqual(['enter']);
    expect(bench.board.output).toBe('X1');
    expect(bench.evse.snapshot().reason).toBe('readying-matching');
    bench.matching.tell({ event: 'ready' });
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
    await bench.run(seconds(2));
    expect(bench.ledger.of('system.matching-not-ready')).toEqual([]);
  });

  it.each([
    [{}, 500],
    [{ matching_ready: millis(1000) }, 1000],
  ])('waits no longer than is configured (%o), and says so', async (timers, waitedMs) => {
    const bench = evseBench({ config: { ...AC, timers } });
    bench.matching.answers = false;
    bench.board.pilot('B');
    await bench.run(millis(100 + waitedMs - 10));
    expect(bench.board.output).toBe('X1');
    await bench.run(millis(10));
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
    expect(bench.ledger.of('system.matching-not-ready').map(({ data }) => data)).toEqual([
      { waitedMs },
    ]);
  });

  it('does not wait at all where 0 is configured', async () => {
    const bench = evseBench({ config: { ...AC, timers: { matching_ready: millis(0) } } });
    bench.matching.answers = false;
    await play(bench, ['plug']);
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
    expect(bench.ledger.of('system.matching-not-ready')).toEqual([]);
  });

  it('[V2G2-853] authorised before 5 % is on: the nominal duty cycle without any step', async () => {
    const bench = evseBench({ config: { ...AC, timers: { matching_ready: millis(1000) } } });
    bench.matching.answers = false;
    bench.board.pilot('B');
    await bench.run(millis(150));
    await play(bench, ['token']);
    expect(bench.outputs().map(([output]) => output)).toEqual(['X1', '53.3']);
    expect(bench.matching.calls).toEqual(['enter', 'leave']);
  });

  it('a car whose pilot goes to E right after our own F gets no energy', async () => {
    const bench = evseBench({ config: AC });
    await play(bench, ['plug', 'C', 'token', 4000]);
    expect(bench.board.output).toBe('X1');
    bench.board.pilot('E');
    await bench.run(seconds(3));
    expect(bench.board.closes).toBe(0);
    expect(bench.evse.snapshot().faults.map(({ code }) => code)).toEqual(['pilot-error']);
  });

  it('after F the pilot stays at F until matching is ready again', async () => {
    const bench = evseBench({ config: AC });
    await play(bench, ['plug', 'failed']);
    bench.matching.answers = false;
    await bench.run(millis(4200));
    expect(bench.board.output).toBe('F');
    bench.matching.tell({ event: 'ready' });
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
  });
});

describe('D-LINK_PAUSE', () => {
  const slept = async (config: Config = AC): Promise<EvseBench> => {
    const bench = evseBench({ config });
    await play(bench, asleep);
    expect(bench.matching.calls).toEqual(['enter', 'pause']);
    expect(bench.board.output).toBe('X1');
    return bench;
  };

  it('the last answer still gets 5 % and its link', async () => {
    const bench = evseBench({ config: AC });
    await play(bench, [...powered, 'power off', 'B', 'pause', 1900]);
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
    expect(bench.hlc.calls).toEqual(['open']);
    await bench.run(millis(100));
    expect(bench.hlc.calls).toEqual(['open', 'close paused']);
  });

  it('a car that goes on at once keeps its link', async () => {
    const bench = evseBench({ config: AC });
    await play(bench, [...powered, 'power off', 'B', 'pause', 500, 'C', 'session', 30_000]);
    expect(bench.matching.calls).toEqual(['enter', 'pause', 'enter']);
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
  });

  it('a car that goes on at once without a toggle keeps its link as well', async () => {
    const bench = evseBench({ config: AC });
    await play(bench, [...powered, 'power off', 'B', 'pause', 500, 'session', 'C', 30_000]);
    expect(bench.matching.calls).toEqual(['enter', 'pause', 'enter']);
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
  });

  it('the transaction stays open, and ends by a stop: then the network is left', async () => {
    const bench = await slept();
    expect(bench.evse.snapshot()).toMatchObject({
      state: 'SuspendedEV',
      reason: 'paused-by-car',
      next: 'wake-the-car',
    });
    expect(bench.ledger.of('transaction.stopped')).toEqual([]);
    await bench.evse.command({ command: 'stop', reason: 'Remote' });
    await bench.run(seconds(1));
    expect(bench.ledger.of('transaction.stopped').map(({ data }) => data.reason)).toEqual([
      'Remote',
    ]);
    expect(bench.matching.calls).toEqual(['enter', 'pause', 'terminate']);
    expect(bench.board.output).toBe('X1');
    await play(bench, ['C', 5000]);
    expect(bench.board.output).toBe('X1');
  });

  it('[V2G3-M07-12] an operator wakes the car: 5 %; without reaction F; then it sleeps on', async () => {
    const bench = await slept();
    expect(await bench.evse.command({ command: 'wake-up' })).toEqual({ accepted: true });
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
    expect(bench.evse.snapshot().reason).toBe('waking-the-car');
    await bench.run(seconds(6));
    expect(bench.board.output).toBe('F');
    await bench.run(seconds(4));
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
    await bench.run(seconds(6));
    expect(bench.board.output).toBe('X1');
    expect(bench.matching.calls.join(' ')).toBe('enter pause enter pause enter pause');
    expect(bench.ledger.of('system.wake-up-unanswered')).toHaveLength(1);
    expect(bench.evse.snapshot().reason).toBe('paused-by-car');
    expect(bench.ledger.of('transaction.stopped')).toEqual([]);
  });

  it('the link comes back after the F that woke the car', async () => {
    const bench = await slept();
    await bench.evse.command({ command: 'wake-up' });
    await play(bench, [10_500, 'matched', 'session']);
    expect(bench.hlc.calls).toEqual(['open', 'close paused', 'open']);
    await bench.run(seconds(30));
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
  });

  it('the wake-up is refused where no car sleeps', async () => {
    const bench = evseBench({ config: AC });
    const answer = await bench.evse.command({ command: 'wake-up' });
    expect(answer).toMatchObject({ accepted: false, code: 'not-paused' });
  });

  it('energy that is to be had again wakes the car', async () => {
    const bench = await slept();
    const limit = (value: number | undefined) =>
      bench.evse.command({
        command: 'limit',
        slot: 'ocpp',
        limit: value === undefined ? undefined : amps(value),
      });
    await limit(10);
    await limit(16);
    expect(bench.board.output).toBe('X1');
    await limit(0);
    await limit(5);
    expect(bench.board.output).toBe('X1');
    await limit(6);
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
    expect(bench.ledger.of('system.woken').map(({ data }) => data)).toEqual([{ by: 'energy' }]);
  });

  it('a fault while the car sleeps ends the transaction, and nothing wakes it any more', async () => {
    const bench = await slept();
    bench.board.fault('rcd', true);
    await bench.run(seconds(1));
    expect(bench.matching.calls.at(-1)).toBe('terminate');
    expect(bench.ledger.of('transaction.stopped').map(({ data }) => data.reason)).toEqual([
      'Fault',
    ]);
    bench.board.fault('rcd', false);
    await play(bench, ['C', 10_000]);
    expect(bench.board.output).toBe('X1');
  });

  it('without a transaction a pause is an end', async () => {
    const bench = evseBench({ config: AC });
    await play(bench, ['plug', 'matching', 'matched', 'session', 'pause', 3000]);
    expect(bench.matching.calls).toEqual(['enter', 'terminate']);
    expect(bench.board.output).toBe('X1');
  });

  it('DC resumes as well', async () => {
    const bench = evseBench({ config: DC });
    await play(bench, [...talking, 'DC wanted', 'pause', 2000]);
    expect(bench.matching.calls).toEqual(['enter', 'pause']);
    await play(bench, ['C', 'matched', 'session', 'DC wanted']);
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
    bench.evse.evseSide.request({ request: 'cable-check' });
    await bench.run(seconds(2));
    expect(bench.evse.evseSide.view().cableCheck).toBe('valid');
    expect(bench.ledger.of('transaction.started')).toHaveLength(1);
  });
});

describe('D-LINK_ERROR', () => {
  it('DC: tries C_sequ_retry times in the same transaction, then ends it', async () => {
    const bench = evseBench({ config: DC });
    await play(bench, talking);
    for (let tries = 0; tries < 2; tries++)
      await play(bench, ['session lost', 6000, 'matching', 'matched', 'session']);
    expect(bench.ledger.of('transaction.stopped')).toEqual([]);
    await play(bench, ['session lost', 20_000]);
    expect(bench.ledger.of('transaction.stopped').map(({ data }) => data.reason)).toEqual([
      'Other',
    ]);
    expect(bench.board.output).toBe('X1');
  });

  it('a token during the error routine of an ended session begins the next one', async () => {
    const bench = evseBench({ config: AC });
    await play(bench, [...powered, 'link lost', 3000]);
    expect(bench.board.output).toBe('F');
    await play(bench, ['token', 5000]);
    expect(bench.board.output).toEqual({ dutyPercent: 5 });
    expect(bench.ledger.of('transaction.started')).toHaveLength(2);
  });

  it('opens in the same step', async () => {
    const bench = evseBench({ config: AC });
    await play(bench, powered);
    expect(bench.board.contactor).toBe('closed');
    bench.matching.tell({ event: 'link-lost', reason: 'gone' });
    expect(bench.board.orders.findLast((order) => order === 'open' || order === 'close')).toBe(
      'open',
    );
  });
});

describe('matching at a nominal duty cycle', () => {
  const NOMINAL: Config = { ...AC, matchAtNominalDuty: true };
  const basic: readonly Happening[] = ['token', 'plug', 'C', 600];

  it('[V2G2-853] is entered before the duty cycle is offered, only where configured', async () => {
    const bench = evseBench({ config: NOMINAL });
    const order: string[] = [];
    const { setPilot } = bench.board;
    bench.board.setPilot = (output) => {
      if (typeof output !== 'string') order.push(`${output.dutyPercent} %`);
      setPilot(output);
    };
    const { enter } = bench.matching;
    bench.matching.enter = () => {
      order.push('enter');
      enter();
    };
    await play(bench, basic);
    expect(order).toEqual(['enter', '53.3 %']);
    expect(bench.board.contactor).toBe('closed');
    const not = evseBench({ config: AC });
    await play(not, basic);
    expect(not.matching.calls).toEqual([]);
  });

  it('a car that matches talks V2G beside basic charging, which is not interrupted', async () => {
    const bench = evseBench({ config: NOMINAL });
    await play(bench, [...basic, 'matching', 'matched', 'session', 'AC wanted']);
    expect(bench.hlc.calls).toEqual(['open']);
    expect(bench.evse.snapshot().session).toMatchObject({
      kind: 'iso2-ac',
      evMac: CAR,
      evccId: '0A',
    });
    const { evseSide } = bench.evse;
    expect(evseSide.view()).toMatchObject({ authorization: 'accepted', maxCurrent: 32 });
    expect(await evseSide.powerOn()).toEqual({ on: true });
    await play(bench, ['power off', 10_000]);
    expect(bench.board.contactor).toBe('closed');
    await play(bench, ['stop', 30_000]);
    expect(bench.hlc.calls.at(-1)).toBe('close session stopped');
    expect(bench.matching.calls).toEqual(['enter', 'terminate']);
    expect(bench.board.closes).toBe(1);
    expect(bench.board.contactor).toBe('closed');
    expect(outputsOf(bench)).toEqual(['X1', '53.3']);
    expect(bench.ledger.of('transaction.stopped')).toEqual([]);
  });

  it.each(['link lost', 'session lost', 'failed'] as const)(
    '[V2G3-M07-12] %s: basic charging goes on, and the car may match again',
    async (what) => {
      const bench = evseBench({ config: NOMINAL });
      await play(bench, [...basic, 'matching', 'matched', 'session', what, 9000]);
      expect(bench.matching.calls).toEqual(['enter', 'error']);
      expect(bench.hlc.calls).toEqual([
        'open',
        `close ${{ 'link lost': 'gone', 'session lost': 'TCP reset', failed: 'no-parm-req' }[what]}`,
      ]);
      await play(bench, [2000]);
      expect(bench.matching.calls).toEqual(['enter', 'error', 'enter']);
      expect(outputsOf(bench)).toEqual(['X1', '53.3']);
      expect(bench.board.contactor).toBe('closed');
    },
  );

  it('a car that does not match is asked again, and charges all the while', async () => {
    const bench = evseBench({ config: NOMINAL });
    await play(bench, [...basic, 'failed', 11_000, 'failed', 11_000]);
    expect(bench.matching.calls).toEqual(['enter', 'leave', 'enter', 'leave', 'enter']);
    expect(outputsOf(bench)).toEqual(['X1', '53.3']);
  });

  it('a stop is told over V2G, then the network is left', async () => {
    const bench = evseBench({ config: NOMINAL });
    await play(bench, [...basic, 'matching', 'matched', 'session', 'AC wanted']);
    await bench.evse.command({ command: 'stop', reason: 'Remote' });
    expect(bench.evse.evseSide.view().stop).toBe('Remote');
    await play(bench, ['B', 2000]);
    expect(bench.ledger.of('transaction.stopped').map(({ data }) => data.reason)).toEqual([
      'Remote',
    ]);
    expect(bench.hlc.calls).toEqual(['open']);
    await play(bench, [10_000]);
    expect(bench.hlc.calls.at(-1)).toBe('close session stopped');
    expect(bench.matching.calls).toEqual(['enter', 'terminate']);
  });

  it('a fault opens, and leaves the network; so does the plug', async () => {
    const bench = evseBench({ config: NOMINAL });
    await play(bench, [...basic, 'matching', 'matched', 'session']);
    bench.board.fault('rcd', true);
    expect(bench.matching.calls).toEqual(['enter', 'leave']);
    expect(bench.hlc.calls.at(-1)).toBe('close fault');
    const other = evseBench({ config: NOMINAL });
    await play(other, [...basic, 'matching', 'unplug']);
    expect(other.matching.calls).toEqual(['enter', 'leave']);
  });

  it('is for AC alone: an outlet for both keeps to what it has fallen back to', async () => {
    const bench = evseBench({ config: { ...BOTH, matchAtNominalDuty: true, fastFallback: true } });
    await play(bench, ['plug', 'failed', 100, 'token', 'C', 20_000]);
    expect(bench.board.contactor).toBe('closed');
    expect(bench.matching.calls).toEqual(['enter', 'leave']);
  });
});

describe('edges of the pilot for CM_VALIDATE', () => {
  it('[V2G3-A09-51] a board that tells them: each one, undebounced', async () => {
    const bench = evseBench({ config: AC });
    Object.assign(bench.board, { tellsPilotEdges: true });
    for (const state of ['B', 'C', 'B', 'C', 'B'] as const) {
      bench.board.pilot(state, volts(9));
      await bench.run(millis(30));
    }
    expect(bench.matching.pilots).toEqual(['B', 'C', 'B', 'C', 'B']);
  });

  it('a board that does not: none, for a count of some would be wrong', async () => {
    const bench = evseBench({ config: AC });
    await play(bench, ['plug', 'C', 'B']);
    expect(bench.matching.pilots).toEqual([]);
  });
});

describe('timers of the pilot', () => {
  it.each(Object.entries(pilotTimers))('%s lies within its range', (_, { value, least, most }) => {
    expect(value).toBeGreaterThanOrEqual(least);
    expect(value).toBeLessThanOrEqual(most);
  });

  it('T_conn_resetup: a D-LINK_ERROR with all of its timers at their most leaves the car 15 s', () => {
    const most = (name: PilotTimerName): number => pilotTimers[name].most;
    expect(most('TP_match_leave') + most('T_step_EF') + most('matching_ready')).toBeLessThan(
      15_000,
    );
    expect(C_sequ_retry.value).toBe(2);
  });

  it('a change counts from the next step on', async () => {
    const bench = evseBench({ config: AC });
    await play(bench, ['plug']);
    await bench.evse.command({
      command: 'configure',
      sequenceRetries: 0,
      timers: { T_step_X1: seconds(4) },
    });
    await play(bench, ['failed', 1000]);
    expect(bench.evse.snapshot().session?.kind).toBe('basic');
  });
});
