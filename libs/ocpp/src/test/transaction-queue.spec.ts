import { settle } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import {
  bench,
  begin,
  beginWith,
  configure,
  started,
  stopped,
  charging,
  result,
} from '../testing/station-scenario.ts';

describe('the transaction queue', () => {
  const defaults = { TransactionMessageAttempts: '3', TransactionMessageRetryInterval: '10' };

  it('tries a refused message after interval x attempt, drops it, goes on, and says -1 for its id', async () => {
    await beginWith('StartTransaction', (id) => `[4,"${id}","InternalError","",{}]`, { defaults });
    const times: number[] = [];
    bench.network.fate = ({ text }) => {
      if (text.includes('"StartTransaction"')) times.push(bench.clock.now());
      return 'delivered';
    };
    bench.commit(started());
    bench.commit(stopped());
    await bench.run(60_000, 100);
    expect(times.map((time) => Math.round((time - (times[0] ?? 0)) / 1000))).toEqual([0, 10, 30]);
    expect(bench.queue.drops).toEqual([
      { seq: 1, reason: 'given up after 3 attempts: InternalError' },
    ]);
    expect(bench.facts.filter(({ type }) => type === 'ocpp.message-dropped')).toHaveLength(1);
    expect(bench.payloads('StopTransaction')).toMatchObject([{ transactionId: -1, meterStop: 20 }]);
    expect(await bench.queue.length()).toBe(0);
  });

  it('tells of a change of its status when a message was given up, also while the queue grows', async () => {
    await beginWith('StartTransaction', (id) => `[4,"${id}","InternalError","",{}]`, {
      defaults: { ...defaults, TransactionMessageAttempts: '1' },
    });
    let given: number | undefined;
    bench.changed = () => (given ??= bench.queue.drops.length || undefined);
    bench.queue.beforeCommit = (what) => {
      if (what === 'drop') bench.commit(stopped('t2'));
    };
    bench.commit(started());
    await bench.run(200, 10);
    expect(given).toBe(1);
  });

  it('drops what belongs to such a start, when told so', async () => {
    await beginWith('StartTransaction', (id) => `[4,"${id}","InternalError","",{}]`, {
      defaults: { ...defaults, TransactionMessageAttempts: '1' },
      unacknowledgedStart: 'drop',
    });
    bench.commit(started());
    bench.commit(stopped());
    await bench.run(2_000);
    expect(bench.received).not.toContain('StopTransaction');
    expect(bench.queue.drops).toHaveLength(2);
  });

  it('sends a rendered message as it was rendered, also when its id is known by now', async () => {
    await begin();
    bench.network.up = false;
    bench.network.cut();
    bench.commit(stopped());
    const payload = '{"transactionId":-1,"meterStop":7,"timestamp":"2026-01-01T00:00:00Z"}';
    await bench.queue.markRendered(1, payload);
    bench.queue.ids.set('t1', 4711);
    await bench.restartStation();
    bench.network.up = true;
    await bench.run(5_000);
    expect(bench.frames.map(({ text }) => text)).toContainEqual(
      expect.stringContaining(`"StopTransaction",${payload}]`),
    );
    expect(bench.payloads('StopTransaction')).toHaveLength(1);
  });

  it('takes a malformed answer for a failed attempt', async () => {
    await beginWith('StartTransaction', result({ idTagInfo: { status: 'Accepted' } }), {
      defaults,
    });
    bench.commit(started());
    await bench.run(2_000);
    expect(bench.queue.rows[0]).toMatchObject({ attempts: 1 });
    expect(bench.queue.ids.size).toBe(0);
  });

  it('keeps the count of attempts over a restart', async () => {
    await beginWith('StartTransaction', (id) => `[4,"${id}","InternalError","",{}]`, { defaults });
    bench.commit(started());
    await bench.run(1_000);
    await bench.restartStation();
    await bench.run(5_000);
    expect(bench.queue.rows[0]).toMatchObject({ attempts: 2 });
  });

  it('does not count a time-out on a dead connection', async () => {
    await begin({ defaults: { ...defaults, TransactionMessageAttempts: '1' } });
    bench.network.blackHole = true;
    bench.commit(started());
    await bench.run(33_000, 250);
    bench.network.up = false;
    await bench.run(5_000, 250);
    expect(bench.station.status().phase).toBe('waiting');
    expect(bench.queue.rows[0]).toMatchObject({ attempts: 0 });
    bench.network.blackHole = false;
    bench.network.up = true;
    await bench.run(5_000, 250);
    expect(bench.csmsDisk.effects).toHaveLength(1);
    expect(bench.station.status().attempts.map(({ detail }) => detail)).toContain(
      'no answer to a ping: the connection is dead',
    );
  });

  it('counts a time-out of a CSMS that is there and silent', async () => {
    await beginWith('StartTransaction', () => undefined, {
      defaults: { ...defaults, TransactionMessageAttempts: '1' },
    });
    bench.commit(started());
    await bench.run(40_000, 250);
    expect(bench.queue.drops).toHaveLength(1);
  });

  it('stops the transaction of a card that StartTransaction.conf refuses', async () => {
    await begin();
    charging();
    bench.commit(started('t1', 'BAD'));
    await bench.run(1_000);
    expect(bench.commands).toEqual([
      { evse: 1, command: { command: 'stop', transaction: 't1', reason: 'DeAuthorized' } },
    ]);
    expect(bench.disk.cards.get('BAD')).toMatchObject({ status: 'Blocked' });
  });

  it('StopTransactionOnInvalidId false: no more energy until the transaction ends', async () => {
    await begin();
    await configure('StopTransactionOnInvalidId', 'false');
    charging();
    bench.commit(started('t1', 'BAD'));
    await bench.run(1_000);
    const limit = (value: number | undefined) => ({
      evse: 1,
      command: { command: 'limit', slot: 'ocpp', limit: value },
    });
    expect(bench.commands).toEqual([limit(0)]);
    bench.show({ evse: 1, state: 'Finishing' });
    await settle();
    expect(bench.commands).toEqual([limit(0), limit(undefined)]);
  });

  it('waits for a disk that fails, and sends nothing that is not on it', async () => {
    await begin();
    bench.queue.beforeCommit = () => {
      throw new Error('disk full');
    };
    bench.commit(started());
    await bench.run(12_000);
    expect(bench.received).not.toContain('StartTransaction');
    bench.queue.beforeCommit = () => {};
    await bench.run(6_000);
    expect(bench.csmsDisk.effects).toHaveLength(1);
  });

  it('sends nothing while its commit is not done', async () => {
    await begin();
    let release = () => {};
    bench.queue.beforeCommit = () => new Promise<void>((resolve) => (release = resolve));
    bench.commit(started());
    await bench.run(5_000);
    expect(bench.received).not.toContain('StartTransaction');
    release();
    await bench.run(500);
    expect(bench.received).toContain('StartTransaction');
  });

  it('finds a row that was added while the empty queue was being read', async () => {
    await begin();
    const head = bench.queue.head.bind(bench.queue);
    let answer: (() => void) | undefined;
    bench.queue.head = async () => {
      const found = await head();
      if (!found) await new Promise<void>((resolve) => (answer = resolve));
      return found;
    };
    bench.station.queued();
    await settle();
    bench.commit(started());
    answer?.();
    await bench.run(1_000);
    expect(bench.csmsDisk.effects).toHaveLength(1);
  });

  it('tells what a car used of the internet service, in order with the rest, also when offline meanwhile', async () => {
    await beginWith('DataTransfer', (id) => `[3,"${id}",{"status":"UnknownVendorId"}]`, {
      internetUse: { vendorId: 'org.example', messageId: 'InternetUse' },
    });
    bench.network.up = false;
    bench.network.cut();
    bench.commit(started());
    const used = { bytesUp: 7, bytesDown: 70, seconds: 3, ports: [443] };
    bench.commit({ at: bench.clock.now(), type: 'vas.ended', data: used });
    bench.commit(stopped());
    await bench.run(1_000);
    expect(bench.payloads('DataTransfer')).toEqual([]);
    bench.network.up = true;
    await bench.run(30_000);
    const sent = bench.received.filter((action) => /Transaction$|DataTransfer/.test(action));
    expect(sent).toEqual(['StartTransaction', 'DataTransfer', 'StopTransaction']);
    const [told] = bench.payloads('DataTransfer');
    expect(told).toMatchObject({ vendorId: 'org.example', messageId: 'InternetUse' });
    expect(JSON.parse(String(told?.['data']))).toMatchObject(used);
    // A CSMS that does not know it has taken it all the same: nothing is tried again.
    expect(bench.queue.drops).toEqual([]);
    expect(await bench.queue.length()).toBe(0);
  });
});
