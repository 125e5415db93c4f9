import { readFileSync } from 'node:fs';
import path from 'node:path';
import { vasSettings } from '@kerbside/contracts';
import { z } from 'zod';
import { evseIdText, interfaceName, LOG_LEVELS, slacSettings } from '@kerbside/contracts';
import { type ChargerConfig, ConfigError } from '../config.ts';
import { slacFaults } from '../installation/slac-settings.ts';

const address = z.union([
  z.object({ path: z.string().min(1) }).strict(),
  z.object({ host: z.string().min(1), port: z.number().int().min(1).max(65535) }).strict(),
]);

const evse = z
  .object({
    id: z.number().int().min(1).max(64),
    connector: z.number().int().min(1).max(64).optional(),
    evseId: evseIdText.optional(),
    /** What the outlet delivers; `AC+DC` leaves it to the vehicle (bench). */
    kind: z.enum(['AC', 'DC', 'AC+DC']).default('AC'),
    phases: z.union([z.literal(1), z.literal(3)]).default(3),
    nominalVoltage: z.number().min(100).max(1000).default(230),
    /** Amps per phase on AC, of the output on DC. */
    fuse: z.number().min(6).max(1000).default(32),
    /** EV interface; without one the EVSE charges by pilot alone. */
    interface: interfaceName.optional(),
    board: address,
    meter: z
      .object({
        host: z.string().min(1),
        port: z.number().int().min(1).max(65535).default(502),
        unit: z.number().int().min(0).max(255).default(1),
      })
      .strict(),
    meterId: z.string().min(1).max(32).optional(),
    /** Socket of the power line modem, beside the EV interface (bench). */
    modemSocket: z.string().optional(),
    /** Socket that stands for the EV interface where raw sockets are refused (bench). */
    wireSocket: z.string().optional(),
    /** Seconds between meter values of a transaction; 0 turns them off. */
    sampleInterval: z.number().int().min(0).max(86_400).default(60),
    connectionTimeout: z.number().int().min(5).max(3600).default(60),
    /** SLAC and the pilot's part in it. */
    slac: slacSettings.optional(),
    /** One short try of SLAC before basic charging: the same as `slac.fastTimeout`. */
    fastTimeout: z.boolean().optional(),
    /** The place is ventilated: vehicles in pilot state D, which require it, are given energy. */
    ventilation: z.boolean().default(false),
    /** Closings of the contactor within any minute, at most. */
    closingsPerMinute: z.number().int().min(1).max(60).default(6),
  })
  .strict()
  .transform(({ fastTimeout, slac, ...others }) => ({
    ...others,
    slac: fastTimeout === undefined ? slac : { fastTimeout, ...slac },
  }));

const days = z.number().min(1).max(36_500);

const installation = z
  .object({
    evses: z.array(evse).min(1).max(16),
    ocpp: z
      .object({
        url: z.string().regex(/^wss?:\/\/\S+$/, 'a ws:// or wss:// address'),
        identity: z.string().regex(/^[A-Za-z0-9\-_=+@.]{1,48}$/),
        /** Tell the back-end by DataTransfer what cars used of the internet service. */
        internetUse: z
          .object({
            vendorId: z.string().min(1).max(255),
            messageId: z.string().min(1).max(50).default('InternetUse'),
          })
          .strict()
          .optional(),
      })
      .strict()
      .optional(),
    /** Offer internet to cars; `vas` says how. What the API is told later goes before both. */
    internet: z.boolean().default(true),
    logLevel: z.enum(LOG_LEVELS).optional(),
    vas: vasSettings.partial().strict().default({}),
    /** How long the record is kept; what the back-end has not confirmed is kept beyond it. */
    retention: z
      .object({
        captureDays: days,
        attemptDays: days,
        journalDays: days,
        messageDays: days,
        sessionDays: days,
        auditDays: days,
        loginDays: days,
        maxBytes: z.number().int().min(16_000_000),
      })
      .partial()
      .strict()
      .default({}),
  })
  .strict();

export type Installation = z.infer<typeof installation>;
export type EvseInstallation = Installation['evses'][number];

/** Checks an installation document. Throws `ConfigError` naming each field that is wrong. */
export function parseInstallation(document: unknown, where: string): Installation {
  const parsed = installation.safeParse(document);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError('config.installation', `${where}: ${wrong.join('; ')}`);
  }
  const wrong = parsed.data.evses.flatMap(({ slac }, index) =>
    slacFaults({ installation: slac, store: undefined, slacInitTimeout: undefined }).map(
      ({ message }) => `evses.${index}.slac: ${message}`,
    ),
  );
  if (wrong.length > 0)
    throw new ConfigError('config.installation', `${where}: ${wrong.join('; ')}`);
  for (const [what, of] of own) {
    const given = parsed.data.evses.map(of).filter((value) => value !== undefined);
    if (new Set(given).size !== given.length)
      throw new ConfigError('config.installation', `${where}: ${what} is given twice`);
  }
  return parsed.data;
}

/** What no two EVSEs share: a contactor has one master, a register bills one outlet. */
const own: readonly (readonly [string, (evse: EvseInstallation) => string | number | undefined])[] =
  [
    ['an EVSE id', ({ id }) => id],
    ['an OCPP connector', ({ id, connector }) => connector ?? id],
    ['a board', ({ board }) => JSON.stringify(board)],
    ['a meter', ({ meter }) => `${meter.host} ${meter.port} ${meter.unit}`],
    ['an EV interface', ({ interface: name }) => name],
  ];

export function readInstallationFile(file: string): Installation {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError('config.installation', `cannot read ${file}: ${why}`, { cause });
  }
  return parseInstallation(document, file);
}

/** The bench's installation: every EVSE wired to the rig. */
export function benchInstallation(config: ChargerConfig): Installation {
  const { rigSockets, evses, csmsUrl, identity, meterPort, networkMode } = config;
  if (!rigSockets)
    throw new ConfigError('config.environment', 'the bench needs KERBSIDE_RIG_SOCKET');
  return parseInstallation(
    {
      evses: evses.map(({ id, interface: name }) => ({
        id,
        kind: 'AC+DC',
        evseId: `DE*KRB*E${id}`,
        ...(networkMode === 'sockets'
          ? { wireSocket: path.join(rigSockets, `frames-${id}.sock`) }
          : { interface: name }),
        board: { path: path.join(rigSockets, `board-${id}.sock`) },
        meter: { host: '127.0.0.1', port: meterPort + id - 1 },
        meterId: `RIG-${id}`,
        modemSocket: path.join(rigSockets, `modem-${id}.sock`),
        sampleInterval: 10,
        // cars by pilot alone are what most people plug in on a bench: one short try of SLAC
        slac: { fastTimeout: true },
        // there is no contactor to wear out
        closingsPerMinute: 60,
      })),
      ...(csmsUrl ? { ocpp: { url: csmsUrl, identity } } : {}),
      // On interfaces of somebody's machine nothing is changed before somebody says so.
      internet: networkMode !== 'caller' || config.uplink !== undefined,
      vas: {
        ...(config.uplink === undefined ? {} : { uplink: config.uplink }),
        resolvers: [...config.resolvers],
      },
    },
    'bench',
  );
}
