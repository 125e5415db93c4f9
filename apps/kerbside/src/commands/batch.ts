import { parseCommandLine, optionHelp, unknownWord, UsageError } from '@kerbside/host';
import type { CommandIo } from './command.ts';

/** What a batch function answers to one line: a result, or an error with the line's id. */
export type BatchAnswer =
  | { readonly id: unknown; readonly error: { readonly message: string } }
  | { readonly id: unknown; readonly [field: string]: unknown };

export interface BatchUse {
  readonly command: string;
  /** The field of a line that holds the input, and the one of its answer. */
  readonly directions: Readonly<
    Record<string, { readonly help: string; readonly answer: (line: string) => BatchAnswer }>
  >;
  /** Builds a line from a single message given on the command line. */
  readonly single: (direction: string, text: string, options: SingleOptions) => unknown;
  /** The protocols that a single message may be of; absent: there is but one. */
  readonly protocols?: readonly string[];
}

export interface SingleOptions {
  readonly protocol?: string;
}

const plans = {
  protocol: { value: 'NAME', help: 'protocol of the message given' },
  'keep-going': { help: 'read JSON lines, answer each; a bad one does not end it' },
  help: { help: 'show this' },
} as const;

/**
 * Runs `decode` or `encode`: of the message given, else of JSON lines on standard input. Without
 * `--keep-going` the first bad one ends it with exit code 1; with it every line gets its answer.
 */
export async function runBatch(
  use: BatchUse,
  args: readonly string[],
  io: CommandIo,
): Promise<number> {
  const usable = use.protocols ? plans : { 'keep-going': plans['keep-going'], help: plans.help };
  const { options, words } = parseCommandLine<typeof plans>(args, usable as typeof plans);
  const [direction, message, ...more] = words;
  if (options.help || direction === undefined) {
    io.out(helpOf(use, usable));
    return options.help ? 0 : 2;
  }
  const chosen = use.directions[direction];
  if (!chosen) throw new UsageError(unknownWord('word', direction, Object.keys(use.directions)));
  if (more.length > 0) throw new UsageError(`one message at a time, not also ${more.join(' ')}`);
  if (message !== undefined) {
    const given = options.protocol === undefined ? {} : { protocol: options.protocol };
    return answerSingle(chosen.answer(JSON.stringify(use.single(direction, message, given))), io);
  }
  return await answerLines(chosen.answer, options['keep-going'] ?? false, io);
}

function answerSingle(answer: BatchAnswer, io: CommandIo): number {
  if (isError(answer)) {
    io.err(`${answer.error.message}\n`);
    return 1;
  }
  const { id, ...result } = answer;
  void id;
  const [value] = Object.values(result);
  io.out(typeof value === 'string' ? `${value}\n` : `${JSON.stringify(value, undefined, 2)}\n`);
  return 0;
}

async function answerLines(
  answerTo: (line: string) => BatchAnswer,
  keepGoing: boolean,
  io: CommandIo,
): Promise<number> {
  let number = 0;
  for await (const line of linesOf(io.input)) {
    number += 1;
    if (line.trim() === '') continue;
    const answer = answerTo(line);
    if (keepGoing || !isError(answer)) {
      io.out(`${JSON.stringify(answer)}\n`);
      continue;
    }
    const id =
      answer.id === undefined || answer.id === null ? '' : ` (${JSON.stringify(answer.id)})`;
    io.err(`line ${number}${id}: ${answer.error.message}\n`);
    return 1;
  }
  return 0;
}

const isError = (
  answer: BatchAnswer,
): answer is { readonly id: unknown; readonly error: { readonly message: string } } =>
  'error' in answer;

/** Lines of a stream, whatever the pieces it comes in; the last one needs no line end. */
export async function* linesOf(
  input: AsyncIterable<string | Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of input) {
    rest += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

function helpOf(use: BatchUse, usable: Parameters<typeof optionHelp>[0]): string {
  const directions = Object.entries(use.directions).map(
    ([name, { help }]) => `  kerbside ${use.command} ${name.padEnd(7)} ${help}\n`,
  );
  return [
    `kerbside ${use.command} ${Object.keys(use.directions).join('|')} [MESSAGE]\n\n`,
    'One message as argument, or JSON lines on standard input:\n',
    ...directions,
    '\n',
    optionHelp(usable),
    use.protocols ? `\nProtocols: ${use.protocols.join(', ')}\n` : '',
  ].join('');
}
