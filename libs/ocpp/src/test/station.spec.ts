import { seconds } from '@kerbside/kernel';
import { settle } from '@kerbside/kernel/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CsmsAction, CsmsToStation } from '../messages/v16/actions.ts';
import type { JournalFact } from '../ports.ts';
import type { StationSettings } from '../station/v16/station-settings.ts';
import { StationBench } from '../testing/index.ts';

let bench: StationBench;

const begin = async (settings: Partial<StationSettings> = {}) => {
  bench = new StationBench({ settings });
  for (const evse of [1, 2]) bench.show({ evse });
  await bench.start();
};

/** A command of the CSMS, and the station's answer. */
async function command<A extends CsmsAction>(action: A, payload: CsmsToStation[A]['request']) {
  const outcome = bench.gateway.command('CP-1', action, payload, seconds(30));
  await bench.run(200);
  return outcome;
}
const answerTo = async <A extends CsmsAction>(action: A, payload: CsmsToStation[A]['request']) => {
  const outcome = await command(action, payload);
  return outcome.kind === 'answer' ? outcome.answer : outcome;
};
const configure = (key: string, value: string) => answerTo('ChangeConfiguration', { key, value });

const at = Date.UTC(2026, 0, 1);
const meter = (energy: number) => ({ at, energy, power: 0, voltage: [230], current: [0] });
const started = (transaction = 't1', idToken = 'GOOD', connector = 1): JournalFact => ({
  at,
  type: 'transaction.started',
  data: { transaction, connector, idToken, meter: meter(10) },
});
const stopped = (transaction = 't1'): JournalFact => ({
  at,
  type: 'transaction.stopped',
  data: { transaction, connector: 1, meterStart: 10, meter: meter(20), reason: 'Local' },
});
const charging = (evse = 1, key = 't1') =>
  bench.show({ evse, state: 'Charging', transaction: { key, idToken: 'GOOD' }, meter: meter(15) });
const statuses = () =>
  bench.payloads('StatusNotification').map(({ connectorId, status }) => [connectorId, status]);
/** Lets the CSMS answer a request of the station so; `undefined` leaves it without an answer. */
function csmsAnswers(action: string, answer: (id: string) => string | undefined): void {
  bench.network.gateway = {
    ...bench.gateway,
    accept(station, socket) {
      const connection = inner.accept(station, socket);
      return {
        ...connection,
        text(text) {
          const [type, id, name] = JSON.parse(text) as [number, string, string];
          if (type !== 2 || name !== action) connection.text(text);
          else {
            bench.frames.push({ direction: 'in', text });
            const reply = answer(id);
            if (reply !== undefined) socket.send(reply);
          }
        },
      };
    },
  };
}
let inner: StationBench['gateway'];
/** A bench whose CSMS answers an action in its own way from the start. */
async function beginWith(
  action: string,
  answer: (id: string) => string | undefined,
  settings: Partial<StationSettings> = {},
) {
  bench = new StationBench({ settings });
  inner = bench.gateway;
  csmsAnswers(action, answer);
  for (const evse of [1, 2]) bench.show({ evse });
  await bench.start();
}
const result = (payload: object) => (id: string) => JSON.stringify([3, id, payload]);
const bootAnswer = (status: string, interval: number) =>
  result({ status, interval, currentTime: '2026-01-01T00:00:00Z' });

