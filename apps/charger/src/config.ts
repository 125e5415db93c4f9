import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LOG_LEVELS } from '@kerbside/contracts';
import { z } from 'zod';
import { type Duration, PortError, seconds } from '@kerbside/kernel';

const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');

const evseList = z
  .string()
  .regex(/^[1-9]\d?=[^=,]*(,[1-9]\d?=[^=,]*)*$/, 'expected 1=IFACE[,2=IFACE2]')
  .transform((text) =>
    text.split(',').map((part) => {
      const [id, iface] = part.split('=') as [string, string];
      return { id: Number(id), interface: iface };
    }),
  )
  .refine((list) => new Set(list.map((entry) => entry.id)).size === list.length, 'an EVSE twice');

const environment = z.object({
  KERBSIDE_DATA: z.string().min(1),
  KERBSIDE_LISTEN: z
    .string()
    .regex(/^(.+):\d{1,5}$/, 'expected HOST:PORT')
    .default('127.0.0.1:8080'),
  KERBSIDE_BENCH: flag,
  KERBSIDE_EVSES: evseList.optional(),
  KERBSIDE_EVSE_KINDS: z.string().optional(),
  KERBSIDE_NETWORK_MODE: z
    .enum(['namespaces', 'caller', 'sockets', 'appliance'])
    .default('appliance'),
  KERBSIDE_RIG_SOCKET: z.string().optional(),
  KERBSIDE_METER_PORT: z.coerce.number().int().min(1).max(65535).default(5020),
  KERBSIDE_CSMS_URL: z.string().optional(),
  KERBSIDE_UPLINK: z.string().optional(),
  KERBSIDE_RESOLVERS: z.string().optional(),
  KERBSIDE_TEST_NAME: z.string().default('example.com'),
  KERBSIDE_CP_ID: z
    .string()
    .regex(/^[A-Za-z0-9\-_=+@.]{1,48}$/, 'letters, digits and - _ = + @ . only, at most 48')
    .default('KERBSIDE-1'),
  KERBSIDE_OWNER: z.string().optional(),
  KERBSIDE_OWNER_PASSWORD_FILE: z.string().optional(),
  KERBSIDE_INSTALLATION: z.string().optional(),
  KERBSIDE_ADMIN_UI: z.string().optional(),
  KERBSIDE_HOSTS: z.string().optional(),
  /** Any case, and by the names that Python's logging has. */
  LOG_LEVEL: z
    .string()
    .transform((text) => {
      const level = text.toLowerCase();
      return { warning: 'warn', critical: 'error' }[level] ?? level;
    })
    .pipe(z.enum(LOG_LEVELS))
    .optional(),
  /** Seconds, as pySLAC has it; which ones are right depends on the EVSE's fast path. */
  SLAC_INIT_TIMEOUT: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,3})?$/, 'expected seconds, such as 50')
    .transform(Number)
    .pipe(z.number().min(10, 'at least 10 s').max(50, 'at most 50 s'))
    .optional(),
});

/** Where the build puts the admin UI, seen from `dist/` and from `src/`. */
const BUILT_UI = path.resolve(import.meta.dirname, '../../admin/dist');

/** What the process needs to reach its store and its bench; everything else lives in the store. */
export interface ChargerConfig {
  readonly dataDirectory: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly bench: boolean;
  readonly evses: readonly { readonly id: number; readonly interface: string }[];
  readonly networkMode: 'namespaces' | 'caller' | 'sockets' | 'appliance';
  readonly rigSockets: string | undefined;
  readonly meterPort: number;
  readonly csmsUrl: string | undefined;
  /** The bench's interface to its small internet, and the resolvers there. */
  readonly uplink: string | undefined;
  readonly resolvers: readonly string[];
  /** A web server on the internet, for the self-test of the internet service. */
  readonly testName: string;
  readonly identity: string;
  /** Claims the unit unattended. */
  readonly owner: { readonly name: string; readonly passwordFile: string } | undefined;
  readonly installationFile: string | undefined;
  /** The built admin UI. */
  readonly adminUi: string;
  /** Host names by which browsers may reach the unit, beside addresses, localhost and *.local. */
  readonly hosts: readonly string[];
  /** LOG_LEVEL: overrides what is configured. */
  readonly logLevel: (typeof LOG_LEVELS)[number] | undefined;
  /** SLAC_INIT_TIMEOUT: overrides TT_EVSE_SLAC_init of every EVSE. */
  readonly slacInitTimeout: Duration | undefined;
}

export class ConfigError extends PortError {}

/** Parses the environment once. Throws `ConfigError` naming each variable that is wrong. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): ChargerConfig {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError('config.environment', `environment: ${wrong.join('; ')}`);
  }
  const value = parsed.data;
  const at = value.KERBSIDE_LISTEN.lastIndexOf(':');
  const port = Number(value.KERBSIDE_LISTEN.slice(at + 1));
  if (port > 65535) throw new ConfigError('config.environment', `KERBSIDE_LISTEN: no port ${port}`);
  const { KERBSIDE_OWNER: owner, KERBSIDE_OWNER_PASSWORD_FILE: passwordFile } = value;
  if ((owner === undefined) !== (passwordFile === undefined))
    throw new ConfigError(
      'config.environment',
      'KERBSIDE_OWNER and KERBSIDE_OWNER_PASSWORD_FILE belong together: one of them is missing',
    );
  return Object.freeze({
    dataDirectory: path.resolve(value.KERBSIDE_DATA),
    listen: { host: value.KERBSIDE_LISTEN.slice(0, at).replace(/^\[(.*)\]$/, '$1'), port },
    bench: value.KERBSIDE_BENCH,
    evses: value.KERBSIDE_EVSES ?? [],
    networkMode: value.KERBSIDE_NETWORK_MODE,
    rigSockets: value.KERBSIDE_RIG_SOCKET,
    meterPort: value.KERBSIDE_METER_PORT,
    csmsUrl: value.KERBSIDE_CSMS_URL,
    uplink: value.KERBSIDE_UPLINK,
    resolvers: (value.KERBSIDE_RESOLVERS ?? '').split(',').filter(Boolean),
    testName: value.KERBSIDE_TEST_NAME,
    identity: value.KERBSIDE_CP_ID,
    owner: owner && passwordFile ? { name: owner, passwordFile } : undefined,
    installationFile: value.KERBSIDE_INSTALLATION,
    adminUi: value.KERBSIDE_ADMIN_UI ?? BUILT_UI,
    hosts: (value.KERBSIDE_HOSTS ?? '').split(',').filter(Boolean),
    logLevel: value.LOG_LEVEL,
    slacInitTimeout:
      value.SLAC_INIT_TIMEOUT === undefined ? undefined : seconds(value.SLAC_INIT_TIMEOUT),
  });
}

/** Reads a secret from a file; the error names the file, never its content. */
export function readSecretFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new ConfigError('config.secret-file', `cannot read ${file}`, { cause });
  }
}
