import { parseCommandLine, optionHelp, unknownWord, UsageError } from '@kerbside/host';
import type { CommandIo } from './command.ts';
import { linesOf } from './lines.ts';

export interface BatchError {
  readonly message: string;
  readonly bitOffset?: number;
}

/** What a batch function answers to one line: a result, or an error with the line's id. */
export type BatchAnswer =
  | { readonly id: unknown; readonly error: BatchError }
  | { readonly id: unknown; readonly [field: string]: unknown };

export interface BatchUse {
  readonly command: string;
  /** The field of a line that holds the input, and the one of its answer. */
  readonly directions: Readonly<
    Record<string, { readonly help: string; readonly answer: (line: string) => BatchAnswer }>
  >;
  /** Builds a line from a single message given on the command line. */
  readonly single: (direction: string, text: string) => unknown;
}

const plans = {
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
  const { options, words } = parseCommandLine(args, plans);
  const [direction, message, ...more] = words;
  if (options.help || direction === undefined) {
    io.out(helpOf(use));
    return options.help ? 0 : 2;
  }
  const chosen = use.directions[direction];
  if (!chosen) throw new UsageError(unknownWord('word', direction, Object.keys(use.directions)));
  if (more.length > 0) throw new UsageError(`one message at a time, not also ${more.join(' ')}`);
  if (message !== undefined)
    return answerSingle(chosen.answer(JSON.stringify(use.single(direction, message))), io);
  return await answerLines(chosen.answer, options['keep-going'] ?? false, io);
}

function answerSingle(answer: BatchAnswer, io: CommandIo): number {
  if (isError(answer)) {
    io.err(`${errorText(answer.error)}\n`);
    return 1;
  }
  const { id, ...result } = answer;
  void id;
  const [value] = Object.values(result);
  io.out(typeof value === 'string' ? `${value}\n` : `${JSON.stringify(value, undefined, 2)}\n`);
  return 0;
}

/** Answers lines one by one; 1 where a bad one ended it. */
export async function answerLines(
  answerTo: (line: string) => BatchAnswer,
  keepGoing: boolean,
  io: CommandIo,
): Promise<number> {
  for await (const { number, text, tooLong } of linesOf(io.input)) {
    if (text.trim() === '' && !tooLong) continue;
    const answer = tooLong ? TOO_LONG : answerTo(text);
    if (keepGoing || !isError(answer)) {
      io.out(`${JSON.stringify(answer)}\n`);
      if ((await io.ready?.()) === false) return 0;
      continue;
    }
    const id =
      answer.id === undefined || answer.id === null ? '' : ` (${JSON.stringify(answer.id)})`;
    io.err(`line ${number}${id}: ${errorText(answer.error)}\n`);
    return 1;
  }
  return 0;
}

/** The answer to a line that nobody could have meant. */
export const TOO_LONG = {
  id: null,
  error: { code: 'batch.length', message: 'the line is too long for a message' },
} as const;

/** An error in words, with the bit where the stream is wrong. */
export function errorText({ message, bitOffset }: BatchError): string {
  return bitOffset === undefined ? message : `${message} at bit ${bitOffset}`;
}

export const isError = (
  answer: BatchAnswer,
): answer is { readonly id: unknown; readonly error: BatchError } => 'error' in answer;

function helpOf(use: BatchUse): string {
  const directions = Object.entries(use.directions).map(
    ([name, { help }]) => `  kerbside ${use.command} ${name.padEnd(7)} ${help}\n`,
  );
  return [
    `kerbside ${use.command} ${Object.keys(use.directions).join('|')} [MESSAGE]\n\n`,
    'One message as argument, or JSON lines on standard input:\n',
    ...directions,
    '\n',
    optionHelp(plans),
  ].join('');
}