describe('boot', () => {
  it('Accepted: takes the heartbeat interval, reports connector 0 and all others, then the queue', async () => {
    bench = new StationBench();
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

describe('status', () => {
  beforeEach(() => begin());

  it.each([
    ['Available', false, 'Available'],
    ['Preparing', false, 'Preparing'],
    ['Authorizing', false, 'Preparing'],
    ['Matching', false, 'Preparing'],
    ['Communicating', false, 'Preparing'],
    ['Ready', false, 'Preparing'],
    ['Communicating', true, 'SuspendedEV'],
    ['Ready', true, 'SuspendedEV'],
    ['Charging', true, 'Charging'],
    ['SuspendedEV', true, 'SuspendedEV'],
    ['SuspendedEVSE', true, 'SuspendedEVSE'],
    ['Stopping', true, 'Finishing'],
    ['Finishing', false, 'Finishing'],
    ['Faulted', false, 'Faulted'],
    ['Unavailable', false, 'Unavailable'],
  ] as const)('%s, transaction %s: %s', async (state, transaction, status) => {
    bench.show({ evse: 1, state: state === 'Available' ? 'Preparing' : 'Available' });
    await bench.run(200);
    bench.show({
      evse: 1,
      state,
      ...(transaction ? { transaction: { key: 't', idToken: 'A' } } : {}),
    });
    await bench.run(200);
    expect(statuses().at(-1)).toEqual([1, status]);
  });

  it('carries the time of the change and the fault', async () => {
    bench.show({
      evse: 2,
      state: 'Faulted',
      since: at,
      faults: [
        {
          code: 'contactor-welded',
          text: 'The contactor does not open although it was told to do so',
        },
      ],
    });
    await bench.run(200);
    expect(bench.payloads('StatusNotification').at(-1)).toEqual({
      connectorId: 2,
      status: 'Faulted',
      errorCode: 'PowerSwitchFailure',
      info: 'The contactor does not open although it was told t',
      vendorErrorCode: 'contactor-welded',
      timestamp: '2026-01-01T00:00:00.000Z',
    });
  });

  it('that passes within MinimumStatusDuration is not sent', async () => {
    await configure('MinimumStatusDuration', '5');
    const before = statuses().length;
    bench.show({ evse: 1, state: 'Preparing' });
    await bench.run(3_000);
    bench.show({ evse: 1, state: 'Available' });
    await bench.run(10_000);
    expect(statuses()).toHaveLength(before);
    bench.show({ evse: 1, state: 'Preparing' });
    await bench.run(6_000);
    expect(statuses().at(-1)).toEqual([1, 'Preparing']);
  });

  it('is sent again when the connection was lost under it', async () => {
    bench.network.fate = ({ text }) => (text.includes('Preparing') ? 'lost' : 'delivered');
    bench.show({ evse: 1, state: 'Preparing' });
    await bench.run(500);
    bench.network.fate = () => 'delivered';
    await bench.run(3_000);
    expect(statuses().at(-1)).toEqual([1, 'Preparing']);
  });
});

describe('authorization', () => {
  const authorize = async (idToken: string, evse = 1) => {
    const answer = bench.station.authorize(idToken, evse);
    await bench.run(200);
    return answer;
  };
  const offline = async () => {
    bench.network.up = false;
    bench.network.cut();
    await bench.run(100);
  };

  it('asks the CSMS, remembers the answer without regard to case, and uses it offline', async () => {
    await begin();
    expect(await authorize('good')).toEqual({ status: 'Accepted', from: 'csms' });
    expect(await authorize('BAD')).toEqual({ status: 'Blocked', from: 'csms' });
    await offline();
    expect(await authorize('GOOD')).toEqual({ status: 'Accepted', from: 'cache' });
    expect(await authorize('bad')).toEqual({ status: 'Blocked', from: 'cache' });
    expect(await authorize('NEW')).toEqual({ status: 'Invalid', from: 'offline' });
    await bench.restartStation();
    expect(await authorize('GOOD')).toEqual({ status: 'Accepted', from: 'cache' });
  });

  it('lets unknown cards in offline by AllowOfflineTxForUnknownId, known bad ones never', async () => {
    await begin();
    await configure('AllowOfflineTxForUnknownId', 'true');
    await authorize('BAD');
    await offline();
    expect(await authorize('NEW')).toEqual({ status: 'Accepted', from: 'offline' });
    expect(await authorize('BAD')).toEqual({ status: 'Blocked', from: 'cache' });
  });

  it('does not use the cache offline when LocalAuthorizeOffline is false', async () => {
    await begin();
    await authorize('GOOD');
    await configure('LocalAuthorizeOffline', 'false');
    await offline();
    expect(await authorize('GOOD')).toEqual({ status: 'Invalid', from: 'offline' });
  });

  it('LocalPreAuthorize: a good card starts at once, any other is asked about', async () => {
    await begin();
    await configure('LocalPreAuthorize', 'true');
    await authorize('GOOD');
    await authorize('BAD');
    const asked = bench.received.length;
    expect(await authorize('GOOD')).toEqual({ status: 'Accepted', from: 'cache' });
    expect(bench.received).toHaveLength(asked);
    await authorize('BAD');
    expect(bench.received).toHaveLength(asked + 1);
  });

  it('a card whose expiry has passed is Expired, and asked about again online', async () => {
    await begin();
    const expiry = bench.clock.now() + 60_000;
    bench.csmsDisk.tokens.set('SOON', { idTag: 'SOON', status: 'Accepted', expiry });
    expect((await authorize('SOON')).status).toBe('Accepted');
    await bench.run(61_000, 1_000);
    await offline();
    expect(await authorize('SOON')).toEqual({ status: 'Expired', from: 'cache' });
  });

  it.each<[string, (id: string) => string | undefined]>([
    ['CALLERROR', (id) => `[4,"${id}","InternalError","",{}]`],
    ['a malformed answer', result({ idTagInfo: {} })],
    ['no answer', () => undefined],
  ])('%s counts as offline for this card, and the next card is asked about', async (_, answer) => {
    await beginWith('Authorize', answer);
    const first = bench.station.authorize('GOOD', 1);
    await bench.run(36_000, 500);
    expect(await first).toEqual({ status: 'Invalid', from: 'offline' });
    const second = bench.station.authorize('OTHER', 1);
    await bench.run(36_000, 500);
    expect((await second).from).toBe('offline');
    expect(bench.received.filter((action) => action === 'Authorize')).toHaveLength(2);
  });

  it('answers within MessageTimeout also while another message is stuck', async () => {
    await beginWith('StatusNotification', () => undefined);
    await bench.run(100_000, 500);
    bench.show({ evse: 1, state: 'Preparing' });
    const answer = bench.station.authorize('GOOD', 1);
    await bench.run(30_000, 500);
    expect(await answer).toEqual({ status: 'Invalid', from: 'offline' });
  });

  it('refuses what is no idTag of 1.6', async () => {
    await begin();
    expect((await authorize('x'.repeat(21))).status).toBe('Invalid');
    expect(bench.received).not.toContain('Authorize');
  });

  it('ClearCache empties the cache, and is Rejected when there is none', async () => {
    await begin();
    await authorize('GOOD');
    expect(bench.disk.cards.size).toBe(1);
    expect(await answerTo('ClearCache', {})).toEqual({ status: 'Accepted' });
    expect(bench.disk.cards.size).toBe(0);
    await configure('AuthorizationCacheEnabled', 'false');
    expect(await answerTo('ClearCache', {})).toEqual({ status: 'Rejected' });
  });
});

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

describe('configuration', () => {
  beforeEach(() => begin());

  it.each([
    ['NoSuchKey', '1', 'NotSupported'],
    ['NumberOfConnectors', '3', 'Rejected'],
    ['SupportedFeatureProfiles', 'Core', 'Rejected'],
    ['HeartbeatInterval', 'soon', 'Rejected'],
    ['HeartbeatInterval', '-1', 'Rejected'],
    ['HeartbeatInterval', '60', 'Accepted'],
    ['WebSocketPingInterval', '-1', 'Rejected'],
    ['WebSocketPingInterval', '0', 'Accepted'],
    ['LocalPreAuthorize', 'yes', 'Rejected'],
    ['LocalPreAuthorize', 'TRUE', 'Accepted'],
    ['MeterValuesSampledData', 'Voltage, SoC', 'Accepted'],
    ['MeterValuesSampledData', 'Voltage,Nonsense', 'Rejected'],
    ['ConnectorPhaseRotation', '1.RST,2.STR', 'Accepted'],
    ['ConnectorPhaseRotation', '3.RST', 'Rejected'],
    ['ClockAlignedDataInterval', '900', 'Rejected'],
    ['StopTxnSampledData', '', 'Accepted'],
    ['heartbeatinterval', '60', 'NotSupported'],
  ])('%s = "%s" is %s', async (key, value, status) => {
    expect(await configure(key, value)).toEqual({ status });
  });

  it('is on disk before it is Accepted, tells the charger, and survives a restart', async () => {
    await configure('MeterValuesSampledData', 'Voltage, SoC');
    expect(bench.disk.settings.get('config.MeterValuesSampledData')).toBe('Voltage,SoC');
    expect(bench.configured).toContainEqual(['MeterValuesSampledData', 'Voltage,SoC']);
    await bench.restartStation();
    expect(bench.station.configuration('MeterValuesSampledData')).toBe('Voltage,SoC');
    bench.disk.failing = true;
    expect(await configure('MeterValueSampleInterval', '10')).toEqual({ status: 'Rejected' });
    expect(bench.station.configuration('MeterValueSampleInterval')).toBe('60');
  });

  it('takes effect on a running timer', async () => {
    await configure('HeartbeatInterval', '10');
    await bench.run(11_000);
    expect(bench.received.at(-1)).toBe('Heartbeat');
  });

  it('GetConfiguration names all keys, or those asked for, and refuses too many', async () => {
    const all = await answerTo('GetConfiguration', {});
    expect(all).toMatchObject({
      configurationKey: expect.arrayContaining([
        { key: 'SupportedFeatureProfiles', readonly: true, value: 'Core,RemoteTrigger' },
        { key: 'NumberOfConnectors', readonly: true, value: '2' },
      ]) as unknown,
    });
    expect(await answerTo('GetConfiguration', { key: ['Foo', 'heartbeatInterval'] })).toEqual({
      configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '300' }],
      unknownKey: ['Foo'],
    });
    const many = Array.from({ length: 51 }, (_, index) => `k${index}`);
    expect(await answerTo('GetConfiguration', { key: many })).toMatchObject({
      code: 'OccurenceConstraintViolation',
    });
  });

  it('has every key that the Core profile makes mandatory', async () => {
    for (const key of [
      'AuthorizeRemoteTxRequests',
      'ClockAlignedDataInterval',
      'ConnectionTimeOut',
      'ConnectorPhaseRotation',
      'GetConfigurationMaxKeys',
      'HeartbeatInterval',
      'LocalAuthorizeOffline',
      'LocalPreAuthorize',
      'MeterValuesAlignedData',
      'MeterValuesSampledData',
      'MeterValueSampleInterval',
      'NumberOfConnectors',
      'ResetRetries',
      'StopTransactionOnInvalidId',
      'StopTxnAlignedData',
      'StopTxnSampledData',
      'SupportedFeatureProfiles',
      'TransactionMessageAttempts',
      'TransactionMessageRetryInterval',
      'UnlockConnectorOnEVSideDisconnect',
    ])
      expect(await answerTo('GetConfiguration', { key: [key] }), key).not.toHaveProperty(
        'unknownKey',
      );
  });
});

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
});

