import { amps, millis, minutes, seconds, volts, wattHours } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { blocker } from './interlock.ts';
import { type EvseState, initialState, type V2gState } from './state.ts';
import { status } from './status.ts';

const base = initialState({
  config: {
    evse: 1,
    connector: 1,
    kind: 'AC',
    phases: 3,
    nominalVoltage: volts(230),
    fuse: amps(32),
    highLevelComm: true,
    meterId: 'm',
    sampleInterval: seconds(10),
    connectionTimeout: minutes(1),
  },
  salt: 's',
  has: { hlc: true, matching: true, insulation: true, supply: true },
  recovered: undefined,
  now: 0,
  wall: 0,
});
const v2g: V2gState = {
  protocol: 'iso2',
  authorizeAsked: true,
  maxVoltage: undefined,
  maxCurrent: undefined,
  power: 'asked',
  cableCheck: 'idle',
  measured: 'valid',
  wasOn: false,
  delivering: false,
  told: false,
};

/** Every condition for energy holds. */
const ready: EvseState = {
  ...base,
  board: { ...base.board, link: true, pilot: 'C', contactor: 'open', lock: 'locked' },
  session: {
    id: 's-1',
    began: 0,
    timedOut: false,
    refused: undefined,
    over: undefined,
    unplugged: false,
  },
  token: { idToken: 'TAG', by: 'rfid', status: 'accepted', ask: '', askedAt: 0 },
  transaction: {
    key: 's-2',
    session: 's-1',
    idToken: 'TAG',
    at: 'open',
    started: 0,
    meterStart: wattHours(0),
    readingSince: 0,
  },
  comm: { at: 'basic' },
};
const closed: EvseState = {
  ...ready,
  board: { ...ready.board, contactor: 'closed' },
  orders: { ...ready.orders, contactor: 'closed' },
};
const talking = (patch: Partial<V2gState>): EvseState['comm'] => ({
  at: 'talking',
  tries: 0,
  v2g: { ...v2g, ...patch },
});
const inTransaction = (
  state: EvseState,
  at: NonNullable<EvseState['transaction']>['at'],
): EvseState => ({
  ...state,
  transaction: { ...state.transaction!, at, stop: { reason: 'Remote' } },
});

describe('interlock: one missing condition is enough', () => {
  const table: readonly [string, EvseState, string | undefined][] = [
    ['all hold', ready, undefined],
    ['closed, all hold', closed, undefined],
    ['state D', { ...ready, board: { ...ready.board, pilot: 'D' } }, 'ventilation-required'],
    [
      'state D, closed',
      { ...closed, board: { ...closed.board, pilot: 'D' } },
      'ventilation-required',
    ],
    [
      'state D, ventilated',
      {
        ...ready,
        config: { ...ready.config, ventilation: true },
        board: { ...ready.board, pilot: 'D' },
      },
      undefined,
    ],
    ['no link', { ...ready, board: { ...ready.board, link: false } }, 'board-link-down'],
    ['a fault', { ...ready, faults: [{ code: 'rcd', text: '', kind: 'board' }] }, 'fault-rcd'],
    ['going down', { ...ready, shutdown: 'Reboot' }, 'charger-stops'],
    ['no session', { ...ready, session: undefined }, 'no-vehicle'],
    ['unplugged', { ...ready, session: { ...ready.session!, unplugged: true } }, 'no-vehicle'],
    ['no transaction', { ...ready, transaction: undefined }, 'no-transaction'],
    ['meter not read', inTransaction(ready, 'reading'), 'transaction-not-committed'],
    ['start not on disk', inTransaction(ready, 'committing'), 'transaction-not-committed'],
    ['ending, open', inTransaction(ready, 'ending'), 'stopped-Remote'],
    ['ending, closed', inTransaction(closed, 'ending'), undefined],
    ['closing', inTransaction(closed, 'closing'), 'stopped-Remote'],
    ['last reading', inTransaction(closed, 'last-reading'), 'stopped-Remote'],
    ['storage fails', { ...closed, outbox: { ...closed.outbox, failing: true } }, 'storage-failed'],
    ['state A', { ...closed, board: { ...closed.board, pilot: 'A' } }, 'pilot-A'],
    ['state B', { ...closed, board: { ...closed.board, pilot: 'B' } }, 'pilot-B'],
    ['state E', { ...closed, board: { ...closed.board, pilot: 'E' } }, 'pilot-E'],
    ['state F', { ...closed, board: { ...closed.board, pilot: 'F' } }, 'pilot-F'],
    ['reads E', { ...ready, board: { ...ready.board, candidate: 'E' } }, 'pilot-E'],
    ['reads F, closed', { ...closed, board: { ...closed.board, candidate: 'F' } }, 'pilot-F'],
    ['contactor rests', { ...ready, contactorRests: true }, 'contactor-rests'],
    ['contactor rests, closed', { ...closed, contactorRests: true }, undefined],
    ['not locked', { ...ready, board: { ...ready.board, lock: 'unlocked' } }, 'not-locked'],
    ['lock unknown', { ...closed, board: { ...closed.board, lock: 'unknown' } }, 'not-locked'],
    [
      'still moving',
      { ...ready, board: { ...ready.board, contactor: 'closed' } },
      'contactor-not-open',
    ],
    ['welded', { ...ready, board: { ...ready.board, contactor: 'welded' } }, 'contactor-not-open'],
    ['5 A', { ...ready, limits: [{ name: 'ocpp', limit: amps(5) }] }, 'limit-too-low'],
    [
      '5 A, closed: waits for the car',
      { ...closed, limits: [{ name: 'ocpp', limit: amps(5) }] },
      undefined,
    ],
    [
      '5 A, waited',
      { ...closed, pause: 'paused', limits: [{ name: 'ocpp', limit: amps(5) }] },
      'limit-too-low',
    ],
    ['matching', { ...ready, comm: { at: 'matching', tries: 0 } }, 'no-communication'],
    [
      'steps',
      { ...closed, comm: { at: 'steps', steps: [], leadsTo: 'basic', tries: 0 } },
      'no-communication',
    ],
    [
      'V2G, no PowerDelivery',
      { ...ready, comm: talking({ power: 'off' }) },
      'vehicle-wants-no-power',
    ],
    ['V2G, PowerDelivery', { ...ready, comm: talking({}) }, undefined],
    ['V2G, ramping, closed', { ...closed, comm: talking({ power: 'ramping' }) }, undefined],
    [
      'V2G, ramping, open',
      { ...ready, comm: talking({ power: 'ramping' }) },
      'vehicle-wants-no-power',
    ],
    ['V2G over', { ...closed, comm: { at: 'ended' } }, 'session-over'],
    [
      'V2G paused',
      { ...closed, comm: { at: 'paused', asleep: true, low: false } },
      'vehicle-paused',
    ],
    [
      'DC by pilot alone',
      { ...ready, config: { ...ready.config, kind: 'DC' } },
      'no-communication',
    ],
  ];
  it.each(table)('%s', (_, state, expected) => expect(blocker(state)).toBe(expected));
});

