import { describe, expect, it } from 'vitest';
import {
  bench,
  beginWith,
  configure,
  result,
  sampled,
  started,
  stopped,
} from '../testing/station-scenario.ts';

describe('the attempts of transaction messages', () => {
  const error =
    (code: string) =>
    (id: string): string =>
      `[4,"${id}","${code}","",{}]`;
  /** Follows the tries of an action: when each went out, in whole seconds after the first. */
  function tries(action: string): () => readonly number[] {
    const times: number[] = [];
    bench.network.fate = ({ text }) => {
      if (text.includes(`"${action}"`)) times.push(bench.clock.now());
      return 'delivered';
    };
    return () => times.map((time) => Math.round((time - (times[0] ?? 0)) / 1000));
  }

  it.each(['InternalError', 'GenericError', 'SecurityError'])(
    'outlasts a CSMS that answers every StartTransaction with %s for half an hour',
    async (code) => {
      let sick = true;
      await beginWith('StartTransaction', (id) =>
        sick
          ? error(code)(id)
          : result({ transactionId: 77, idTagInfo: { status: 'Accepted' } })(id),
      );
      const seen = tries('StartTransaction');
      bench.commit(started());
      bench.commit(stopped());
      await bench.run(30 * 60_000, 500);
      expect(seen().slice(0, 8)).toEqual([0, 60, 180, 360, 600, 900, 1260, 1680]);
      sick = false;
      await bench.run(10 * 60_000, 500);
      expect(bench.queue.drops).toEqual([]);
      expect(bench.queue.ids.get('t1')).toBe(77);
      expect(bench.payloads('StopTransaction')).toMatchObject([{ transactionId: 77 }]);
    },
  );

  it('waits for the next try also when the CSMS closes the connection after each error', async () => {
    await beginWith('StartTransaction', error('InternalError'), {
      defaults: { TransactionMessageRetryInterval: '60' },
    });
    const seen = tries('StartTransaction');
    bench.commit(started());
    for (let minute = 0; minute < 10; minute++) {
      await bench.run(2_000, 500);
      bench.network.cut();
      await bench.run(58_000, 500);
    }
    expect(seen()).toEqual([0, 60, 180, 360]);
  });

  it('a shorter interval that is set meanwhile counts for the wait that has begun, a longer one does not', async () => {
    await beginWith('StartTransaction', error('InternalError'), {
      defaults: { TransactionMessageRetryInterval: '3600' },
    });
    const seen = tries('StartTransaction');
    bench.commit(started());
    await bench.run(20_000);
    await configure('TransactionMessageRetryInterval', '60');
    await bench.run(20_000);
    // Another key restarts no wait.
    await configure('HeartbeatInterval', '100');
    await bench.run(25_000);
    expect(seen()).toEqual([0, 60]);
    await configure('TransactionMessageRetryInterval', '600');
    await bench.run(120_000);
    expect(seen()).toEqual([0, 60, 180]);
    await bench.run(60_000);
    await configure('TransactionMessageRetryInterval', '10');
    await bench.run(1_000);
    expect(seen()).toHaveLength(4);
  });

  it('gives up what the CSMS calls wrong after three tries, so that it does not hold up the others', async () => {
    await beginWith('StartTransaction', error('FormationViolation'));
    const seen = tries('StartTransaction');
    bench.commit(started());
    bench.commit(started('t2'));
    await bench.run(7 * 60_000, 500);
    expect(seen()).toEqual([0, 60, 180, 180, 240, 360]);
    expect(bench.queue.drops.map(({ reason }) => reason)).toEqual([
      'given up after 3 attempts: FormationViolation',
      'given up after 3 attempts: FormationViolation',
    ]);
  });

  /** Answers one StartTransaction after the other with these codes, and then well. */
  const inTurn = (codes: readonly string[]) => {
    let asked = 0;
    return (id: string) => {
      const code = codes[asked++];
      return code === undefined
        ? result({ transactionId: 77, idTagInfo: { status: 'Accepted' } })(id)
        : error(code)(id);
    };
  };
  const often = { TransactionMessageRetryInterval: '1' };
  const sick = 'InternalError';
  const wrong = 'NotSupported';

  it.each([
    [[sick, sick, sick, sick, wrong]],
    [[wrong, wrong, sick, wrong, wrong, sick, wrong, wrong]],
  ])('outlasts a CSMS that calls a start wrong only now and then: %j', async (codes) => {
    await beginWith('StartTransaction', inTurn(codes), { defaults: often });
    bench.commit(started());
    bench.commit(stopped());
    await bench.run(60_000);
    expect(bench.queue.drops).toEqual([]);
    expect(bench.payloads('StartTransaction')).toHaveLength(codes.length + 1);
    expect(bench.payloads('StopTransaction')).toMatchObject([{ transactionId: 77 }]);
  });

  it('gives a start up at the third answer in a row that calls it wrong, whatever came before', async () => {
    await beginWith('StartTransaction', inTurn([sick, wrong, sick, wrong, wrong, wrong]), {
      defaults: often,
    });
    bench.commit(started());
    bench.commit(started('t2'));
    await bench.run(60_000);
    expect(bench.queue.drops).toEqual([
      { seq: 1, reason: 'given up after 6 attempts: NotSupported' },
    ]);
    expect(bench.queue.ids.get('t2')).toBe(77);
  });

  it('does not count the answers that called the message before it wrong', async () => {
    await beginWith('StartTransaction', inTurn([wrong, wrong, wrong, wrong, wrong]), {
      defaults: often,
    });
    bench.commit(started());
    bench.commit(started('t2'));
    await bench.run(60_000);
    expect(bench.queue.drops.map(({ seq }) => seq)).toEqual([1]);
    expect(bench.queue.ids.get('t2')).toBe(77);
  });

  it('begins to count such answers anew after a restart, within the tries that are left', async () => {
    await beginWith('StartTransaction', error(wrong), {
      defaults: { ...often, TransactionMessageAttempts: '4' },
    });
    bench.commit(started());
    await bench.run(2_000);
    expect(bench.queue.rows[0]).toMatchObject({ attempts: 2 });
    await bench.restartStation();
    await bench.run(60_000);
    expect(bench.queue.drops).toEqual([
      { seq: 1, reason: 'given up after 4 attempts: NotSupported' },
    ]);
  });

  it.each(['NotImplemented', 'InternalError', 'GenericError', 'SecurityError'])(
    'MeterValues that get %s are tried once each, and hold up nothing',
    async (code) => {
      await beginWith('MeterValues', error(code));
      bench.commit(started());
      for (let sample = 0; sample < 30; sample++) bench.commit(sampled());
      bench.commit(stopped());
      bench.commit(started('t2', 'GOOD', 2));
      await bench.run(20_000);
      expect(bench.payloads('MeterValues')).toHaveLength(30);
      expect(bench.payloads('StopTransaction')).toHaveLength(1);
      expect(bench.payloads('StartTransaction')).toHaveLength(2);
      expect(bench.queue.drops).toHaveLength(30);
    },
  );

  it.each([
    ['no answer', () => undefined],
    ['an answer that can not be read', (id: string) => `[3,"${id}",[]]`],
  ])(
    'thirty MeterValues that get %s hold up starts and stops for three time-outs',
    async (_, answer) => {
      await beginWith('MeterValues', answer);
      const seen = tries('MeterValues');
      bench.commit(started());
      for (let sample = 0; sample < 30; sample++) bench.commit(sampled());
      bench.commit(stopped());
      bench.commit(started('t2', 'GOOD', 2));
      await bench.run(95_000);
      expect(seen()).toEqual([0, 30, 60]);
      expect(bench.payloads('StopTransaction')).toHaveLength(1);
      expect(bench.payloads('StartTransaction')).toHaveLength(2);
      expect(bench.queue.drops.map(({ reason }) => reason)).toEqual([
        ...Array.from({ length: 3 }, () => 'given up after 1 attempt: no answer in time'),
        ...Array.from({ length: 27 }, () => 'not tried: the CSMS gave no answer to those before'),
      ]);
    },
  );

  it('after five minutes one MeterValues is tried, and all of them again once it is answered', async () => {
    let deaf = true;
    await beginWith('MeterValues', (id) => (deaf ? undefined : result({})(id)));
    bench.commit(started());
    let longest = 0;
    for (let sample = 0; sample < 60; sample++) {
      bench.commit(sampled());
      await bench.run(10_000, 500);
      longest = Math.max(longest, await bench.queue.length());
    }
    // Three in 90 s, and one after 300 s more: the queue does not grow, though a sample comes each 10 s.
    expect(bench.payloads('MeterValues')).toHaveLength(4);
    expect(longest).toBeLessThan(10);
    deaf = false;
    await bench.run(5 * 60_000);
    const dropped = bench.queue.drops.length;
    for (let sample = 0; sample < 5; sample++) bench.commit(sampled());
    await bench.run(5_000);
    expect(bench.payloads('MeterValues')).toHaveLength(9);
    expect(bench.queue.drops).toHaveLength(dropped);
    // Five good minutes: one without an answer is the first again.
    await bench.run(5 * 60_000);
    deaf = true;
    for (let sample = 0; sample < 4; sample++) bench.commit(sampled());
    await bench.run(95_000);
    expect(bench.payloads('MeterValues')).toHaveLength(12);
  });

  it('three time-outs are all, also with answers in between and with a long MessageTimeout', async () => {
    let asked = 0;
    await beginWith('MeterValues', (id) => (asked++ % 2 ? result({})(id) : undefined), {
      defaults: { MessageTimeout: '600' },
    });
    bench.commit(started());
    for (let sample = 0; sample < 30; sample++) bench.commit(sampled());
    bench.commit(stopped());
    await bench.run(3 * 605_000, 1_000);
    expect(bench.payloads('MeterValues')).toHaveLength(5);
    expect(bench.payloads('StopTransaction')).toHaveLength(1);
  });

  it('tries MeterValues again over a new connection, and one tells whether the CSMS still does not answer', async () => {
    await beginWith('MeterValues', () => undefined);
    bench.commit(started());
    for (let sample = 0; sample < 4; sample++) bench.commit(sampled());
    await bench.run(95_000);
    bench.network.cut();
    for (let sample = 0; sample < 4; sample++) bench.commit(sampled());
    bench.commit(stopped());
    await bench.run(40_000, 500);
    expect(bench.payloads('MeterValues')).toHaveLength(4);
    expect(bench.payloads('StopTransaction')).toHaveLength(1);
  });

  it('a stop whose start was given up is tried three times', async () => {
    await beginWith(['StartTransaction', 'StopTransaction'], error('InternalError'), {
      defaults: { TransactionMessageAttempts: '5', TransactionMessageRetryInterval: '1' },
    });
    const seen = tries('StopTransaction');
    bench.commit(started());
    bench.commit(stopped());
    await bench.run(60_000, 100);
    expect(seen()).toEqual([0, 1, 3]);
    expect(bench.queue.drops.map(({ seq }) => seq)).toEqual([1, 2]);
  });
});
