import { z } from 'zod';

/** Text that names an interface of Linux. */
export const interfaceName = z
  .string()
  .regex(/^(?!\.{1,2}$)[^\s/:]{1,15}$/, 'an interface name such as eth0, at most 15 characters')
  .meta({ description: 'EV interface' });
export const evseIdText = z
  .string()
  .regex(/^[A-Z]{2}\*?[A-Z0-9]{3}\*?E[A-Z0-9*]{1,30}$/, 'an EVSE id such as DE*KRB*E1');

const choice = <const T extends readonly [string, ...string[]]>(...values: T) => z.enum(values);

/** How SLAC and the pilot go with each other at one EVSE. What is absent has its default. */
export const slacSettings = z
  .object({
    timers: z
      .record(z.string().max(40), z.number().int().min(0).max(3_600_000))
      .meta({ description: 'milliseconds, by the standard’s names; see the settings’ ranges' }),
    fastTimeout: z.boolean().meta({
      description: 'one try of TT_EVSE_SLAC_init, which then is 10 s, or what is set from 10 s on',
    }),
    enforceHighLevelComm: z
      .boolean()
      .meta({ description: '5 % also where the token came before the car; no fall-back' }),
    matchAtNominalDuty: z.boolean().meta({
      description: 'AC: match, and talk V2G, also at a nominal duty cycle, beside basic charging',
    }),
    C_sequ_retry: z.number().int(),
    C_EVSE_match_parallel: z.number().int(),
    C_conn_max_match: z.number().int(),
    soundingAdjustmentDb: z.number().int(),
    validation: choice('lenient', 'strict'),
    failedBehaviour: choice('restart', 'fail'),
    validate: choice('notRequired', 'failure', 'full').meta({
      description: 'CM_VALIDATE; full needs a board that tells edges of the pilot within 20 ms',
    }),
    renewKey: choice('whenGiven', 'always'),
    modem: z
      .object({
        vendor: choice('auto', 'qualcomm', 'lumissil', 'none'),
        mac: z.string().regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'such as 00:b0:52:00:00:01'),
        lumissilHeader: choice('everest', 'hlb'),
      })
      .partial()
      .strict(),
    setKey: z
      .object({
        maxAttempts: z.number().int(),
        success: z.union([z.literal('any'), z.literal(0), z.literal(1)]),
      })
      .partial()
      .strict(),
    chipReset: z.boolean(),
    link: z
      .object({ detect: choice('auto', 'never'), lostAfter: z.number().int() })
      .partial()
      .strict(),
    ampMap: z
      .object({
        send: z.array(z.number().int().min(0).max(15)).min(1).max(2000),
        answer: choice('modem', 'success', 'failure'),
        mmv: z.union([z.literal(1), z.literal(2)]),
      })
      .partial()
      .strict(),
    statistics: z.boolean(),
  })
  .partial()
  .strict()
  .meta({ id: 'SlacSettings' });
export type SlacSettings = z.infer<typeof slacSettings>;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export const unitSettings = z
  .object({ logLevel: z.enum(LOG_LEVELS).optional() })
  .strict()
  .meta({ id: 'UnitSettings' });
export type UnitSettings = z.infer<typeof unitSettings>;

export const SETTING_SOURCES = ['default', 'installation', 'store', 'environment'] as const;
export const settingSource = z.enum(SETTING_SOURCES).meta({
  description:
    'each overrides the ones before it; installation: its document, store: set through this API',
});
const settingValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.number())]);

/** One setting, with where its value comes from. */
export const setting = z
  .object({
    name: z.string().meta({ description: 'such as timers.TT_EVSE_SLAC_init' }),
    value: settingValue.optional().meta({ description: 'in force; absent: none' }),
    source: settingSource,
    variable: z.string().optional().meta({ description: 'the environment’s variable' }),
    overridden: z
      .array(z.object({ source: settingSource, value: settingValue }))
      .meta({ description: 'given too, but not in force' }),
    default: settingValue.optional(),
    unit: z.enum(['ms', 'dB']).optional(),
    least: z.number().optional(),
    most: z.number().optional(),
    choices: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
    standard: z
      .string()
      .optional()
      .meta({ description: 'what the standard says, with its clause' }),
    meaning: z.string(),
    applies: z
      .enum(['next-step', 'next-matching', 'next-start'])
      .meta({ description: 'when a change takes effect' }),
  })
  .meta({ id: 'Setting' });
export type Setting = z.infer<typeof setting>;

export const evseConfiguration = z
  .object({
    evse: z.number().int(),
    evseId: z.string().optional(),
    interface: z.string().optional(),
    settings: z.array(setting),
  })
  .meta({ id: 'EvseConfiguration' });
export type EvseConfiguration = z.infer<typeof evseConfiguration>;

export const configuration = z
  .object({
    origin: z
      .enum(['bench', 'file', 'store'])
      .meta({ description: 'of the installation document' }),
    unit: z.array(setting),
    evses: z.array(evseConfiguration),
  })
  .meta({ id: 'Configuration' });
export type Configuration = z.infer<typeof configuration>;

export const pyslacImported = z
  .object({
    evses: z.array(z.object({ evse: z.number().int(), evseId: z.string(), interface: z.string() })),
    applies: z.literal('next-start'),
  })
  .meta({ id: 'PyslacImported' });
