import { z } from 'zod';
import { amps, instant, volts, watts, wattHours } from './common.ts';

export const EVSE_STATES = [
  'Available',
  'Preparing',
  'Authorizing',
  'Matching',
  'Communicating',
  'Ready',
  'Charging',
  'SuspendedEV',
  'SuspendedEVSE',
  'Stopping',
  'Finishing',
  'Faulted',
  'Unavailable',
] as const;
export const evseState = z.enum(EVSE_STATES);
export type EvseState = z.infer<typeof evseState>;
export const pilotState = z.enum(['A', 'B', 'C', 'D', 'E', 'F']);
export const sessionKind = z.enum(['basic', 'iso2-ac', 'iso2-dc']);

export const limitSlot = z
  .object({ name: z.string(), limit: amps })
  .meta({ id: 'LimitSlot', description: 'one limiter; the least of all is what the car is told' });

export const measurement = z
  .object({
    at: instant,
    energy: wattHours.meta({ description: 'import register, Wh' }),
    power: watts,
    voltage: z.array(volts),
    current: z.array(amps),
    soc: z.number().optional().meta({ description: 'percent' }),
    offered: amps.optional(),
  })
  .meta({ id: 'Measurement' });
export type Measurement = z.infer<typeof measurement>;

/** Live state of one EVSE: what, since when, why, what it waits for, what to do next. */
export const evse = z
  .object({
    id: z.number().int(),
    connector: z.number().int(),
    kind: z.enum(['AC', 'DC', 'AC+DC']),
    ventilation: z
      .boolean()
      .meta({ description: 'vehicles that require ventilation (pilot state D) are given energy' }),
    state: evseState,
    since: instant,
    reason: z.string().meta({ description: 'stable key, such as waiting-for-authorization' }),
    waitingFor: z.string().optional().meta({ description: 'stable key' }),
    next: z.string().optional().meta({ description: 'stable key of the advice' }),
    pilot: z.object({
      state: pilotState,
      output: z.string().meta({ description: 'X1, F, or the duty cycle such as 5 % or 53.3 %' }),
    }),
    contactor: z.enum(['open', 'closed', 'welded', 'unknown']),
    lock: z.enum(['locked', 'unlocked', 'failed', 'unknown']),
    boardLink: z.boolean(),
    session: z
      .object({
        id: z.string(),
        began: instant,
        kind: sessionKind.optional(),
        soc: z.number().optional(),
        evccId: z.string().optional(),
        evMac: z.string().optional(),
      })
      .optional(),
    transaction: z
      .object({
        key: z.string(),
        started: instant,
        meterStart: wattHours,
        energy: wattHours.meta({ description: 'delivered since the start, Wh' }),
        token: z.string().meta({ description: 'masked' }),
      })
      .optional(),
    measurement: measurement.optional(),
    output: z
      .object({ voltage: volts, current: amps })
      .optional()
      .meta({ description: 'what the DC supply delivers now' }),
    limits: z.array(limitSlot),
    maxCurrent: amps,
    faults: z.array(z.object({ code: z.string(), text: z.string() })),
  })
  .meta({ id: 'Evse' });
export type Evse = z.infer<typeof evse>;

export const evseCommand = z
  .discriminatedUnion('command', [
    z.object({ command: z.literal('start'), idTag: z.string().min(1).max(20) }).strict(),
    z.object({ command: z.literal('stop') }).strict(),
    z.object({ command: z.literal('unlock') }).strict(),
    z.object({ command: z.literal('availability'), operative: z.boolean() }).strict(),
    z
      .object({
        command: z.literal('limit'),
        limit: amps.min(0).max(1000).nullable().meta({ description: 'A; null lifts the limit' }),
      })
      .strict(),
    z.object({ command: z.literal('reset-fault') }).strict(),
    /** Wakes a car that paused its V2G session. */
    z.object({ command: z.literal('wake-up') }).strict(),
  ])
  .meta({ id: 'EvseCommand' });
export type EvseCommandRequest = z.infer<typeof evseCommand>;

export const commandAnswer = z
  .object({ accepted: z.boolean(), code: z.string().optional(), reason: z.string().optional() })
  .meta({ id: 'CommandAnswer' });
