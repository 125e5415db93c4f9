import path from 'node:path';
import { parseListenAddress } from '@kerbside/host';
import { PortError } from '@kerbside/kernel';
import { z } from 'zod';

const environment = z.object({
  KERBSIDE_DATA: z.string().min(1).default('.kerbside/csms'),
  KERBSIDE_CSMS_LISTEN: z.string().default('127.0.0.1:9000'),
  KERBSIDE_CSMS_BENCH: z.enum(['0', '1']).default('0'),
  KERBSIDE_CSMS_HEARTBEAT: z.coerce.number().int().min(1).max(86_400).default(300),
});

export interface CsmsConfig {
  /** Directory of the database, made when it is not there. */
  readonly dataDirectory: string;
  /** Where REST and stations are served when no descriptor is passed. */
  readonly listen: { readonly host: string; readonly port: number };
  /** The tokens of the bench's vehicles are known. */
  readonly bench: boolean;
  /** Seconds. */
  readonly heartbeatInterval: number;
}

/** Reads the environment. Throws a PortError that names the variable. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): CsmsConfig {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new PortError(
      'csms.environment',
      `${issue?.path.join('.') ?? 'environment'}: ${issue?.message ?? 'not valid'}`,
    );
  }
  const { data } = parsed;
  return Object.freeze({
    dataDirectory: path.resolve(data.KERBSIDE_DATA),
    listen: parseListenAddress(data.KERBSIDE_CSMS_LISTEN),
    bench: data.KERBSIDE_CSMS_BENCH === '1',
    heartbeatInterval: data.KERBSIDE_CSMS_HEARTBEAT,
  });
}
