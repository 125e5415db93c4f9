import { fromHex, Secret, toHex, WireError } from '@kerbside/kernel';
import type { Mme } from './catalogue.ts';
import { decodeFrame, encodeUnknown } from './codec.ts';

export interface BatchError {
  readonly code: string;
  readonly message: string;
  /** Bytes from the start of the frame. */
  readonly offset: number;
}
export type FrameJson = Readonly<Record<string, unknown>>;
export type DecodeAnswer =
  | { readonly id: unknown; readonly frame: FrameJson }
  | { readonly id: unknown; readonly error: BatchError };
export type EncodeAnswer =
  | { readonly id: unknown; readonly hex: string }
  | { readonly id: unknown; readonly error: BatchError };

/** A frame as plain JSON, keys included: only for one who gave us the bytes. */
export function frameToJson(frame: Mme): FrameJson {
  return Object.fromEntries(
    Object.entries(frame).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Secret ? toHex(value.reveal() as Uint8Array) : value,
    ]),
  );
}

function errorOf(error: unknown): BatchError {
  if (error instanceof WireError)
    return { code: error.code, message: error.message, offset: error.offset };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message, offset: 0 };
}

function lineOf(line: string, wanted: string): { readonly id: unknown; readonly value: unknown } {
  const noObject = new WireError('batch.line', `an object {"id","${wanted}"} is needed`, {
    offset: 0,
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new WireError('batch.json', 'the line is not JSON', { offset: 0 });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw noObject;
  const record = parsed as Record<string, unknown>;
  return { id: record.id ?? null, value: record[wanted] };
}

/** Answers a line `{"id","hex"}` with `{"id","frame"}` or `{"id","error"}`; never throws. */
export function decodeSlacLine(line: string): DecodeAnswer {
  let id: unknown = null;
  try {
    const given = lineOf(line, 'hex');
    id = given.id;
    if (typeof given.value !== 'string')
      throw new WireError('batch.line', '"hex" must be a text', { offset: 0 });
    return { id, frame: frameToJson(decodeFrame(fromHex(given.value))) };
  } catch (error) {
    return { id, error: errorOf(error) };
  }
}

/** Answers a line `{"id","frame"}` with `{"id","hex"}`, padding included, or `{"id","error"}`; never throws. */
export function encodeSlacLine(line: string): EncodeAnswer {
  let id: unknown = null;
  try {
    const given = lineOf(line, 'frame');
    id = given.id;
    return { id, hex: toHex(encodeUnknown(given.value)) };
  } catch (error) {
    return { id, error: errorOf(error) };
  }
}
