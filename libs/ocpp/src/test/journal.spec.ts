import { describe, expect, it } from 'vitest';
import type { JournalFact } from '../ports.ts';
import {
  answerTo,
  beginWith,
  bench,
  begin,
  sampled,
  started,
  stopped,
} from '../testing/station-scenario.ts';

describe('the journal', () => {
  it('shows every message with its action, and no whole idTag', async () => {
    await begin();
    bench.csmsDisk.tokens.set('04A1B2C3D4E5F6', { idTag: '04A1B2C3D4E5F6', status: 'Accepted' });
    const asked = bench.station.authorize('04A1B2C3D4E5F6', 1);
    await bench.run(300);
    await asked;
    const messages = bench.facts
      .filter(({ type }) => type === 'ocpp.message')
      .map(({ data }) => data);
    expect(messages).toContainEqual(
      expect.objectContaining({
        direction: 'sent',
        kind: 'call',
        action: 'Authorize',
        payload: { idTag: '04***F6' },
      }),
    );
    expect(messages).toContainEqual(
      expect.objectContaining({ direction: 'received', kind: 'result', action: 'Authorize' }),
    );
    expect(JSON.stringify(bench.facts)).not.toContain('04A1B2C3D4E5F6');
  });

  it.each(['04A1B2C3D4E5F6', '04a1b2c3d4e5f6', 'idTag 04A1B2C3D4E5F6, idTag 04A1B2C3D4E5F6'])(
    'neither journal nor queue tells an idTag that the CSMS repeats in an error: %s',
    async (echo) => {
      await beginWith(
        ['StartTransaction', 'StopTransaction', 'Authorize'],
        (id) =>
          JSON.stringify([4, id, 'PropertyConstraintViolation', `${echo} is too long`, { echo }]),
        { defaults: { TransactionMessageAttempts: '2', TransactionMessageRetryInterval: '1' } },
      );
      const asked = bench.station.authorize('04A1B2C3D4E5F6', 1);
      await bench.run(300);
      bench.commit(started('t1', '04A1B2C3D4E5F6'));
      bench.commit(sampled());
      bench.commit({
        at: 0,
        type: 'transaction.stopped',
        data: { ...stopped().data, idToken: '04A1B2C3D4E5F6' },
      } as JournalFact);
      await bench.run(10_000);
      expect(bench.queue.drops.map(({ seq }) => seq)).toEqual([1, 3]);
      expect(bench.queue.drops[0]?.reason).toContain('04***');
      const types = bench.facts.map(({ type }) => type);
      expect(types).toEqual(
        expect.arrayContaining(['ocpp.message-failed', 'ocpp.message-dropped']),
      );
      const told = JSON.stringify([bench.facts, bench.queue.drops, bench.log.lines, await asked]);
      expect(told).not.toMatch(/1B2C3D4/i);
    },
  );

  it('nor one that the end of the error has cut off', async () => {
    await beginWith('StartTransaction', (id) =>
      JSON.stringify([4, id, 'GenericError', `${'x'.repeat(245)}04A1B2C3D4E5F6 is wrong`, {}]),
    );
    bench.commit(started('t1', '04A1B2C3D4E5F6'));
    await bench.run(1_000);
    expect(bench.facts.map(({ type }) => type)).toContain('ocpp.message-failed');
    expect(JSON.stringify(bench.facts)).not.toContain('04A1B');
  });

  it('leaves the words of an error alone that are no idTag', async () => {
    await beginWith(
      'StartTransaction',
      (id) => `[4,"${id}","GenericError","a+b (c) is [wrong]",{}]`,
      {
        defaults: { TransactionMessageAttempts: '1' },
      },
    );
    bench.commit(started('t1', 'a.b'));
    bench.commit(started('t2', '+b (c)'));
    await bench.run(1_000);
    expect(bench.queue.drops.map(({ reason }) => reason)).toEqual([
      'given up after 1 attempt: GenericError a+b (c) is [wrong]',
      'given up after 1 attempt: GenericError a*** is [wrong]',
    ]);
  });

  it('tells of junk, which is answered and costs nothing else', async () => {
    await begin();
    let send: (text: string) => void = () => {};
    const gateway = bench.gateway;
    bench.network.gateway = {
      ...gateway,
      accept(station, socket) {
        send = (text) => socket.send(text);
        return gateway.accept(station, socket);
      },
    };
    bench.network.cut();
    await bench.run(2_000);
    send('{"not":"a frame"}');
    await bench.run(100);
    expect(bench.facts.filter(({ type }) => type === 'ocpp.notice').at(-1)?.data).toMatchObject({
      notice: 'junk',
      text: '{"not":"a frame"}',
    });
    expect(bench.frames.at(-1)?.text).toContain('"GenericError"');
    send('[2,"1","RemoteStartTransaction",{"idTag" : "04A1B2C3D4E5F6"}');
    send('[2,"2","RemoteStartTransaction",{"idTag":"04A1B2\\"C3D4E5F6');
    send('[2,"3","ChangeConfiguration",{"key":"AuthorizationKey","value":"open sesame"}');
    await bench.run(100);
    expect(bench.facts.filter(({ type }) => type === 'ocpp.notice')).toHaveLength(4);
    expect(JSON.stringify(bench.facts)).not.toMatch(/04A1B2|C3D4E5F6|sesame/);
    expect(await answerTo('ClearCache', {})).toEqual({ status: 'Accepted' });
    await bench.run(1_000);
    for (let frame = 0; frame < 300; frame++) send('{"not":"a frame"}');
    await bench.run(2_000);
    send('once more');
    await bench.run(100);
    expect(bench.facts.filter(({ type }) => type === 'ocpp.notice')).toHaveLength(4 + 20 + 1);
    expect(bench.facts.find(({ type }) => type === 'ocpp.suppressed')?.data).toEqual({
      notices: 280,
    });
  });
});
