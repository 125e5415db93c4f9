import { SeededRandom } from '@kerbside/kernel/testing';
import { WireError } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { integer, list, number, object, oneOf, optional, text } from './fields.ts';
import { jsonFault } from './json-fault.ts';
import { lineSplitter } from './line-splitter.ts';
import { messageSet } from './message-set.ts';

const bytes = (value: string) => new TextEncoder().encode(value);

describe('line splitter', () => {
  it('joins lines over chunk borders, also inside a UTF-8 character', () => {
    const splitter = lineSplitter();
    const all = bytes('{"a":"ä"}\r\n\n{"b":1}\n{"c"');
    const lines = [...all].flatMap((byte) => [...splitter.push(Uint8Array.of(byte))]);
    expect(lines).toEqual(['{"a":"ä"}', '{"b":1}']);
    expect(splitter.push(bytes(':2}\n'))).toEqual(['{"c":2}']);
  });

  it('skips a line that is too long with one error and reads the next', () => {
    const splitter = lineSplitter(10);
    expect(splitter.push(bytes('x'.repeat(5000)))).toEqual([]);
    const [error, next] = splitter.push(bytes('yyy\n{"ok":1}\n'));
    expect(error).toBeInstanceOf(WireError);
    expect((error as WireError).code).toBe('line.too-long');
    expect(next).toBe('{"ok":1}');
  });

  it('says when a line is not UTF-8', () => {
    const [error] = lineSplitter().push(Uint8Array.of(0xc3, 0x28, 0x0a));
    expect((error as WireError).code).toBe('line.utf8');
  });
});

describe('place of a JSON fault', () => {
  it.each([
    ['{"a":}', 5],
    ['{"a":1,}', 7],
    ['{a:1}', 1],
    ['[1,2', 4],
    ['[1,]', 3],
    ['{"a":1} x', 8],
    ['{"a":01}', 6],
    ['{"a":"\t"}', 5],
    ['', 0],
    ['[]]', 2],
    ['{"a":1]', 6],
    ['['.repeat(20), 16],
  ])('%s at %i', (line, column) => expect(jsonFault(line)).toBe(column));

  it('agrees with JSON.parse on 20,000 mutated lines (seed 7)', () => {
    const random = new SeededRandom(7);
    const seedLine = '{"event":"pilot","n":[1,-2.5e3,{}],"s":"a\\u00e4","t":true,"x":null}';
    let bad = 0;
    for (let round = 0; round < 20_000; round++) {
      const chars = [...seedLine];
      for (let n = random.int(3); n >= 0; n--)
        chars.splice(
          random.int(chars.length),
          random.int(3),
          random.pick([...'{}[]",:0e-. tnu\\']),
        );
      const line = chars.join('');
      let valid = true;
      try {
        JSON.parse(line);
      } catch {
        valid = false;
        bad++;
      }
      expect(jsonFault(line) === undefined, line).toBe(valid);
    }
    expect(bad).toBeGreaterThan(1000);
  });
});

describe('message set', () => {
  const set = messageSet('event', {
    pilot: { state: oneOf('A', 'B'), voltage: optional(number(-15, 15)) },
    many: { items: list(object({ code: text(3), count: integer(0, 9) }), 2) },
  });

  it('reads what it writes, absent and null alike, and passes over unknown fields', () => {
    expect(set.parse(set.write({ event: 'pilot', state: 'B' }).trim())).toEqual({
      event: 'pilot',
      state: 'B',
    });
    expect(set.parse('{"event":"pilot","state":"A","voltage":null,"new":1}')).toEqual({
      event: 'pilot',
      state: 'A',
    });
  });

  it.each([
    ['{"event":"pilot","state":"X"}', 'line.field', 'state'],
    ['{"event":"pilot","state":"A","voltage":"9"}', 'line.field', 'voltage'],
    [
      '{"event":"many","items":[{"code":"abc","count":1},{"code":"abcd","count":1}]}',
      'line.field',
      'items[1].code',
    ],
    ['{"event":"many","items":[1,2,3]}', 'line.field', 'items'],
    ['{"event":"constructor"}', 'line.unknown', 'event'],
    ['{"event":"__proto__"}', 'line.unknown', 'event'],
    ['[]', 'line.object', undefined],
    ['{"event":', 'line.json', undefined],
  ])('%s is the error %s at %s', (line, code, path) => {
    const error = set.parse(line) as WireError;
    expect(error).toBeInstanceOf(WireError);
    expect([error.code, error.path]).toEqual([code, path]);
  });
});
