import { z } from 'zod';

/** From the browser: subscribe, unsubscribe, ping. */
export const clientFrame = z.discriminatedUnion('op', [
  z.object({ op: z.literal('sub'), topic: z.string().max(100) }).strict(),
  z.object({ op: z.literal('unsub'), topic: z.string().max(100) }).strict(),
  z.object({ op: z.literal('ping') }).strict(),
]);
export type ClientFrame = z.infer<typeof clientFrame>;

/** To the browser. `seq` counts per subscription without holes; a hole is always announced by a `gap`. */
export const serverFrame = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('snapshot'),
    topic: z.string(),
    seq: z.number().int(),
    ts: z.number(),
    data: z.unknown(),
  }),
  z.object({
    op: z.literal('delta'),
    topic: z.string(),
    seq: z.number().int(),
    ts: z.number(),
    data: z.unknown(),
  }),
  /** The entries from..to were dropped: subscribe anew or fetch over REST. */
  z.object({
    op: z.literal('gap'),
    topic: z.string(),
    from: z.number().int(),
    to: z.number().int(),
  }),
  z.object({
    op: z.literal('error'),
    topic: z.string().optional(),
    code: z.string(),
    message: z.string(),
  }),
  z.object({ op: z.literal('pong'), ts: z.number() }),
  /** The server is about to close: `restart`, `slow-client`, `logged-out`. */
  z.object({ op: z.literal('bye'), reason: z.string() }),
]);
export type ServerFrame = z.infer<typeof serverFrame>;

/** The server pings at this interval; a client that hears nothing for twice as long is offline. */
export const STREAM_HEARTBEAT_MS = 5000;
/** Close codes of the stream. */
export const STREAM_CLOSE = { unauthorized: 4401, slowClient: 4008, restart: 4012 } as const;
