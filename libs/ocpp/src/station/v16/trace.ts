import { type JsonObject, parseFrame } from '../../rpc/frame.ts';
import { redact } from './redact.ts';

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
  readonly #actions = new Map<string, string>();

  frame(direction: TracedFrame['direction'], text: string): TracedFrame | undefined {
    const frame = parseFrame(text);
    if (frame.kind === 'junk') return undefined;
    const { id, kind } = frame;
    if (kind === 'call') {
      this.#remember(`${direction} ${id}`, frame.action);
      return { direction, kind, id, action: frame.action, payload: redact(frame.payload) };
    }
    const action = this.#actions.get(`${direction === 'sent' ? 'received' : 'sent'} ${id}`);
    const known = action === undefined ? {} : { action };
    return kind === 'result'
      ? { direction, kind, id, ...known, payload: redact(frame.payload) }
      : { direction, kind, id, ...known, code: frame.code, description: frame.description };
  }

  #remember(key: string, action: string): void {
    this.#actions.set(key, action);
    const oldest = this.#actions.size > REMEMBERED ? this.#actions.keys().next().value : undefined;
    if (oldest !== undefined) this.#actions.delete(oldest);
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
