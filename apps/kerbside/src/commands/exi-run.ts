import { fromHex, KerbsideError, WireError } from '@kerbside/kernel';
import { UsageError } from '@kerbside/host';
import { type BatchAnswer, errorText, isError, TOO_LONG } from './batch.ts';
import type { CommandIo } from './command.ts';
import { type ExiInput, exiInputs } from './exi-input.ts';
import { exiTree } from './exi-tree.ts';
import type { Line } from './lines.ts';
import { parsed } from './slac.ts';

export interface ExiOptions {
  readonly direction: 'decode' | 'encode';
  readonly explain: boolean;
  readonly keepGoing: boolean;
  readonly protocol?: string;
}

type Tools = typeof import('@kerbside/iso15118');

/** A message to decode, and what its answer is called. */
interface Message {
  readonly id: unknown;
  readonly protocol?: string;
  readonly bytes: Uint8Array;
}

/** A message alone is answered for people to read, one of many by a line of JSON. */
type How = 'alone' | 'one of many';

const HEX = /^(0x)?[0-9a-fA-F][0-9a-fA-F\s:-]*$/;

/** One run of `kerbside exi`: reads messages, writes answers and errors. */
export class ExiRun {
  readonly #options: ExiOptions;
  readonly #io: CommandIo;
  readonly #tools: Tools;
  #ended = false;

  constructor(options: ExiOptions, io: CommandIo, tools: Tools) {
    this.#options = options;
    this.#io = io;
    this.#tools = tools;
  }

  /** Whether the reader of the output is gone. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The message of the command line. Gives the exit code. */
  single(text: string): number {
    const { direction, protocol } = this.#options;
    if (direction === 'encode') {
      const json = parsed(text);
      const named = {
        json,
        protocol: protocol ?? this.#needed(() => this.#tools.protocolOfJson(json)),
      };
      return this.#show(this.#tools.exiBatch(JSON.stringify(named), 'encode'), '', 'alone');
    }
    const bytes = this.#hex(text);
    if (bytes instanceof Error) return this.#show(this.#failed(null, bytes), '', 'alone');
    if (this.#tools.isV2gtp(bytes)) return this.#frames(bytes, 0, '', 'alone');
    const named = protocol ?? this.#needed(() => this.#tools.protocolOfBytes(bytes));
    return this.#decode({ id: null, protocol: named, bytes }, '', 'alone');
  }

  /** All of a file or of standard input. Gives the exit code. */
  async input(input: AsyncIterable<string | Uint8Array>, name: string): Promise<number> {
    let empty = true;
    try {
      for await (const one of exiInputs(input)) {
        empty = false;
        const code = this.#answer(one, name);
        if (code !== 0) return code;
        if ((await this.#io.ready?.()) === false) {
          this.#ended = true;
          return 0;
        }
      }
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return this.#show(this.#failed(null, error), name, 'one of many') || 1;
    }
    if (!empty || name === '') return 0;
    this.#io.err(`${name}: the file is empty\n`);
    return 1;
  }

  #answer(one: ExiInput, name: string): number {
    if (one.kind === 'line') return this.#line(one.line, name);
    if (one.kind === 'json') return this.#request(one.text, null, name, 'alone');
    if (this.#options.direction === 'encode')
      throw new UsageError('to encode, give JSON: this is EXI already');
    if (one.kind === 'frame') return this.#frames(one.bytes, one.offset, name, 'one of many');
    const { protocol } = this.#options;
    return this.#decode(
      { id: null, ...(protocol && { protocol }), bytes: one.bytes },
      name,
      'alone',
    );
  }

  #line({ number, text, tooLong }: Line, name: string): number {
    const { direction, protocol } = this.#options;
    const place = `${name === '' ? '' : `${name}: `}line ${number}`;
    if (tooLong) return this.#show(TOO_LONG, place, 'one of many');
    const trimmed = text.trim();
    if (trimmed === '') return 0;
    if (direction === 'decode' && HEX.test(trimmed)) {
      const bytes = this.#hex(trimmed);
      if (bytes instanceof Error)
        return this.#show(this.#failed(number, bytes), place, 'one of many');
      if (this.#tools.isV2gtp(bytes)) return this.#frames(bytes, 0, place, 'one of many');
      return this.#decode(
        { id: number, ...(protocol && { protocol }), bytes },
        place,
        'one of many',
      );
    }
    return this.#request(trimmed, number, place, 'one of many');
  }

