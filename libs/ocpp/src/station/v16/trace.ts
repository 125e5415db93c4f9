import { type JsonObject, parseFrame } from '../../rpc/frame.ts';
import { idTagsOf, redact, redactIdTags } from './redact.ts';

/** One frame for the journal. */
export interface TracedFrame {
  readonly direction: 'sent' | 'received';
  readonly kind: 'call' | 'result' | 'error';
  readonly id: string;
  readonly action?: string;
  readonly payload?: unknown;
  readonly code?: string;
  readonly description?: string;
}

const REMEMBERED = 32;

/** Describes frames as they pass, naming the action also of answers; idTags are masked. */
export class FrameTrace {
  /** CALLs that may still be answered. */
  readonly #calls = new Map<string, { action: string; idTags: readonly string[] }>();

  frame(direction: TracedFrame['direction'], text: string): TracedFrame | undefined {
    const frame = parseFrame(text);
    if (frame.kind === 'junk') return undefined;
    const { id, kind } = frame;
    if (kind === 'call') {
      this.#remember(`${direction} ${id}`, {
        action: frame.action,
        idTags: idTagsOf(frame.payload),
      });
      return { direction, kind, id, action: frame.action, payload: redact(frame.payload) };
    }
    const call = this.#calls.get(`${direction === 'sent' ? 'received' : 'sent'} ${id}`);
    const known = call === undefined ? {} : { action: call.action };
    if (kind === 'result') return { direction, kind, id, ...known, payload: redact(frame.payload) };
    const description = redactIdTags(frame.description, call?.idTags ?? []);
    return { direction, kind, id, ...known, code: frame.code, description };
  }

  #remember(key: string, call: { action: string; idTags: readonly string[] }): void {
    this.#calls.set(key, call);
    const oldest = this.#calls.size > REMEMBERED ? this.#calls.keys().next().value : undefined;
    if (oldest !== undefined) this.#calls.delete(oldest);
  }
}

/** The connector that a payload speaks of, when it is not the charge point as a whole. */
export function connectorIdOf(payload: unknown): number | undefined {
  const connectorId =
    typeof payload === 'object' && payload !== null
      ? (payload as JsonObject)['connectorId']
      : undefined;
  return typeof connectorId === 'number' && connectorId > 0 ? connectorId : undefined;
}
