import {
  C_sequ_retry,
  type PilotConfig,
  type PilotTimerName,
  pilotTimers,
} from '@kerbside/charging';
import type { Setting, SlacSettings } from '@kerbside/contracts';
import { type Duration, millis } from '@kerbside/kernel';
import {
  type EvseSlacConfig,
  type EvseTimerName,
  evseSettings,
  evseTimers,
  SlacConfigError,
} from '@kerbside/slac';
import { slacSpecs } from './slac-specs.ts';

type Value = NonNullable<Setting['value']>;
type Flat = ReadonlyMap<string, Value>;

/** Where values come from, the later overriding the earlier. */
export interface SlacLayers {
  readonly installation: SlacSettings | undefined;
  readonly store: SlacSettings | undefined;
  /** SLAC_INIT_TIMEOUT */
  readonly slacInitTimeout: Duration | undefined;
}

export interface SettingFault {
  /** Dotted name. */
  readonly name: string;
  readonly message: string;
}

function flatten(settings: SlacSettings | undefined): Flat {
  const flat = new Map<string, Value>();
  for (const [name, value] of Object.entries(settings ?? {})) {
    if (value === undefined) continue;
    if (typeof value !== 'object') flat.set(name, value);
    else
      for (const [inner, one] of Object.entries(value))
        if (one !== undefined) flat.set(`${name}.${inner}`, one as Value);
  }
  return flat;
}

const INIT = 'timers.TT_EVSE_SLAC_init';
const shown = (value: unknown) => JSON.stringify(value);

const layersOf = (layers: SlacLayers) =>
  [
    { source: 'installation', values: flatten(layers.installation) },
    { source: 'store', values: flatten(layers.store) },
    {
      source: 'environment',
      values: new Map<string, Value>(
        layers.slacInitTimeout === undefined ? [] : [[INIT, layers.slacInitTimeout]],
      ) as Flat,
    },
  ] as const;

const isFast = (layers: SlacLayers): boolean =>
  layers.store?.fastTimeout ?? layers.installation?.fastTimeout ?? false;

/** Every setting of one EVSE with the source of its value. */
export function describeSlac(layers: SlacLayers): Setting[] {
  return slacSpecs(isFast(layers)).map((spec) => {
    const given = layersOf(layers).flatMap(({ source, values }) => {
      const value = values.get(spec.name);
      return value === undefined ? [] : [{ source, value }];
    });
    const force = given.at(-1);
    const value = force?.value ?? spec.default;
    return {
      ...spec,
      ...(value === undefined ? {} : { value }),
      source: force?.source ?? 'default',
      ...(force?.source === 'environment' ? { variable: 'SLAC_INIT_TIMEOUT' } : {}),
      overridden: given.slice(0, -1),
    };
  });
}

/** What is wrong with settings: each fault names setting, value and range. */
export function slacFaults(layers: SlacLayers): SettingFault[] {
  const specs = new Map(slacSpecs(isFast(layers)).map((spec) => [spec.name, spec]));
  const faults: SettingFault[] = [];
  for (const { source, values } of layersOf(layers))
    for (const [name, value] of values) {
      const spec = specs.get(name);
      const called = source === 'environment' ? `SLAC_INIT_TIMEOUT (${name})` : name;
      if (!spec) faults.push({ name, message: `${name} is not a setting of SLAC` });
      else if (typeof value === 'number' && spec.least !== undefined && spec.most !== undefined) {
        if (value >= spec.least && value <= spec.most) continue;
        const unit = spec.unit === undefined ? '' : ` ${spec.unit}`;
        const why = spec.standard === undefined ? '' : ` (${spec.standard})`;
        faults.push({
          name,
          message: `${called} is ${shown(value)}: it may be from ${spec.least} to ${spec.most}${unit}${why}`,
        });
      } else if (spec.choices && !spec.choices.includes(value as string))
        faults.push({
          name,
          message: `${called} is ${shown(value)}: it may be ${spec.choices.map(shown).join(', ')}`,
        });
    }
  if (faults.length > 0) return faults;
  try {
    // what hangs together is known to the library
    evseSettings(slacConfigOf(layers, true));
  } catch (error) {
    if (!(error instanceof SlacConfigError)) throw error;
    const name = error.setting === 'linkLostAfter' ? 'link.lostAfter' : error.setting;
    faults.push({ name, message: error.message.replace(error.setting, name) });
  }
  return faults;
}

const effective = (layers: SlacLayers): ReadonlyMap<string, Value> =>
  new Map(layersOf(layers).flatMap(({ values }) => [...values]));

function timersAmong<Name extends string>(
  values: ReadonlyMap<string, Value>,
  table: Readonly<Record<Name, unknown>>,
): Partial<Record<Name, Duration>> {
  const found: Partial<Record<Name, Duration>> = {};
  for (const name of Object.keys(table) as Name[]) {
    const value = values.get(`timers.${name}`);
    if (typeof value === 'number') found[name] = millis(value);
  }
  return found;
}

/** How the SLAC engine is to be made. `pilotEdges`: the board tells edges within 20 ms. */
export function slacConfigOf(layers: SlacLayers, pilotEdges: boolean): Partial<EvseSlacConfig> {
  const values = effective(layers);
  const names = {
    fastTimeout: 'fastTimeout',
    maxSessions: 'C_EVSE_match_parallel',
    maxMatches: 'C_conn_max_match',
    soundingAdjustmentDb: 'soundingAdjustmentDb',
    validation: 'validation',
    failedBehaviour: 'failedBehaviour',
    validate: 'validate',
    renewKey: 'renewKey',
    modemVendor: 'modem.vendor',
    modemMac: 'modem.mac',
    lumissilHeader: 'modem.lumissilHeader',
    setKeyAttempts: 'setKey.maxAttempts',
    setKeySuccess: 'setKey.success',
    chipReset: 'chipReset',
    linkDetection: 'link.detect',
    linkLostAfter: 'link.lostAfter',
    statistics: 'statistics',
  } as const satisfies Partial<Record<keyof EvseSlacConfig, string>>;
  const given = Object.entries(names).flatMap(([key, name]) =>
    values.has(name) ? [[key, values.get(name)] as const] : [],
  );
  const ampMap = {
    send: values.get('ampMap.send') as readonly number[] | undefined,
    answer: (values.get('ampMap.answer') ?? 'modem') as 'modem' | 'success' | 'failure',
    mmv: (values.get('ampMap.mmv') ?? 1) as 1 | 2,
  };
  return {
    ...(Object.fromEntries(given) as Partial<EvseSlacConfig>),
    timers: timersAmong<EvseTimerName>(values, evseTimers),
    ampMap,
    pilotEdges,
  };
}

/** How the pilot goes with it. */
export function pilotConfigOf(layers: SlacLayers): PilotConfig {
  const values = effective(layers);
  const retries = values.get('C_sequ_retry');
  return {
    fastFallback: isFast(layers),
    enforceHighLevelComm: values.get('enforceHighLevelComm') === true,
    matchAtNominalDuty: values.get('matchAtNominalDuty') === true,
    sequenceRetries: typeof retries === 'number' ? retries : C_sequ_retry.value,
    timers: timersAmong<PilotTimerName>(values, pilotTimers),
  };
}
