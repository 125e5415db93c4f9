import { seconds } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import type { CsmsAction, CsmsToStation } from '../messages/v16/actions.ts';
import { StationBench } from '../testing/index.ts';
import {
  bench,
  inner,
  begin,
  beginWith,
  answerTo,
  started,
  statuses,
  result,
  bootAnswer,
  use,
} from '../testing/station-scenario.ts';

describe('boot', () => {
  it('Accepted: takes the heartbeat interval, reports connector 0 and all others, then the queue', async () => {
    use(new StationBench());
    for (const evse of [1, 2]) bench.show({ evse });
    bench.commit(started());
    await bench.start();
    expect(bench.received).toEqual([
      'BootNotification',
      'StatusNotification',
      'StatusNotification',
      'StatusNotification',
      'StartTransaction',
    ]);
    expect(statuses()).toEqual([
      [0, 'Available'],
      [1, 'Available'],
      [2, 'Available'],
    ]);
    expect(bench.station.status()).toMatchObject({ phase: 'accepted', heartbeatInterval: 300 });
    expect(bench.disk.settings.get('config.HeartbeatInterval')).toBe('300');
  });

  it('is not repeated after a mere reconnect; then only changed statuses go out', async () => {
    await begin();
    bench.network.up = false;
    bench.network.cut();
    bench.show({ evse: 2, state: 'Preparing' });
    bench.show({ evse: 2, state: 'Available' });
    bench.show({ evse: 1, state: 'Preparing' });
    await bench.run(5_000);
    const before = bench.frames.length;
    bench.network.up = true;
    await bench.run(3_000);
    expect(bench.received.filter((action) => action === 'BootNotification')).toHaveLength(1);
    const later = bench.frames.slice(before).filter(({ direction }) => direction === 'in');
    expect(later.map(({ text }) => (JSON.parse(text) as unknown[])[2])).toEqual([
      'StatusNotification',
    ]);
    expect(statuses().at(-1)).toEqual([1, 'Preparing']);
  });

  it.each(['Pending', 'Rejected'])(
    '%s: boots again after the interval, also over a reconnect',
    async (status) => {
      await beginWith('BootNotification', bootAnswer(status, 20));
      bench.commit(started());
      await bench.run(10_000);
      bench.network.cut();
      await bench.run(5_000);
      expect(bench.received).toEqual(['BootNotification']);
      await bench.run(6_000);
      expect(bench.received).toEqual(['BootNotification', 'BootNotification']);
      expect(bench.station.status().phase).toBe(status.toLowerCase());
    },
  );

  it('Rejected: answers nothing', async () => {
    await beginWith('BootNotification', bootAnswer('Rejected', 100));
    void inner.command('CP-1', 'GetConfiguration', {}, seconds(5));
    const before = bench.frames.length;
    await bench.run(2_000);
    expect(bench.frames.slice(before).filter(({ direction }) => direction === 'in')).toEqual([]);
  });

  it('Pending: answers, refuses remote starts, boots at once when triggered', async () => {
    await beginWith('BootNotification', bootAnswer('Pending', 1000));
    const ask = async <A extends CsmsAction>(action: A, payload: CsmsToStation[A]['request']) => {
      const outcome = inner.command('CP-1', action, payload, seconds(5));
      await bench.run(300);
      return outcome;
    };
    expect(await ask('GetConfiguration', { key: ['HeartbeatInterval'] })).toMatchObject({
      kind: 'answer',
    });
    expect(await ask('RemoteStartTransaction', { idTag: 'GOOD', connectorId: 1 })).toMatchObject({
      answer: { status: 'Rejected' },
    });
    expect(
      await ask('TriggerMessage', { requestedMessage: 'StatusNotification', connectorId: 1 }),
    ).toMatchObject({
      answer: { status: 'Accepted' },
    });
    expect(bench.received).toEqual(['BootNotification', 'StatusNotification']);
    expect(await ask('TriggerMessage', { requestedMessage: 'BootNotification' })).toMatchObject({
      answer: { status: 'Accepted' },
    });
    expect(bench.received.filter((action) => action === 'BootNotification')).toHaveLength(2);
  });

  it.each<[string, (id: string) => string | undefined]>([
    ['CALLERROR', (id) => `[4,"${id}","InternalError","",{}]`],
    ['junk', result({ status: 'Perhaps' })],
    ['no answer', () => undefined],
  ])('%s: tried again after 60 s', async (_, answer) => {
    await beginWith('BootNotification', answer, { defaults: { WebSocketPingInterval: '0' } });
    await bench.run(55_000, 1_000);
    expect(bench.received).toEqual(['BootNotification']);
    await bench.run(40_000, 1_000);
    expect(bench.received).toEqual(['BootNotification', 'BootNotification']);
  });

  it('boots again when the CSMS answers SecurityError to an accepted station', async () => {
    await begin();
    bench.csmsDisk.boots.length = 0;
    expect(await answerTo('TriggerMessage', { requestedMessage: 'Heartbeat' })).toEqual({
      status: 'Accepted',
    });
    await bench.run(1_000);
    expect(bench.csmsDisk.boots).toHaveLength(1);
    expect(bench.station.status().phase).toBe('accepted');
  });
});

describe('heartbeat', () => {
  it('is sent when nothing was exchanged for the interval', async () => {
    await begin();
    await bench.run(290_000, 1_000);
    bench.show({ evse: 1, state: 'Preparing' });
    await bench.run(290_000, 1_000);
    expect(bench.received).not.toContain('Heartbeat');
    await bench.run(15_000, 1_000);
    expect(bench.received.at(-1)).toBe('Heartbeat');
  });
});
