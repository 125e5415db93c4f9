import type { IncomingMessage, ServerResponse } from 'node:http';

/** The part of Express's request that the app uses. */
export interface Request extends IncomingMessage {
  readonly path: string;
  /** The target as it came, with its query. */
  readonly originalUrl?: string;
  readonly method: string;
  readonly params: Record<string, string>;
  readonly query: Record<string, unknown>;
  readonly body?: unknown;
  /** Set by the access guard. */
  principal?: import('../access/principal.ts').Principal;
}

export interface Response extends ServerResponse {
  status(code: number): this;
}

export type Next = (error?: unknown) => void;
