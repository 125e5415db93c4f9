import { type CodecOptions, ExiValueError, type FacetMode } from '@kerbside/exi';
import { fromHex, KerbsideError, toHex, WireError } from '@kerbside/kernel';
import {
  decodeExi,
  encodeExi,
  type MessageJson,
  protocolOfBytes,
  protocolOfJson,
} from './exi-protocol.ts';

export interface ExiBatchError {
  readonly code: string;
  readonly message: string;
  /** Bytes from the start of the stream. */
  readonly offset?: number;
  readonly bitOffset?: number;
  /** The element, attribute or field. */
  readonly path?: string;
}

/** What a line calls itself. */
export type ExiBatchId = string | number | null;

/** What a line of a batch is answered with; `id` is the one of the line, `null` where it has none. */
export type ExiBatchAnswer =
  | { readonly id: ExiBatchId; readonly json: MessageJson }
  | { readonly id: ExiBatchId; readonly exiHex: string }
  | { readonly id: ExiBatchId; readonly error: ExiBatchError };

export type ExiBatchDirection = 'decode' | 'encode';

class LineError extends KerbsideError {}

/**
 * Answers one line of JSON: `{id, protocol, exiHex}` with its JSON, `{id, protocol, json}` with its bytes. The protocol
 * may be left out where the message itself tells. It never throws. Facets are not held unless the line says `"facets": "exact"`, so that what a peer sent can be written back.
 */
export function exiBatch(line: string, direction?: ExiBatchDirection): ExiBatchAnswer {
  let id: ExiBatchId = null;
  try {
    const request = parsed(line);
    id = idOf(request);
    return { id, ...answer(request, direction) };
  } catch (error) {
    return { id, error: exiBatchError(error) };
  }
}

/** As `exiBatch`, with the answer as one line of JSON. */
export function exiBatchLine(line: string, direction?: ExiBatchDirection): string {
  const answered = exiBatch(line, direction);
  try {
    return JSON.stringify(answered);
  } catch (error) {
    return JSON.stringify({ id: answered.id, error: exiBatchError(error) });
  }
}

function idOf({ id }: Record<string, unknown>): ExiBatchId {
  if (id === undefined || id === null) return null;
  if (typeof id === 'string' || typeof id === 'number') return id;
  throw new LineError('batch.line', 'id is neither a string nor a number');
}

function parsed(line: string): Record<string, unknown> {
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch (cause) {
    throw new LineError('batch.json', 'the line is not JSON', { cause });
  }
  if (typeof request !== 'object' || request === null || Array.isArray(request))
    throw new LineError('batch.line', 'the line is not a JSON object');
  return request as Record<string, unknown>;
}

function answer(request: Record<string, unknown>, direction?: ExiBatchDirection) {
  const { protocol, exiHex, json } = request;
  if (protocol !== undefined && typeof protocol !== 'string')
    throw new LineError('batch.line', 'protocol is not a string');
  const options: CodecOptions = { facets: facetsOf(request) };
  const asked = direction ?? (exiHex === undefined ? 'encode' : 'decode');
  if (asked === 'decode') {
    if (typeof exiHex !== 'string') throw new LineError('batch.line', 'exiHex is not a string');
    const bytes = fromHex(exiHex);
    return { json: decodeExi(protocol ?? protocolOfBytes(bytes), bytes, options) };
  }
  if (json === undefined) throw new LineError('batch.line', 'neither exiHex nor json');
  return { exiHex: toHex(encodeExi(protocol ?? protocolOfJson(json), json, options)) };
}

function facetsOf({ facets }: Record<string, unknown>): FacetMode {
  if (facets === undefined) return 'ignored';
  if (facets === 'exact' || facets === 'tolerant' || facets === 'ignored') return facets;
  throw new LineError('batch.line', 'facets is none of exact, tolerant, ignored');
}

/** An error of decoding or encoding as a batch answers it. */
export function exiBatchError(error: unknown): ExiBatchError {
  if (error instanceof WireError) {
    const { code, message, offset, bitOffset, path } = error;
    return {
      code,
      message,
      offset,
      ...(bitOffset !== undefined && { bitOffset }),
      ...(path !== undefined && { path }),
    };
  }
  if (error instanceof ExiValueError)
    return { code: error.code, message: error.message, path: error.path };
  if (error instanceof KerbsideError) return { code: error.code, message: error.message };
  return { code: 'internal', message: String(error) };
}
