import { z } from 'zod';

const evseNumber = z.coerce.number().int().min(1).max(999);
const pairs = z
  .string()
  .transform((value) => value.split(',').filter((part) => part !== ''))
  .transform((parts, context) =>
    parts.map((part) => {
      const [number, value = ''] = part.split('=', 2);
      const evse = evseNumber.safeParse(number);
      if (evse.success && value !== '') return { evse: evse.data, value };
      context.addIssue({ code: 'custom', message: `"${part}" is not of the form 1=VALUE` });
      return z.NEVER;
    }),
  );

const environment = z.object({
  /** Directory of `board-N.sock`, `pilot-N.sock`, `modem-N.sock` and `bench.sock`. */
  KERBSIDE_RIG_SOCKET: z.string().min(1),
  /** `1=ev0,2=ev1` */
  KERBSIDE_EVSES: pairs.refine((list) => list.length > 0, 'names no EVSE'),
  KERBSIDE_METER_PORT: z.coerce.number().int().min(1).max(65_000).optional(),
  /** `1=AC,2=DC`; the others are what the charger says in its hello. */
  KERBSIDE_RIG_KINDS: pairs.optional(),
  /** How the vehicle is reached; absent: no power line modems. */
  KERBSIDE_NETWORK_MODE: z.enum(['namespaces', 'caller', 'sockets']).optional(),
  /** The meters' registers are kept here. */
  KERBSIDE_DATA: z.string().min(1).optional(),
});

export interface RigConfig {
  readonly directory: string;
  readonly evses: readonly {
    readonly evse: number;
    readonly interface: string;
    readonly kind: 'AC' | 'DC' | 'AC+DC';
    readonly meterPort: number | undefined;
  }[];
  /** `interface`: frames on the EV interface; `socket`: on `frames-N.sock`. */
  readonly modems: 'interface' | 'socket' | undefined;
  readonly data: string | undefined;
}

/** Reads the environment once; throws a ZodError that names each variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv): RigConfig {
  const read = environment.parse(env);
  const kinds = new Map(
    (read.KERBSIDE_RIG_KINDS ?? []).map(({ evse, value }) => [
      evse,
      z.enum(['AC', 'DC', 'AC+DC']).parse(value),
    ]),
  );
  return {
    directory: read.KERBSIDE_RIG_SOCKET,
    evses: read.KERBSIDE_EVSES.map(({ evse, value }) => ({
      evse,
      interface: value,
      kind: kinds.get(evse) ?? 'AC+DC',
      meterPort:
        read.KERBSIDE_METER_PORT === undefined ? undefined : read.KERBSIDE_METER_PORT + evse - 1,
    })),
    modems: modemsBy(read.KERBSIDE_NETWORK_MODE),
    data: read.KERBSIDE_DATA,
  };
}

const modemsBy = (mode: string | undefined): RigConfig['modems'] =>
  mode === undefined ? undefined : mode === 'sockets' ? 'socket' : 'interface';