describe('status: state, reason, what it waits for, what is next', () => {
  const noTransaction: EvseState = { ...ready, transaction: undefined, token: undefined };
  const table: readonly [EvseState, string, string, string | undefined][] = [
    [{ ...base, board: { ...base.board, link: true } }, 'Available', 'ready', undefined],
    [base, 'Unavailable', 'board-link-down', 'check-board-link'],
    [
      { ...ready, faults: [{ code: 'rcd', text: '', kind: 'board' }] },
      'Faulted',
      'rcd',
      'resolve-rcd',
    ],
    [{ ...noTransaction, operative: false }, 'Unavailable', 'set-inoperative', 'set-operative'],
    [noTransaction, 'Preparing', 'waiting-for-authorization', 'present-token'],
    [
      { ...noTransaction, token: { ...ready.token!, status: 'asking' } },
      'Authorizing',
      'asking-authorizer',
      undefined,
    ],
    [
      { ...noTransaction, comm: { at: 'listening', tries: 0 } },
      'Matching',
      'waiting-for-matching',
      'present-token',
    ],
    [
      { ...noTransaction, comm: { at: 'linked', tries: 0 } },
      'Communicating',
      'waiting-for-v2g-session',
      'present-token',
    ],
    [
      { ...noTransaction, session: { ...ready.session!, over: 'Local' } },
      'Finishing',
      'stopped-Local',
      'unplug',
    ],
    [inTransaction(ready, 'committing'), 'Preparing', 'writing-transaction-start', undefined],
    [
      { ...ready, board: { ...ready.board, pilot: 'B' } },
      'SuspendedEV',
      'car-not-ready',
      undefined,
    ],
    [
      { ...ready, board: { ...ready.board, pilot: 'D' } },
      'SuspendedEVSE',
      'ventilation-required',
      'use-ventilated-place',
    ],
    [ready, 'Ready', 'closing-contactor', undefined],
    [closed, 'Charging', 'charging', undefined],
    [{ ...closed, idleSince: 0 }, 'SuspendedEV', 'car-draws-nothing', undefined],
    [{ ...closed, pause: 'waiting' }, 'SuspendedEVSE', 'limit-too-low', 'raise-limit'],
    [inTransaction(closed, 'ending'), 'Stopping', 'stopping-Remote', 'wait'],
    [
      { ...noTransaction, outbox: { ...base.outbox, failing: true } },
      'Unavailable',
      'storage-failed',
      'check-storage',
    ],
  ];
  it.each(table)('row %#', (state, name, reason, next) => {
    const said = status(state, millis(20_000));
    expect([said.state, said.reason, said.next]).toEqual([name, reason, next]);
  });
});
