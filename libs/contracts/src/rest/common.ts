import { z } from 'zod';

/** RFC 3339, UTC, with milliseconds. */
export const instant = z.iso.datetime().meta({ description: 'RFC 3339 time, UTC' });
export const evseId = z.coerce.number().int().min(1).max(64);
export const wattHours = z.number().meta({ description: 'Wh' });
export const amps = z.number().meta({ description: 'A' });
export const volts = z.number().meta({ description: 'V' });
export const watts = z.number().meta({ description: 'W' });

/** RFC 9457 problem details, with our stable `code` and the offending fields. */
export const problem = z
  .object({
    type: z.string().meta({ description: 'URI of the kind of problem' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    code: z.string().meta({ description: 'stable, for programs' }),
    errors: z
      .array(z.object({ pointer: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'one entry per offending field, by JSON pointer' }),
    retryAfter: z.number().optional().meta({ description: 'seconds' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
