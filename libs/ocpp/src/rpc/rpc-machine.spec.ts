import { runMachine, seconds } from '@kerbside/kernel';
import { ManualClock } from '@kerbside/kernel/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { callError } from './error-codes.ts';
import { type CallOutcome, type RpcEffect, type RpcNotice, rpcMachine } from './rpc-machine.ts';

let clock: ManualClock;
let written: string[];
let outcomes: [string, CallOutcome][];
let incoming: string[];
let notices: RpcNotice[];

const start = () =>
  runMachine(rpcMachine(), {
    clock,
    failed: (error) => {
      throw error;
    },
    perform(effect: Exclude<RpcEffect, { do: 'arm' | 'cancel' }>) {
      if (effect.do === 'write') written.push(effect.text);
      else if (effect.do === 'outcome') outcomes.push([effect.id, effect.outcome]);
      else if (effect.do === 'incoming') incoming.push(effect.call.action);
      else notices.push(effect.notice);
    },
  });
let rpc: ReturnType<typeof start>;
const call = (id: string, urgent = false) =>
  rpc.feed({ on: 'call', call: { id, action: 'X', payload: '{}', timeout: seconds(30), urgent } });
const hear = (text: string) => rpc.feed({ on: 'text', text });

beforeEach(() => {
  clock = new ManualClock();
  [written, outcomes, incoming, notices] = [[], [], [], []];
  rpc = start();
  rpc.feed({ on: 'opened' });
});

describe('own CALLs', () => {
  it('go out one at a time, urgent ones before those that wait', () => {
    call('a');
    call('b');
    call('c', true);
    call('d', true);
    expect(written).toEqual(['[2,"a","X",{}]']);
    hear('[3,"a",{"x":1}]');
    hear('[4,"c","NotSupported","no",{}]');
    hear('[3,"d",{}]');
    hear('[3,"b",{}]');
    expect(written.map((text) => (JSON.parse(text) as string[])[1])).toEqual(['a', 'c', 'd', 'b']);
    expect(outcomes).toEqual([
      ['a', { kind: 'result', payload: { x: 1 } }],
      ['c', { kind: 'error', error: callError('NotSupported', 'no') }],
      ['d', { kind: 'result', payload: {} }],
      ['b', { kind: 'result', payload: {} }],
    ]);
    expect(rpc.armed).toEqual([]);
  });

  it('time out, are silent when nothing came in since, and a late answer changes nothing', () => {
    call('a');
    call('b');
    clock.advance(seconds(30));
    expect(outcomes).toEqual([['a', { kind: 'timeout', silent: true }]]);
    hear('[3,"a",{}]');
    expect(notices).toEqual([{ notice: 'unexpected-answer', id: 'a' }]);
    clock.advance(seconds(30));
    expect(outcomes[1]).toEqual(['b', { kind: 'timeout', silent: false }]);
  });

  it('end with the connection, and say which of them the peer may have seen', () => {
    call('a');
    call('b');
    rpc.feed({ on: 'closed' });
    call('c');
    expect(outcomes).toEqual([
      ['a', { kind: 'disconnected', sent: true }],
      ['b', { kind: 'disconnected', sent: false }],
      ['c', { kind: 'disconnected', sent: false }],
    ]);
    expect(rpc.armed).toEqual([]);
    rpc.feed({ on: 'opened' });
    hear('[3,"a",{}]');
    expect(outcomes).toHaveLength(3);
  });

  it('are refused beyond 64 that wait, and withdrawn only while they wait', () => {
    for (let i = 0; i < 66; i++) call(String(i));
    expect(outcomes).toEqual([['65', { kind: 'refused', reason: 'too many calls wait' }]]);
    rpc.feed({ on: 'withdraw', id: '0' });
    expect(outcomes).toHaveLength(1);
    rpc.feed({ on: 'withdraw', id: '7' });
    expect(outcomes[1]).toEqual(['7', { kind: 'refused', reason: 'withdrawn' }]);
  });
});

describe('CALLs of the peer', () => {
  it('are answered while a CALL of ours is outstanding', () => {
    call('a');
    hear('[2,"q","Reset",{}]');
    rpc.feed({ on: 'respond', id: 'q', response: { result: { status: 'Accepted' } } });
    expect(written.at(-1)).toBe('[3,"q",{"status":"Accepted"}]');
    expect(rpc.state.outstanding?.call.id).toBe('a');
  });

  it('take effect once: a repetition gets the stored answer', () => {
    hear('[2,"q","Reset",{}]');
    hear('[2,"q","Reset",{}]');
    rpc.feed({ on: 'respond', id: 'q', response: { error: callError('InternalError', 'x') } });
    hear('[2,"q","Reset",{}]');
    expect(incoming).toEqual(['Reset']);
    expect(written).toEqual(Array(2).fill('[4,"q","InternalError","x",{}]'));
    const repeated = { notice: 'repeated-call', id: 'q' };
    expect(notices).toEqual([repeated, repeated]);
  });

  it('are new questions when the id comes again later or with another text', () => {
    const answer = () => rpc.feed({ on: 'respond', id: 'q', response: { result: {} } });
    hear('[2,"q","Reset",{}]');
    answer();
    hear('[2,"q","ClearCache",{}]');
    answer();
    clock.advance(seconds(31));
    hear('[2,"q","Reset",{}]');
    expect(incoming).toEqual(['Reset', 'ClearCache', 'Reset']);
  });

  it('of a connection that is gone are not answered on the next one', () => {
    hear('[2,"q","Reset",{}]');
    rpc.feed({ on: 'closed' });
    rpc.feed({ on: 'opened' });
    rpc.feed({ on: 'respond', id: 'q', response: { result: {} } });
    expect(written).toEqual([]);
  });

  it('can be left without an answer', () => {
    hear('[2,"q","Reset",{}]');
    rpc.feed({ on: 'respond', id: 'q', response: 'none' });
    expect(written).toEqual([]);
  });
});

describe('junk', () => {
  it('is noticed and answered, and the connection goes on', () => {
    hear('{');
    hear('[7,"1"]');
    hear('[2,"q","Reset",{}]');
    expect(written).toEqual(['[4,"-1","GenericError","not JSON",{}]']);
    expect(notices.map((each) => each.notice === 'junk' && each.code)).toEqual([
      'ocpp.json',
      'ocpp.message-type',
    ]);
    expect(incoming).toEqual(['Reset']);
  });

  it('answered with an error about "-1" makes no loop', () => {
    hear('[4,"-1","GenericError","not JSON",{}]');
    expect(written).toEqual([]);
  });
});
