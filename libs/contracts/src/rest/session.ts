import { z } from 'zod';
import { instant, wattHours } from './common.ts';
import { sessionKind } from './evse.ts';

export const TIMELINE_SOURCES = [
  'pilot',
  'slac',
  'v2g',
  'authorization',
  'energy',
  'ocpp',
  'vas',
  'fault',
  'operator',
  'system',
] as const;
export const timelineSource = z.enum(TIMELINE_SOURCES);
export type TimelineSource = z.infer<typeof timelineSource>;

/** One entry of the session journal, secrets masked. */
export const timelineEntry = z
  .object({
    id: z.number().int(),
    at: instant,
    evse: z.number().int().optional(),
    session: z.string().optional(),
    source: timelineSource,
    type: z
      .string()
      .meta({ description: 'such as pilot.changed, v2g.message, transaction.started' }),
    data: z.record(z.string(), z.unknown()),
    sinceBoot: z.number().optional().meta({
      description:
        'milliseconds since the machine started; present where its clock was not right: `at` is no true time',
    }),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const session = z
  .object({
    id: z.string(),
    evse: z.number().int(),
    kind: sessionKind.optional(),
    began: instant,
    ended: instant.optional(),
    endReason: z.string().optional(),
    token: z.string().optional().meta({ description: 'masked' }),
    energy: wattHours.meta({ description: 'delivered in all its transactions, Wh' }),
    evccId: z.string().optional(),
    evMac: z.string().optional(),
    internet: z
      .object({
        bytesUp: z.number(),
        bytesDown: z.number(),
        seconds: z.number(),
        ports: z.array(z.number().int()),
      })
      .optional()
      .meta({ description: 'what the vehicle used of the internet service' }),
    transactions: z.array(
      z.object({
        key: z.string(),
        started: instant,
        stopped: instant.optional(),
        meterStart: wattHours,
        meterStop: wattHours.optional(),
        reason: z.string().optional(),
        ocppTransactionId: z.number().int().optional(),
        delivered: z.boolean().meta({ description: 'the back-end has confirmed all its messages' }),
      }),
    ),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

export const sessionPage = z
  .object({ items: z.array(session), next: z.string().optional() })
  .meta({ id: 'SessionPage' });
export type SessionPage = z.infer<typeof sessionPage>;
export const timelinePage = z
  .object({ items: z.array(timelineEntry), next: z.string().optional() })
  .meta({ id: 'TimelinePage' });
export type TimelinePage = z.infer<typeof timelinePage>;
