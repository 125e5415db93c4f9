import { fromHex, toHex, WireError } from '@kerbside/kernel';
import type { FrameReport } from '../frame-reporter.ts';
import type { Mme, Sendable } from '../messages/catalogue.ts';
import { decodeFrame, encodeFrame } from '../messages/codec.ts';
import { mayHoldKeys, withoutKeys } from '../messages/redact.ts';
import type { Actor } from './attempt.ts';

/** Bytes of a frame that are kept: all of every SLAC message; strangers may send longer ones. */
export const KEPT_BYTES = 400;

const toModem = /^(CM_SET_KEY\.REQ|CM_GET_KEY\.REQ|CM_NW_STATS\.REQ|VS_.*\.REQ|NSCM_.*\.REQ)$/;
const fromModem =
  /^(CM_SET_KEY\.CNF|CM_GET_KEY\.CNF|CM_NW_STATS\.CNF|CM_ATTEN_PROFILE\.IND|VS_.*|NSCM_.*)$/;

/** Who speaks to whom, as far as direction and message tell. */
export function actorsOf(
  direction: 'in' | 'out',
  name: string,
): { readonly from: Actor; readonly to: Actor } {
  if (direction === 'out') return { from: 'evse', to: toModem.test(name) ? 'modem' : 'ev' };
  return { from: fromModem.test(name) ? 'modem' : 'ev', to: 'evse' };
}

/** The frame of a report; undefined when the report holds none that can be read. */
export function frameOf(report: FrameReport): Mme | undefined {
  try {
    return decodeFrame(fromHex(report.hex));
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

/** Bytes as they may be kept: zeros in place of a key, and behind it. */
export function keptHex(report: FrameReport, frame: Mme | undefined): string {
  const hex =
    frame && mayHoldKeys(frame) ? toHex(encodeFrame(withoutKeys<Sendable>(frame))) : report.hex;
  return hex.slice(0, 2 * KEPT_BYTES);
}

/** Eight bytes as text, where all of them can be printed; zeros at the end are padding. */
export function printableRunId(runId: string): string | undefined {
  const bytes = Array.from(fromHex(runId));
  while (bytes.at(-1) === 0) bytes.pop();
  if (bytes.length < 3 || bytes.some((byte) => byte < 0x20 || byte > 0x7e)) return undefined;
  return String.fromCharCode(...bytes);
}
