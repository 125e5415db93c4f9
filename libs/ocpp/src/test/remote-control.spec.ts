import { settle } from '@kerbside/kernel/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CsmsAction } from '../messages/v16/actions.ts';
import {
  bench,
  begin,
  command,
  answerTo,
  configure,
  started,
  stopped,
  charging,
  statuses,
} from '../testing/station-scenario.ts';

describe('remote control', () => {
  beforeEach(() => begin());

  it('RemoteStart starts on the connector, and the card needs no Authorize', async () => {
    expect(await answerTo('RemoteStartTransaction', { idTag: 'GOOD', connectorId: 2 })).toEqual({
      status: 'Accepted',
    });
    expect(bench.commands).toEqual([
      { evse: 2, command: { command: 'start', idToken: 'GOOD', by: 'remote' } },
    ]);
    expect(await bench.station.authorize('good', 2)).toEqual({ status: 'Accepted', from: 'csms' });
    expect(bench.received).not.toContain('Authorize');
    await configure('AuthorizeRemoteTxRequests', 'true');
    await answerTo('RemoteStartTransaction', { idTag: 'GOOD', connectorId: 2 });
    const asked = bench.station.authorize('GOOD', 2);
    await bench.run(200);
    expect(await asked).toEqual({ status: 'Accepted', from: 'csms' });
    expect(bench.received).toContain('Authorize');
  });

  it('RemoteStart without a connector takes the one that is plugged in', async () => {
    bench.show({ evse: 2, state: 'Preparing' });
    await answerTo('RemoteStartTransaction', { idTag: 'GOOD' });
    expect(bench.commands[0]?.evse).toBe(2);
  });

  it.each([
    ['connector 0', 0, () => {}],
    ['an unknown connector', 9, () => {}],
    ['a connector in a transaction', 1, () => charging()],
    ['a connector that is Finishing', 1, () => bench.show({ evse: 1, state: 'Finishing' })],
    ['an unavailable connector', 1, () => bench.show({ evse: 1, state: 'Unavailable' })],
    ['a faulted connector', 1, () => bench.show({ evse: 1, state: 'Faulted' })],
  ])('RemoteStart on %s is Rejected', async (_, connectorId, prepare) => {
    prepare();
    expect(await answerTo('RemoteStartTransaction', { idTag: 'GOOD', connectorId })).toEqual({
      status: 'Rejected',
    });
    expect(bench.commands).toEqual([]);
  });

  it('RemoteStart that the EVSE refuses is Rejected, and leaves no open door', async () => {
    bench.answerCommand = () => ({ accepted: false, code: 'busy', reason: 'no' });
    expect(await answerTo('RemoteStartTransaction', { idTag: 'BAD', connectorId: 1 })).toEqual({
      status: 'Rejected',
    });
    const asked = bench.station.authorize('BAD', 1);
    await bench.run(200);
    expect((await asked).status).toBe('Blocked');
  });

  it('RemoteStop stops the transaction by its id, and rejects any other', async () => {
    bench.commit(started());
    charging();
    await bench.run(1_000);
    const transactionId = bench.queue.ids.get('t1') as number;
    expect(await answerTo('RemoteStopTransaction', { transactionId: transactionId + 1 })).toEqual({
      status: 'Rejected',
    });
    expect(await answerTo('RemoteStopTransaction', { transactionId })).toEqual({
      status: 'Accepted',
    });
    expect(bench.commands).toEqual([
      { evse: 1, command: { command: 'stop', transaction: 't1', reason: 'Remote' } },
    ]);
    bench.show({ evse: 1 });
    expect(await answerTo('RemoteStopTransaction', { transactionId })).toEqual({
      status: 'Rejected',
    });
  });

  it('UnlockConnector ends the transaction first', async () => {
    charging();
    expect(await answerTo('UnlockConnector', { connectorId: 1 })).toEqual({ status: 'Unlocked' });
    expect(bench.commands.map(({ command: { command: name } }) => name)).toEqual([
      'stop',
      'unlock',
    ]);
    expect(bench.commands[0]?.command).toMatchObject({ reason: 'UnlockCommand' });
    expect(await answerTo('UnlockConnector', { connectorId: 7 })).toEqual({
      status: 'NotSupported',
    });
    bench.answerCommand = () => ({ accepted: false, code: 'not-supported', reason: 'fixed cable' });
    expect(await answerTo('UnlockConnector', { connectorId: 2 })).toEqual({
      status: 'NotSupported',
    });
    bench.answerCommand = () => ({ accepted: false, code: 'failed', reason: 'stuck' });
    expect(await answerTo('UnlockConnector', { connectorId: 2 })).toEqual({
      status: 'UnlockFailed',
    });
  });

  it('Reset stops transactions, waits for their last message, then resets', async () => {
    bench.commit(started());
    charging();
    await bench.run(1_000);
    expect(await answerTo('Reset', { type: 'Soft' })).toEqual({ status: 'Accepted' });
    expect(bench.commands.at(-1)?.command).toMatchObject({ command: 'stop', reason: 'SoftReset' });
    await bench.run(5_000);
    expect(bench.resets).toEqual([]);
    expect(await answerTo('Reset', { type: 'Hard' })).toEqual({ status: 'Rejected' });
    bench.commit(stopped());
    bench.show({ evse: 1, state: 'Finishing' });
    await bench.run(3_000);
    expect(bench.resets).toEqual(['Soft']);
    expect(await bench.queue.length()).toBe(0);
  });

  it('Reset does not wait for ever, and is tried ResetRetries times more', async () => {
    charging();
    bench.failReset = true;
    await answerTo('Reset', { type: 'Hard' });
    await bench.run(30_000);
    expect(bench.facts.filter(({ type }) => type === 'ocpp.reset-failed')).toHaveLength(2);
    bench.failReset = false;
    await answerTo('Reset', { type: 'Hard' });
    await bench.run(11_000);
    expect(bench.resets).toEqual(['Hard']);
  });

  it('ChangeAvailability: idle connectors change at once, a busy one when its transaction is over', async () => {
    charging();
    expect(await answerTo('ChangeAvailability', { connectorId: 0, type: 'Inoperative' })).toEqual({
      status: 'Scheduled',
    });
    const off = (evse: number) => ({
      evse,
      command: { command: 'availability', operative: false },
    });
    expect(bench.commands).toEqual([off(2)]);
    expect(statuses().at(-1)).toEqual([0, 'Unavailable']);
    bench.show({ evse: 1, state: 'Finishing' });
    await settle();
    expect(bench.commands).toEqual([off(2), off(1)]);
    expect(await answerTo('ChangeAvailability', { connectorId: 5, type: 'Operative' })).toEqual({
      status: 'Rejected',
    });
    bench.commands.length = 0;
    await bench.restartStation();
    await bench.run(1_000);
    expect(bench.commands).toEqual([off(1), off(2)]);
    const sent = statuses().length;
    expect(await answerTo('ChangeAvailability', { connectorId: 0, type: 'Inoperative' })).toEqual({
      status: 'Accepted',
    });
    expect(statuses()).toHaveLength(sent);
  });

  it('TriggerMessage: the answer goes first, then the message', async () => {
    const before = bench.frames.length;
    expect(await answerTo('TriggerMessage', { requestedMessage: 'Heartbeat' })).toEqual({
      status: 'Accepted',
    });
    const frames = bench.frames.slice(before).filter(({ direction }) => direction === 'in');
    expect(frames.map(({ text }) => (JSON.parse(text) as unknown[])[0])).toEqual([3, 2]);
  });

  it.each([
    [{ requestedMessage: 'BootNotification' }, 'Rejected', 0],
    [{ requestedMessage: 'StatusNotification' }, 'Accepted', 3],
    [{ requestedMessage: 'StatusNotification', connectorId: 2 }, 'Accepted', 1],
    [{ requestedMessage: 'StatusNotification', connectorId: 9 }, 'Rejected', 0],
    [{ requestedMessage: 'MeterValues', connectorId: 2 }, 'Rejected', 0],
    [{ requestedMessage: 'MeterValues' }, 'Accepted', 1],
    [{ requestedMessage: 'FirmwareStatusNotification' }, 'NotImplemented', 0],
    [{ requestedMessage: 'DiagnosticsStatusNotification' }, 'NotImplemented', 0],
  ] as const)('TriggerMessage %j: %s', async (request, status, messages) => {
    bench.commit(started());
    charging();
    await bench.run(1_000);
    const before = bench.received.length;
    expect(await answerTo('TriggerMessage', request)).toEqual({ status });
    expect(bench.received.length - before).toBe(messages);
    if (request.requestedMessage === 'MeterValues' && messages > 0)
      expect(bench.payloads('MeterValues').at(-1)).toMatchObject({
        connectorId: 1,
        transactionId: bench.queue.ids.get('t1'),
        meterValue: [{ sampledValue: [{ value: '15', context: 'Trigger' }] }],
      });
  });

  it('DataTransfer: no vendor is known', async () => {
    expect(await answerTo('DataTransfer', { vendorId: 'x' })).toEqual({
      status: 'UnknownVendorId',
    });
  });

  it.each([
    ['MakeTea', {}, 'NotImplemented'],
    ['__proto__', {}, 'NotImplemented'],
    ['Heartbeat', {}, 'NotSupported'],
    ['ReserveNow', {}, 'NotSupported'],
    ['UpdateFirmware', {}, 'NotSupported'],
    ['SendLocalList', { listVersion: 1, updateType: 'Full' }, { status: 'NotSupported' }],
    [
      'SendLocalList',
      { listVersion: 1, updateType: 'Full', localAuthorizationList: [{ idTag: 'x'.repeat(21) }] },
      'FormationViolation',
    ],
    ['GetLocalListVersion', {}, { listVersion: -1 }],
  ])('%s %j is answered %j', async (action, payload, expected) => {
    const outcome = await command(action as CsmsAction, payload as never);
    if (typeof expected === 'string')
      expect(outcome).toMatchObject({ kind: 'error', code: expected });
    else {
      const text = bench.frames.filter(({ direction }) => direction === 'in').at(-1)?.text ?? '';
      expect((JSON.parse(text) as unknown[])[2]).toEqual(expected);
    }
  });
});
