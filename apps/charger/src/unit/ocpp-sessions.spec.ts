import { beforeEach, expect, it } from 'vitest';
import { OcppSessions } from './ocpp-sessions.ts';

let session: string | undefined;
let sessions: OcppSessions;
beforeEach(() => {
  session = 's1';
  sessions = new OcppSessions((evse) => (evse === 2 ? session : undefined));
});
const call = (id: string, action: string, payload: object = {}) => ({
  id,
  kind: 'call',
  action,
  payload,
});
const result = (id: string, action: string, payload: object = {}) => ({
  id,
  kind: 'result',
  action,
  payload,
});
const s1 = { evse: 2, session: 's1' };

it('an answer belongs where its call belongs', () => {
  expect(sessions.ownerOf(call('a', 'StatusNotification'), 2)).toEqual(s1);
  expect(sessions.ownerOf(result('a', 'StatusNotification'), undefined)).toEqual(s1);
  expect(sessions.ownerOf(result('unknown', 'Heartbeat'), undefined)).toBeUndefined();
});

it('Authorize and its answer belong to the EVSE that asked', () => {
  sessions.authorizing(2);
  expect(sessions.ownerOf(call('b', 'Authorize'), undefined)).toEqual(s1);
  expect(sessions.ownerOf(result('b', 'Authorize'), undefined)).toEqual(s1);
});

it('StopTransaction belongs to the session of its transaction, also when the car is gone and another came', () => {
  sessions.ownerOf(call('c', 'StartTransaction'), 2);
  sessions.ownerOf(result('c', 'StartTransaction', { transactionId: 7 }), undefined);
  session = 's2';
  expect(sessions.ownerOf(call('d', 'MeterValues', { transactionId: 7 }), 2)).toEqual(s1);
  expect(sessions.ownerOf(call('e', 'StopTransaction', { transactionId: 7 }), undefined)).toEqual(
    s1,
  );
  expect(sessions.ownerOf(result('e', 'StopTransaction'), undefined)).toEqual(s1);
});

it('a heartbeat belongs to nobody, and a flood of calls is forgotten again', () => {
  expect(sessions.ownerOf(call('f', 'Heartbeat'), undefined)).toBeUndefined();
  sessions.ownerOf(call('first', 'StatusNotification'), 2);
  for (let i = 0; i < 1000; i++) sessions.ownerOf(call(`x${i}`, 'StatusNotification'), 2);
  expect(sessions.ownerOf(result('first', 'StatusNotification'), undefined)).toBeUndefined();
});
