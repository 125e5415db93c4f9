import { env } from 'node:process';
import { SeededRandom } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { errorCode16 } from './error-codes.ts';
import { MAX_FRAME_LENGTH, parseFrame, writeCall, writeError, writeResult } from './frame.ts';

describe('parseFrame', () => {
  it.each([
    [
      '[2,"1","Reset",{"type":"Soft"}]',
      { kind: 'call', id: '1', action: 'Reset', payload: { type: 'Soft' } },
    ],
    ['[2,"1","Heartbeat",null]', { kind: 'call', id: '1', action: 'Heartbeat', payload: {} }],
    ['[2,"1","Heartbeat"]', { kind: 'call', id: '1', action: 'Heartbeat', payload: {} }],
    ['[3,"1",{"a":1}]', { kind: 'result', id: '1', payload: { a: 1 } }],
    ['[3,"1",null]', { kind: 'result', id: '1', payload: {} }],
    ['[3,"1"]', { kind: 'result', id: '1', payload: {} }],
    [
      '[4,"1","NotSupported","no",{}]',
      { kind: 'error', id: '1', code: 'NotSupported', description: 'no' },
    ],
    ['[4,"1"]', { kind: 'error', id: '1', code: 'GenericError', description: '' }],
  ])('reads %s', (text, frame) => {
    expect(parseFrame(text)).toEqual(frame);
  });

  it.each([
    ['not JSON', 'ocpp.json', '-1', 'GenericError'],
    ['{"a":1}', 'ocpp.array', '-1', 'GenericError'],
    ['[]', 'ocpp.message-type', '-1', 'GenericError'],
    ['["2","1","Reset",{}]', 'ocpp.message-type', '-1', 'GenericError'],
    ['[2,5,"Reset",{}]', 'ocpp.id', '-1', 'GenericError'],
    ['[2,"","Reset",{}]', 'ocpp.id', '-1', 'GenericError'],
    ['[2,"1"]', 'ocpp.action', '1', 'FormationViolation'],
    ['[2,"1",{},{}]', 'ocpp.action', '1', 'FormationViolation'],
    ['[2,"1","Reset",[]]', 'ocpp.payload', '1', 'FormationViolation'],
    ['[2,"1","Reset","x"]', 'ocpp.payload', '1', 'FormationViolation'],
    ['[2,"1","Reset",{},1]', 'ocpp.elements', '1', 'FormationViolation'],
    [`[2,"1","Reset",${'['.repeat(100)}${']'.repeat(100)}]`, 'ocpp.too-deep', '-1', 'GenericError'],
    [`"${'x'.repeat(MAX_FRAME_LENGTH)}"`, 'ocpp.too-long', '-1', 'GenericError'],
  ])('answers junk %#: %s', (text, code, id, errorCode) => {
    const frame = parseFrame(text);
    expect(frame).toMatchObject({ kind: 'junk', error: { code }, answer: { id } });
    expect(frame.kind === 'junk' && frame.answer?.error.code).toBe(errorCode);
  });

  it.each(['[5,"1","X",{}]', '[9]', '[3]', '[3,7,{}]', '[4]', '[4,{},"x"]', '[3,"1",[]]'])(
    'is silent about %s: unknown type numbers are ignored, answers are never answered',
    (text) => {
      const frame = parseFrame(text);
      expect(frame.kind).toBe('junk');
      expect(frame).not.toHaveProperty('answer');
    },
  );

  it('reads brackets in texts as text', () => {
    expect(parseFrame(`[2,"1","X",{"a":"${'[{'.repeat(60)}\\"]"}]`).kind).toBe('call');
  });

  const runs = Number(env['KERBSIDE_FUZZ_RUNS'] ?? 10_000);
  const seed = Number(env['KERBSIDE_SEED'] ?? 20261121);
  it(`is total: ${runs} mutated frames (seed ${seed}) give a frame or junk, never an exception`, () => {
    const random = new SeededRandom(seed);
    const seeds = [
      writeCall('1', 'StartTransaction', '{"connectorId":1,"idTag":"A","meterStart":0}'),
      writeResult('1', { idTagInfo: { status: 'Accepted' }, transactionId: 4 }),
      writeError('1', { code: 'GenericError', description: 'x' }),
      '[2,"\\ud800","\\u0000",{"__proto__":{"a":1},"a":1e999}]',
    ];
    const alphabet = '[]{}",:\\0123456789eE.-nulltruefalse \u0000\ud800é';
    const kinds: Record<string, number> = {};
    for (let i = 0; i < runs; i++) {
      let text = random.pick(seeds);
      for (let n = random.int(6) + 1; n > 0; n--) {
        const at = random.int(text.length + 1);
        const piece = Array.from(
          { length: random.int(4) },
          () => alphabet[random.int(alphabet.length)],
        );
        text = text.slice(0, at) + piece.join('') + text.slice(at + random.int(5));
      }
      const frame = parseFrame(text);
      kinds[frame.kind] = (kinds[frame.kind] ?? 0) + 1;
      if (frame.kind === 'junk') expect(frame.error.name).toBe('WireError');
      else if (frame.kind !== 'error') expect(typeof frame.payload).toBe('object');
    }
    expect(kinds['junk']).toBeGreaterThan(runs / 10);
    expect((kinds['call'] ?? 0) + (kinds['result'] ?? 0) + (kinds['error'] ?? 0)).toBeGreaterThan(
      runs / 20,
    );
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  }, 600_000);
});

describe('codes of CALLERROR', () => {
  it('reads the corrected spellings and writes the old one', () => {
    expect(errorCode16('OccurrenceConstraintViolation')).toBe('OccurenceConstraintViolation');
    expect(errorCode16('FormatViolation')).toBe('FormationViolation');
    expect(errorCode16('Nonsense')).toBe('GenericError');
  });

  it('keeps descriptions at 255 characters', () => {
    const text = writeError('1', { code: 'GenericError', description: 'x'.repeat(999) });
    expect((JSON.parse(text) as unknown[])[3]).toHaveLength(255);
  });
});
