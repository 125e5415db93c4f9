import { z } from 'zod';
import { type MisbehaviourName, misbehaviours } from '@kerbside/slac';
import { UsageError, parseCommandLine, type OptionPlans } from '@kerbside/host';
import { percent, seconds, wattHours } from '@kerbside/kernel';
import type { StayPlan } from './stay-plan.ts';

export const vehicleOptions = {
  interface: { value: 'IFACE', help: 'interface to the charger; with a rig the one of the bench' },
  protocol: { value: 'NAME', help: 'basic, iso2-ac or iso2-dc (default iso2-ac)' },
  energy: { value: 'WH', help: 'energy to charge, in watt-hours (default: until full)' },
  battery: { value: 'WH', help: 'capacity of the battery (default 60000)' },
  soc: { value: 'PERCENT', help: 'state of charge at plug-in (default 40)' },
  token: { value: 'IDTAG', help: 'token that the driver presents at the reader; needs a rig' },
  internet: { value: 'SETS', help: 'take the internet service: 3 (http), 4 (https) or 3,4' },
  pause: { help: 'end with a pause of the session' },
  'pause-at': { value: 'WH', help: 'pause the session once, after so much energy, and wake again' },
  'wake-after': { value: 'SECONDS', help: 'time from that pause to the wake-up (default 30)' },
  validate: { value: 'WHEN', help: 'CM_VALIDATE: never, ambiguous or always (default never)' },
  misbehave: {
    value: 'NAME',
    help: 'departs from the SLAC standard in a way named in docs/slac.md, such as lost-rsp',
  },
  'no-slac': { help: 'the link stands already: go straight to discovery' },
  rig: { value: 'DIR', help: 'directory of the rig’s sockets, for the pilot wire' },
  evse: { value: 'N', help: 'number of the EVSE at the rig (default 1)' },
  json: { help: 'JSON lines for machines instead of text' },
  help: { help: 'show this' },
} as const satisfies OptionPlans;

/** One EVSE that a car stands at. */
export interface Bay {
  readonly evse: number;
  /** undefined: V2G over the loopback address. */
  readonly interface: string | undefined;
  readonly pilotSocket: string | undefined;
  readonly framesSocket: string | undefined;
  /** UDP port on ::1 where SDP is answered; in place of multicast. */
  readonly loopbackPort: number | undefined;
}

export interface VehicleConfig {
  readonly bays: readonly Bay[];
  /** What to do at once, on the first bay; undefined: stand by for orders. */
  readonly stay: StayPlan | undefined;
  readonly json: boolean;
}

const environment = z.object({
  KERBSIDE_EXIT_WITH_PARENT: z.string().optional(),
  KERBSIDE_BENCH: z.string().optional(),
  KERBSIDE_VEHICLE_INTERFACE: z.string().optional(),
  KERBSIDE_VEHICLE_EVSE: z.coerce.number().int().min(1).max(999).default(1),
  KERBSIDE_EVSES: z.string().optional(),
  KERBSIDE_RIG_SOCKET: z.string().optional(),
  /** `1`: SDP on ::1, port 15118 for EVSE 1 and one more for each; a larger number is the first port. */
  KERBSIDE_V2G_LOOPBACK: z.coerce.number().int().min(0).max(65_000).default(0),
});
type Environment = z.infer<typeof environment>;

const FIRST_LOOPBACK_PORT = 15118;

function bay(env: Environment, evse: number, name: string | undefined, rig?: string): Bay {
  const base = env.KERBSIDE_V2G_LOOPBACK;
  const first = base === 1 ? FIRST_LOOPBACK_PORT : base;
  const loopbackPort = base === 0 ? undefined : first + evse - 1;
  return {
    evse,
    interface: loopbackPort === undefined ? name : undefined,
    pilotSocket: rig && `${rig}/pilot-${evse}.sock`,
    framesSocket: rig && loopbackPort !== undefined ? `${rig}/frames-${evse}.sock` : undefined,
    loopbackPort,
  };
}

function standByBays(env: Environment): Bay[] {
  const rig = env.KERBSIDE_RIG_SOCKET;
  if (env.KERBSIDE_VEHICLE_INTERFACE !== undefined)
    return [bay(env, env.KERBSIDE_VEHICLE_EVSE, env.KERBSIDE_VEHICLE_INTERFACE, rig)];
  const listed = (env.KERBSIDE_EVSES ?? '').split(',').filter(Boolean);
  return listed.map((item) => {
    const match = /^(\d{1,3})=(\S+)$/.exec(item);
    if (!match) throw new UsageError(`KERBSIDE_EVSES: "${item}" is not N=IFACE`);
    return bay(env, Number(match[1]), match[2], rig);
  });
}