describe('the connection', () => {
  it('waits longer with each failure, with jitter, and says why and until when', async () => {
    bench = new StationBench({
      settings: { backoff: { minimum: 3, repeats: 3, randomRange: 10 } },
    });
    bench.network.up = false;
    await bench.start();
    await bench.run(600_000, 500);
    const { attempts, phase, nextRetry, reason } = bench.station.status();
    expect(phase).toBe('waiting');
    expect(reason).toBe('refused');
    expect(nextRetry).toBeGreaterThan(bench.clock.now());
    expect(attempts).toHaveLength(10);
    const waits = attempts
      .slice(1)
      .map((attempt, index) => attempt.at - (attempts[index]?.at ?? 0));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(24_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(34_001);
    expect(new Set(waits).size).toBeGreaterThan(3);
  });

  it('is found dead by a ping without a pong', async () => {
    await begin();
    bench.network.answersPings = false;
    await bench.run(54_500, 500);
    expect(bench.station.status().phase).toBe('accepted');
    await bench.run(6_000, 500);
    expect(bench.network.connections).toBe(2);
  });

  it('needs no pings when they are off', async () => {
    await begin({ defaults: { WebSocketPingInterval: '0' } });
    bench.network.answersPings = false;
    await bench.run(250_000, 1_000);
    expect(bench.network.connections).toBe(1);
  });

  it('leaves no timer behind when the station stops', async () => {
    await begin();
    bench.station.stop();
    inner = bench.gateway;
    inner.stop('over');
    await settle();
    expect(bench.clock.pending).toBe(0);
    expect(await bench.station.authorize('GOOD', 1)).toEqual({
      status: 'Invalid',
      from: 'offline',
    });
  });
});

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
    expect(await answerTo('ClearCache', {})).toEqual({ status: 'Accepted' });
  });
});
