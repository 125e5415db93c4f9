import { readFileSync } from 'node:fs';
import { SeededRandom } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { decodeSlacLine, encodeSlacLine } from './batch.ts';

const captures = JSON.parse(
  readFileSync(new URL('../../test/fixtures/captures.json', import.meta.url), 'utf8'),
) as Record<string, { hex: string }[]>;
const recorded = Object.values(captures)
  .flat()
  .map((r) => r.hex);

describe('SLAC batches', () => {
  it('take each recorded frame to JSON and back, keys included', () => {
    for (const [i, hex] of recorded.entries()) {
      const answer = decodeSlacLine(JSON.stringify({ id: i, hex }));
      if (!('frame' in answer)) throw new Error(JSON.stringify(answer));
      expect(answer.id).toBe(i);
      const back = encodeSlacLine(JSON.stringify({ id: `${i}`, frame: answer.frame }));
      expect(back).toEqual({ id: `${i}`, hex });
    }
  });

  it('name the trouble and its offset', () => {
    expect(decodeSlacLine('{"id":7,"hex":"ffff"}')).toMatchObject({
      id: 7,
      error: { code: 'bytes.short', offset: 0 },
    });
    expect(decodeSlacLine('{"id":7,"hex":"zz"}')).toMatchObject({ error: { code: 'hex.digit' } });
    expect(decodeSlacLine('{"id":7}')).toMatchObject({ id: 7, error: { code: 'batch.line' } });
    expect(decodeSlacLine('nonsense')).toMatchObject({ id: null, error: { code: 'batch.json' } });
    const frame = { name: 'CM_VALIDATE.CNF', ODA: '020000000001', OSA: '020000000002' };
    expect(encodeSlacLine(JSON.stringify({ id: 1, frame }))).toMatchObject({
      error: { code: 'slac.field', message: expect.stringContaining('SignalType: missing') },
    });
    const bad = { ...frame, SignalType: 0, ToggleNum: 0, Result: 256 };
    expect(encodeSlacLine(JSON.stringify({ id: 1, frame: bad }))).toMatchObject({
      error: { message: expect.stringContaining('Result'), offset: 21 },
    });
    const typo = { ...frame, SignalType: 0, ToggleNum: 0, Result: 4, Resutl: 4 };
    expect(encodeSlacLine(JSON.stringify({ id: 1, frame: typo }))).toMatchObject({
      error: { message: expect.stringContaining('Resutl') },
    });
  });

  it('answer any input without throwing (5000 mutations, seed 2)', () => {
    const random = new SeededRandom(2);
    const values: unknown[] = [null, -1, 1e99, 1.5, '', 'zz', [], {}, [1, null], true, '\u{1f600}'];
    for (let i = 0; i < 5000; i++) {
      const answer = decodeSlacLine(JSON.stringify({ id: i, hex: random.pick(recorded) }));
      if (!('frame' in answer)) throw new Error('a recorded frame must decode');
      const frame: Record<string, unknown> = { ...answer.frame };
      const name = random.pick(Object.keys(frame));
      if (random.int(4) === 0) delete frame[name];
      else frame[name] = random.pick(values);
      expect(encodeSlacLine(JSON.stringify({ id: i, frame }))).toHaveProperty('id', i);
    }
    for (const line of [
      '',
      '[]',
      'null',
      '{}',
      '{"frame":[]}',
      '{"frame":null}',
      '"x"',
      '{"hex":1}',
    ])
      for (const answer of [encodeSlacLine(line), decodeSlacLine(line)])
        expect(answer).toMatchObject({ id: null, error: { offset: 0 } });
  });
});