function number(text: string | undefined, name: string, min: number, max: number) {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !(value >= min && value <= max))
    throw new UsageError(`--${name} takes a number from ${min} to ${max}, not "${text}"`);
  return value;
}

function sets(text: string | undefined): number[] {
  if (text === undefined) return [];
  const chosen = text.split(',').map(Number);
  if (!chosen.every((set) => set === 3 || set === 4))
    throw new UsageError(`--internet takes 3, 4 or 3,4, not "${text}"`);
  return chosen;
}

function misbehaviour(name: string | undefined): MisbehaviourName | undefined {
  if (name === undefined || Object.hasOwn(misbehaviours, name)) return name as MisbehaviourName;
  const names = Object.keys(misbehaviours).join(', ');
  throw new UsageError(`--misbehave takes one of ${names}; not "${name}"`);
}

function nap(at: string | undefined, lasts: string | undefined, kind: StayPlan['kind']) {
  const energy = number(at, 'pause-at', 1, 1_000_000);
  const after = number(lasts, 'wake-after', 1, 86_400);
  if (energy === undefined) {
    if (after !== undefined) throw new UsageError('--wake-after needs a pause: --pause-at');
    return undefined;
  }
  if (kind === 'basic') throw new UsageError('--pause-at needs V2G: iso2-ac or iso2-dc');
  return { at: wattHours(energy), lasts: seconds(after ?? 30) };
}

const VALIDATIONS = ['never', 'ambiguous', 'always'] as const;
function whenToValidate(text = 'never'): StayPlan['validate'] {
  const found = VALIDATIONS.find((when) => when === text);
  if (!found) throw new UsageError(`--validate takes ${VALIDATIONS.join(', ')}, not "${text}"`);
  return found;
}

const KINDS = { basic: 'basic', 'iso2-ac': 'ac', 'iso2-dc': 'dc' } as const;

/** Reads command line and environment once. Without arguments and under a launcher it stands by for orders. */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): VehicleConfig | 'help' {
  const { options, words } = parseCommandLine(args, vehicleOptions);
  if (options.help) return 'help';
  if (words.length > 0) throw new UsageError(`what is "${words[0]}"?`);
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw new UsageError(z.prettifyError(parsed.error));
  const known = parsed.data;
  const onBench = known.KERBSIDE_BENCH === '1' || known.KERBSIDE_EXIT_WITH_PARENT === '1';
  if (args.length === 0 && onBench) {
    const bays = standByBays(known);
    if (bays.length === 0) throw new UsageError('no EVSE: set KERBSIDE_EVSES');
    return { bays, stay: undefined, json: true };
  }
  const protocol = options.protocol ?? 'iso2-ac';
  if (!(protocol in KINDS))
    throw new UsageError(`--protocol takes basic, iso2-ac or iso2-dc, not "${protocol}"`);
  const kind = KINDS[protocol as keyof typeof KINDS];
  const evse = number(options.evse, 'evse', 1, 999) ?? known.KERBSIDE_VEHICLE_EVSE;
  const rig = options.rig ?? known.KERBSIDE_RIG_SOCKET;
  const name = options.interface ?? known.KERBSIDE_VEHICLE_INTERFACE;
  const energy = number(options.energy, 'energy', 1, 1_000_000);
  if (kind === 'basic' && !rig) throw new UsageError('basic charging needs the pilot wire: --rig');
  if (options.token !== undefined && !rig) throw new UsageError('--token needs a reader: --rig');
  if (kind !== 'basic' && name === undefined && known.KERBSIDE_V2G_LOOPBACK === 0)
    throw new UsageError('which interface leads to the charger? --interface IFACE');
  return {
    bays: [bay(known, evse, name, rig)],
    json: options.json ?? false,
    stay: {
      kind,
      battery: {
        capacity: wattHours(number(options.battery, 'battery', 1000, 1_000_000) ?? 60_000),
        soc: percent(number(options.soc, 'soc', 0, 100) ?? 40),
        energyWanted: energy === undefined ? undefined : wattHours(energy),
      },
      token: options.token,
      internetSets: sets(options.internet),
      pause: options.pause ?? false,
      nap: nap(options['pause-at'], options['wake-after'], kind),
      validate: whenToValidate(options.validate),
      slac: !options['no-slac'],
      misbehaviour: misbehaviour(options.misbehave),
    },
  };
}
