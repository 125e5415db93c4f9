import { WireError } from '@kerbside/kernel';
import { callError, errorCode16, type CallError, type ErrorCode16 } from './error-codes.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export interface CallFrame {
  readonly kind: 'call';
  readonly id: string;
  readonly action: string;
  readonly payload: JsonObject;
}
export interface ResultFrame {
  readonly kind: 'result';
  readonly id: string;
  readonly payload: JsonObject;
}
export interface ErrorFrame {
  readonly kind: 'error';
  readonly id: string;
  readonly code: ErrorCode16;
  readonly description: string;
}
/** Anything that is not one of the three frames. */
export interface JunkFrame {
  readonly kind: 'junk';
  readonly error: WireError;
  /** The CALLERROR that the sender gets; undefined where answering could start a loop. */
  readonly answer?: { readonly id: string; readonly error: CallError };
}
export type Frame = CallFrame | ResultFrame | ErrorFrame | JunkFrame;

/** Longest text frame that is read, in UTF-16 units; SendLocalList and certificates fit. */
export const MAX_FRAME_LENGTH = 256 * 1024;
/** Ids are at most 36 characters; longer ones of lax peers are echoed up to this length. */
const MAX_ID_LENGTH = 255;
const MAX_DEPTH = 32;
/** The id of an answer to a frame whose own id can't be read. */
const NO_ID = '-1';

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Depth of brackets outside of texts: a bound for everything that later walks the value. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (quoted) {
      if (c === 0x5c) i++;
      else if (c === 0x22) quoted = false;
    } else if (c === 0x22) quoted = true;
    else if (c === 0x5b || c === 0x7b) {
      if (++depth > MAX_DEPTH) return i;
    } else if (c === 0x5d || c === 0x7d) depth--;
  }
  return undefined;
}

function junk(
  code: string,
  reason: string,
  offset: number,
  answer?: { readonly id: string; readonly code: ErrorCode16 },
): JunkFrame {
  return {
    kind: 'junk',
    error: new WireError(`ocpp.${code}`, reason, { offset }),
    ...(answer ? { answer: { id: answer.id, error: callError(answer.code, reason) } } : {}),
  };
}

const generic = { id: NO_ID, code: 'GenericError' as const };

function readJson(text: string, maxLength: number): { value: unknown } | JunkFrame {
  if (text.length > maxLength)
    return junk('too-long', `frame of ${text.length} characters`, maxLength, generic);
  const deep = tooDeep(text);
  if (deep !== undefined) return junk('too-deep', `nested deeper than ${MAX_DEPTH}`, deep, generic);
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return junk('json', 'not JSON', 0, generic);
  }
}

function readCall(frame: readonly unknown[]): Frame {
  const [, id, action, payload] = frame;
  if (typeof id !== 'string' || id.length === 0 || id.length > MAX_ID_LENGTH)
    return junk('id', 'a CALL without a usable message id', 0, generic);
  const answer = { id, code: 'FormationViolation' as const };
  if (typeof action !== 'string' || action.length === 0)
    return junk('action', 'a CALL without an action', 0, answer);
  if (frame.length > 4) return junk('elements', 'a CALL of more than four elements', 0, answer);
  // A null or absent payload counts as {}.
  const body = payload ?? {};
  if (!isObject(body)) return junk('payload', 'the payload is not an object', 0, answer);
  return { kind: 'call', id, action, payload: body };
}

function readResult(frame: readonly unknown[]): Frame {
  const [, id, payload] = frame;
  const body = payload ?? {};
  if (typeof id !== 'string') return junk('id', 'a CALLRESULT without a message id', 0);
  if (!isObject(body)) return junk('payload', 'the payload is not an object', 0);
  return { kind: 'result', id, payload: body };
}

function readError(frame: readonly unknown[]): Frame {
  const [, id, code, description] = frame;
  if (typeof id !== 'string') return junk('id', 'a CALLERROR without a message id', 0);
  return {
    kind: 'error',
    id,
    code: errorCode16(typeof code === 'string' ? code : ''),
    description: typeof description === 'string' ? description.slice(0, 255) : '',
  };
}

/** Reads one text frame. Total: junk is a value too. OCPP-J 1.6 section 4.2 */
export function parseFrame(text: string, maxLength = MAX_FRAME_LENGTH): Frame {
  const json = readJson(text, maxLength);
  if ('kind' in json) return json;
  if (!Array.isArray(json.value)) return junk('array', 'not an array', 0, generic);
  const frame = json.value as readonly unknown[];
  switch (frame[0]) {
    case 2:
      return readCall(frame);
    case 3:
      return readResult(frame);
    case 4:
      return readError(frame);
    default:
      // A message type number that 1.6 does not know is ignored; anything else is unreadable.
      return typeof frame[0] === 'number'
        ? junk('message-type', `unknown message type ${frame[0]}`, 1)
        : junk('message-type', 'the first element is no message type', 1, generic);
  }
}

export const writeCall = (id: string, action: string, payload: string): string =>
  `[2,${JSON.stringify(id)},${JSON.stringify(action)},${payload}]`;

export const writeResult = (id: string, payload: JsonObject): string =>
  JSON.stringify([3, id, payload]);

export const writeError = (id: string, error: CallError): string =>
  JSON.stringify([4, id, error.code, error.description.slice(0, 255), {}]);
