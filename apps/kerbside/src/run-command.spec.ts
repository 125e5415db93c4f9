import { UsageError } from '@kerbside/host';
import { PortError } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import type { BatchAnswer } from './commands/batch.ts';
import { runBatch } from './commands/batch.ts';
import type { Command } from './commands/command.ts';
import { runCommand } from './run-command.ts';

async function* pieces(...texts: string[]) {
  for (const text of texts) yield await Promise.resolve(new TextEncoder().encode(text));
}

/** Doubles a number; anything else is a bad message. */
function double(line: string): BatchAnswer {
  const { id, n } = JSON.parse(line) as { id?: string; n: unknown };
  if (typeof n === 'number') return { id, twice: n * 2 };
  return { id, error: { message: 'not a number' } };
}

const doubler: Command = {
  name: 'double',
  summary: 'doubles',
  run: (args, io) =>
    runBatch(
      {
        command: 'double',
        directions: { encode: { help: 'n to twice', answer: double } },
        single: (_direction, text) => ({ n: JSON.parse(text) as unknown }),
      },
      args,
      io,
    ),
};
const failing = (error: Error): Command => ({
  name: 'fail',
  summary: 'fails',
  run: () => Promise.reject(error),
});

async function run(commands: readonly Command[], args: readonly string[], ...input: string[]) {
  const said = { out: '', err: '' };
  const code = await runCommand(args, commands, {
    input: pieces(...input),
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
  });
  return { code, ...said };
}

describe('runCommand', () => {
  it('lists the commands', async () => {
    expect(await run([doubler], ['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('  double    doubles\n') as unknown,
    });
    expect(await run([doubler], [])).toMatchObject({ code: 2 });
  });
  it('names the nearest command or option, with exit code 2', async () => {
    expect(await run([doubler], ['duoble'])).toEqual({
      code: 2,
      out: '',
      err: 'kerbside: unknown command duoble; did you mean double?\n',
    });
    expect(await run([doubler], ['double', 'encode', '--kep-going'])).toEqual({
      code: 2,
      out: '',
      err: 'kerbside: unknown option --kep-going; did you mean --keep-going?\n',
    });
  });
  it('tells failures from wrong use, and bugs with their stack', async () => {
    const use = await run([failing(new UsageError('so not'))], ['fail']);
    expect(use).toEqual({ code: 2, out: '', err: 'kerbside: so not\n' });
    const port = await run([failing(new PortError('x', 'no disk'))], ['fail']);
    expect(port).toEqual({ code: 1, out: '', err: 'kerbside: no disk\n' });
    const bug = await run([failing(new TypeError('oops'))], ['fail']);
    expect(bug).toMatchObject({ code: 1, err: expect.stringContaining('    at ') as unknown });
  });
});

describe('a batch', () => {
  const lines = ['{"id":"a","n":1}\n{"id"', ':"b","n":"x"}\n\n{"id":"c","n":3}'];
  it('answers every line with --keep-going', async () => {
    expect(await run([doubler], ['double', 'encode', '--keep-going'], ...lines)).toEqual({
      code: 0,
      out: '{"id":"a","twice":2}\n{"id":"b","error":{"message":"not a number"}}\n{"id":"c","twice":6}\n',
      err: '',
    });
  });
  it('ends at the first bad line without it', async () => {
    expect(await run([doubler], ['double', 'encode'], ...lines)).toEqual({
      code: 1,
      out: '{"id":"a","twice":2}\n',
      err: 'line 2 ("b"): not a number\n',
    });
  });
  it('takes a single message from the command line', async () => {
    expect(await run([doubler], ['double', 'encode', '21'])).toEqual({
      code: 0,
      out: '42\n',
      err: '',
    });
    expect(await run([doubler], ['double', 'encode', '"x"'])).toEqual({
      code: 1,
      out: '',
      err: 'not a number\n',
    });
  });
});
