export interface KerbsideErrorOptions {
  readonly cause?: unknown;
}

/** Base of every error of ours: a stable `code` for programs, a message for people. */
export abstract class KerbsideError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options: KerbsideErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.name = new.target.name;
  }
}

export interface WirePlace {
  /** Bytes from the start of the input. */
  readonly offset: number;
  /** Bits from the start of the input, where the encoding is not byte-aligned. */
  readonly bitOffset?: number;
  /** Where in the message, such as `V2G_Message/Body/CurrentDemandReq`. */
  readonly path?: string;
  /** The requirement that was broken, such as `[V2G2-475]`. */
  readonly requirement?: string;
}

/** The peer sent something that is not a valid message. */
export class WireError extends KerbsideError {
  readonly offset: number;
  readonly bitOffset: number | undefined;
  readonly path: string | undefined;
  readonly requirement: string | undefined;
  readonly reason: string;

  constructor(code: string, reason: string, place: WirePlace, options: KerbsideErrorOptions = {}) {
    const where = place.path ? `${place.path}, byte ${place.offset}` : `byte ${place.offset}`;
    super(code, `${reason} (${where})`, options);
    this.reason = reason;
    this.offset = place.offset;
    this.bitOffset = place.bitOffset;
    this.path = place.path;
    this.requirement = place.requirement;
  }
}

/** A valid message at the wrong time. */
export class SequenceError extends KerbsideError {}

/** A device, the network or the disk failed. */
export class PortError extends KerbsideError {}

/** A bug of ours. */
export class InternalError extends KerbsideError {
  constructor(message: string, options: KerbsideErrorOptions = {}) {
    super('internal', message, options);
  }
}

/** For the default branch of an exhaustive switch. */
export function unreachable(value: never): never {
  throw new InternalError(`not reachable: ${JSON.stringify(value)}`);
}
