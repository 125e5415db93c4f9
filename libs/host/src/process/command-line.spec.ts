import { describe, expect, it } from 'vitest';
import { optionHelp, parseCommandLine, UsageError } from './command-line.ts';

const plans = {
  bench: { help: 'a switch' },
  port: { value: 'PORT', help: 'a value' },
  scope: { value: 'SCOPE', help: 'a list', multiple: true },
  inner: { help: 'not shown', hidden: true },
} as const;

describe('parseCommandLine', () => {
  it('reads switches, values, lists and words', () => {
    const { options, words } = parseCommandLine(
      ['decode', '--bench', '--port', '80', '--scope=a', '--scope', 'b', '--', '--file'],
      plans,
    );
    expect(options).toEqual({ bench: true, port: '80', scope: ['a', 'b'] });
    expect(words).toEqual(['decode', '--file']);
  });

  it.each([
    [['--bnech'], 'unknown option --bnech; did you mean --bench?'],
    [['--completely-else'], 'unknown option --completely-else; the nearest is --'],
    [['-b'], 'unknown option -b'],
    [['--bench=yes'], '--bench takes no value'],
    [['--port'], '--port needs a value: --port PORT'],
    [['--port', '--bench'], '--port needs a value'],
    [['--port', '1', '--port', '2'], '--port is given twice'],
  ])('refuses %j', (args, message) => {
    expect(() => parseCommandLine(args, plans)).toThrow(message);
    expect(() => parseCommandLine(args, plans)).toThrow(UsageError);
  });

  it('lists what is not hidden', () => {
    expect(optionHelp(plans)).toBe(
      '  --bench        a switch\n  --port PORT    a value\n  --scope SCOPE  a list\n',
    );
  });
});