  /** JSON as `exiBatch` takes it, or to encode a bare message. */
  #request(text: string, number: number | null, place: string, how: How): number {
    const { direction, explain, protocol } = this.#options;
    let line: string;
    try {
      line = requestOf(text, number, direction, protocol);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // JSON that goes too deep to be written again
      return this.#show(this.#failed(number, error), place, how);
    }
    const answer = this.#tools.exiBatch(line, direction);
    const { id } = answer;
    const named = id === null ? place : `${place} (${JSON.stringify(id)})`;
    if (!explain || isError(answer)) return this.#show(answer, named, how);
    const request = JSON.parse(line) as { exiHex: string; protocol?: string };
    return this.#decode({ ...request, id, bytes: fromHex(request.exiHex) }, named, how);
  }

  #frames(bytes: Uint8Array, at: number, name: string, how: How): number {
    const before = name === '' ? '' : `${name}: `;
    try {
      const frames = [...this.#tools.exiFrames(bytes)];
      for (const { offset, protocol, bytes: payload } of frames) {
        const named = this.#options.protocol ?? protocol;
        const code = this.#decode(
          { id: at + offset, ...(named && { protocol: named }), bytes: payload },
          frames.length === 1 && how === 'alone' ? '' : `${before}message at byte ${at + offset}`,
          frames.length === 1 ? how : 'one of many',
        );
        if (code !== 0) return code;
      }
      return 0;
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#show(this.#failed(at, error), `${before}message at byte ${at}`, how);
      return 1; // where the next one begins, nothing says
    }
  }

  #decode({ id, protocol, bytes }: Message, place: string, how: How): number {
    const { decodeExi, explainExi, protocolOfBytes, quantityOf } = this.#tools;
    let named = protocol;
    try {
      named ??= protocolOfBytes(bytes);
      if (this.#options.explain) {
        const explanation = explainExi(named, bytes);
        if (how !== 'alone') this.#io.out(`${place === '' ? 'message' : place}, ${named}\n`);
        this.#io.out(exiTree(explanation, quantityOf));
        if (explanation.error) throw explanation.error;
        return 0;
      }
      const json = decodeExi(named, bytes, { facets: 'ignored' });
      return this.#show({ id, protocol: named, json }, place, how);
    } catch (error) {
      if (!(error instanceof KerbsideError)) throw error;
      return this.#show(this.#failed(id, error), place, how);
    }
  }

  #show(answer: BatchAnswer, place: string, how: How): number {
    const { keepGoing, explain } = this.#options;
    if (isError(answer)) {
      if (keepGoing && how !== 'alone' && !explain) this.#io.out(`${JSON.stringify(answer)}\n`);
      else this.#io.err(`${place === '' ? '' : `${place}: `}${errorText(answer.error)}\n`);
      return keepGoing && how !== 'alone' ? 0 : 1;
    }
    if (how !== 'alone') this.#io.out(`${JSON.stringify(answer)}\n`);
    else if ('exiHex' in answer) this.#io.out(`${String(answer['exiHex'])}\n`);
    else if ('json' in answer) this.#io.out(`${JSON.stringify(answer['json'], undefined, 2)}\n`);
    return 0;
  }

  #failed(id: unknown, error: unknown): BatchAnswer {
    return { id, error: this.#tools.exiBatchError(error) };
  }

  #hex(text: string): Uint8Array | WireError {
    try {
      return fromHex(text.replace(/^0x/, ''));
    } catch (error) {
      if (error instanceof WireError) return error;
      throw error;
    }
  }

  /** A message of the command line whose protocol nothing tells is wrong use, not a bad message. */
  #needed(find: () => string): string {
    try {
      return find();
    } catch (error) {
      if (!(error instanceof this.#tools.ProtocolNeededError)) throw error;
      throw new UsageError(error.message.replace('name the protocol,', 'give --protocol NAME,'));
    }
  }
}

/** The line with what it leaves to the command line; what it is not, its answer says. */
function requestOf(
  line: string,
  number: number | null,
  direction: ExiOptions['direction'],
  protocol?: string,
): string {
  if (direction === 'decode' && protocol === undefined) return line;
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch {
    return line;
  }
  if (typeof request !== 'object' || request === null || Array.isArray(request)) return line;
  const keys = Object.keys(request);
  const bare = direction === 'encode' && keys.length === 1 && !BATCH_KEYS.has(keys[0] ?? '');
  const whole = bare ? { id: number, json: request } : request;
  return JSON.stringify({ ...(protocol !== undefined && { protocol }), ...whole });
}

const BATCH_KEYS: ReadonlySet<string> = new Set(['id', 'protocol', 'json', 'exiHex', 'facets']);
