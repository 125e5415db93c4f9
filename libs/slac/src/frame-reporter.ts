import { isForUs } from './frame-filter.ts';
import { type Clock, ReportLimit, toHex, WireError } from '@kerbside/kernel';
import { type Mme, mmeNames, type Sendable } from './messages/catalogue.ts';
import { decodeFrame, encodeFrame } from './messages/codec.ts';
import { mayHoldKeys, withoutKeys } from './messages/redact.ts';

/** A frame that went in or out; `hex` has every key replaced by zeros. */
export interface FrameReport {
  readonly kind: 'frame';
  readonly direction: 'in' | 'out';
  readonly name: Sendable['name'];
  readonly from: string;
  readonly to: string;
  /** Milliseconds since the frame before. */
  readonly sinceMs: number;
  readonly hex: string;
}
export type FrameTraceReport =
  | FrameReport
  | { readonly kind: 'undecodable'; readonly length: number; readonly error: string }
  /** Reports that were left out in the second before, for there were too many. */
  | { readonly kind: 'suppressed'; readonly reports: number };

/** Asked many times a second while a link stands, or none of SLAC: not worth a line each. */
const untold = /^(VS_PL_LNK_STATUS|NSCM_GET_D_LINK_STATUS|VS_NW_INFO|CM_NW_STATS|UNKNOWN)/;
const isUntold = (name: Sendable['name']) => untoldNames.has(name);
const untoldNames = new Set(['UNKNOWN', ...mmeNames].filter((name) => untold.test(name)));

/** Reports a second that pass one by one; a matching process causes fewer than 70 in all. */
const PER_SECOND = 80;

/** Turns frames in and out into reports with the time between them, without keys, a bounded number a second. */
export class FrameReporter {
  readonly limit: ReportLimit;
  readonly #clock: Clock;
  readonly #report: (report: FrameTraceReport) => void;
  readonly #later: (tell: () => void) => void;
  #last: number;

  /** `later` runs what it is given in order, at once or when the answer to a frame is out. */
  constructor(
    clock: Clock,
    report: (report: FrameTraceReport) => void,
    later: (tell: () => void) => void = (tell) => tell(),
  ) {
    this.#clock = clock;
    this.#report = report;
    this.#later = later;
    this.#last = clock.monotonic();
    this.limit = new ReportLimit(clock, PER_SECOND, (reports) =>
      report({ kind: 'suppressed', reports }),
    );
  }

  /** Decodes a received frame and reports it; undefined when it is none or not for `own`, the host's address. */
  receive(bytes: Uint8Array, own: Uint8Array): Mme | undefined {
    if (bytes.length >= 14 && !isForUs(bytes, own)) return undefined;
    let frame: Mme;
    try {
      frame = decodeFrame(bytes);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      if (this.limit.passes())
        this.#report({ kind: 'undecodable', length: bytes.length, error: error.message });
      return undefined;
    }
    this.note('in', frame, bytes);
    return frame;
  }

  /** `bytes`: the same frame, as it was received or sent. */
  note(direction: 'in' | 'out', frame: Sendable, bytes: Uint8Array): void {
    const { name, OSA: from, ODA: to } = frame;
    if (isUntold(name)) return;
    const now = this.#clock.monotonic();
    const sinceMs = now - this.#last;
    this.#last = now;
    this.#later(() => {
      if (!this.limit.passes()) return;
      const hex = toHex(mayHoldKeys(frame) ? encodeFrame(withoutKeys(frame)) : bytes);
      this.#report({ kind: 'frame', direction, name, from, to, sinceMs, hex });
    });
  }
}
