import { z } from 'zod';
import { instant } from './common.ts';

export const healthPart = z.object({
  name: z.enum(['store', 'ocpp', 'network', 'board', 'clock', 'slac', 'iso15118', 'vas']),
  status: z.enum(['ok', 'degraded', 'failed', 'off']),
  reason: z.string().optional().meta({ description: 'stable key' }),
  detail: z.string().optional(),
  since: instant,
});
export const health = z
  .object({
    status: z.enum(['ok', 'degraded', 'failed']),
    version: z.string(),
    started: instant,
    bench: z.boolean(),
    networkMode: z
      .enum(['namespaces', 'caller', 'sockets', 'appliance'])
      .meta({ description: 'how the bench is wired; appliance = real interfaces' }),
    parts: z.array(healthPart),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof health>;

export const ocppStatus = z
  .object({
    version: z.enum(['1.6']),
    url: z.string().optional().meta({ description: 'without credentials' }),
    identity: z.string(),
    phase: z.enum(['off', 'connecting', 'booting', 'pending', 'rejected', 'accepted', 'waiting']),
    since: instant,
    reason: z.string().optional(),
    nextRetry: instant.optional(),
    heartbeatInterval: z.number().optional().meta({ description: 'seconds' }),
    queue: z.object({ length: z.number().int(), oldest: instant.optional() }),
    givenUp: z
      .object({
        count: z.number().int(),
        newest: z
          .array(
            z.object({
              at: instant.meta({ description: 'when it happened that the message tells of' }),
              action: z.string(),
              evse: z.number().int().optional(),
              session: z.string().optional(),
              transaction: z.string().optional(),
              givenUp: instant,
              reason: z.string(),
            }),
          )
          .meta({ description: 'the newest 20, oldest first' }),
      })
      .meta({
        description: 'messages on record that the back-end did not take after all attempts',
      }),
    attempts: z.array(
      z.object({ at: instant, outcome: z.string(), detail: z.string().optional() }),
    ),
  })
  .meta({ id: 'OcppStatus' });
export type OcppStatus = z.infer<typeof ocppStatus>;
