import { C_sequ_retry, pilotTimers } from '@kerbside/charging';
import type { Setting } from '@kerbside/contracts';
import { defaultEvseSlacConfig, evseTimers, FAST_SLAC_INIT } from '@kerbside/slac';

/** What a setting may be, and what it is when nobody set it. */
export type SettingSpec = Omit<Setting, 'value' | 'source' | 'overridden' | 'variable'>;

interface Timer {
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly standard: string;
  readonly meaning: string;
}
const timers = (
  table: Readonly<Record<string, Timer>>,
  applies: Setting['applies'],
): SettingSpec[] =>
  Object.entries(table).map(([name, { value, ...range }]) => ({
    name: `timers.${name}`,
    default: value,
    unit: 'ms',
    ...range,
    applies,
  }));

const fixed = defaultEvseSlacConfig;

const count = (
  name: string,
  [value, least, most]: readonly [number, number, number],
  standard: string,
  meaning: string,
  applies: Setting['applies'] = 'next-matching',
): SettingSpec => ({ name, default: value, least, most, standard, meaning, applies });

const choice = (
  name: string,
  value: string | number | boolean,
  choices: readonly (string | number | boolean)[],
  meaning: string,
): SettingSpec => ({
  name,
  default: value,
  choices: [...choices],
  meaning,
  applies: 'next-matching',
});

const flag = (
  name: string,
  value: boolean,
  meaning: string,
  applies: Setting['applies'] = 'next-matching',
): SettingSpec => ({ name, default: value, choices: [false, true], meaning, applies });

/** Every setting of SLAC at one EVSE, by its dotted name. `fast`: with the fast path. */
export const slacSpecs = (fast: boolean): readonly SettingSpec[] => [
  ...timers(evseTimers, 'next-matching').map((spec) =>
    fast && spec.name === 'timers.TT_EVSE_SLAC_init'
      ? { ...spec, default: FAST_SLAC_INIT, least: FAST_SLAC_INIT }
      : spec,
  ),
  ...timers(pilotTimers, 'next-step'),
  flag('fastTimeout', false, 'one short try of matching before basic charging'),
  flag(
    'enforceHighLevelComm',
    false,
    '5 % also where the token came before the car; no fall-back',
    'next-step',
  ),
  flag(
    'matchAtNominalDuty',
    false,
    'AC: a car may match, and talk V2G, also at a nominal duty cycle',
    'next-step',
  ),
  count(
    'C_sequ_retry',
    [C_sequ_retry.value, C_sequ_retry.least, C_sequ_retry.most],
    '2, ISO 15118-3, Table 3',
    'tries of matching after the first, before basic charging',
    'next-step',
  ),
  count(
    'C_EVSE_match_parallel',
    [fixed.maxSessions, 1, 16],
    '5, ISO 15118-3, Table A.1',
    'cars that may match at the same time',
  ),
  count(
    'C_conn_max_match',
    [fixed.maxMatches, 3, 20],
    'at least 3, ISO 15118-3, Table 3',
    'matching processes within TT_matching_repetition',
  ),
  {
    ...count(
      'soundingAdjustmentDb',
      [fixed.soundingAdjustmentDb, -255, 255],
      'left open by the standard',
      'added to each carrier group of the mean attenuation',
    ),
    unit: 'dB',
  },
  choice('validation', fixed.validation, ['lenient', 'strict'], 'what cars are forgiven'),
  choice(
    'failedBehaviour',
    fixed.failedBehaviour,
    ['restart', 'fail'],
    'after all cars failed: wait for another attempt, or give up at once',
  ),
  choice(
    'validate',
    fixed.validate,
    ['notRequired', 'failure', 'full'],
    'answer to CM_VALIDATE.REQ; full only with a board that tells edges of the pilot',
  ),
  choice(
    'renewKey',
    'whenGiven',
    ['whenGiven', 'always'],
    'when the network gets another key: after a car got it, or after each stay',
  ),
  choice(
    'modem.vendor',
    fixed.modemVendor,
    ['auto', 'qualcomm', 'lumissil', 'none'],
    'none: no modem is asked for anything',
  ),
  {
    name: 'modem.mac',
    default: fixed.modemMac,
    meaning: 'address at which the own modem is asked',
    applies: 'next-matching',
  },
  choice(
    'modem.lumissilHeader',
    fixed.lumissilHeader,
    ['everest', 'hlb'],
    "framing of Lumissil's messages",
  ),
  count(
    'setKey.maxAttempts',
    [fixed.setKeyAttempts, 1, 100],
    'left open by the standard',
    'CM_SET_KEY.REQ until the modem counts as in trouble',
  ),
  choice(
    'setKey.success',
    fixed.setKeySuccess,
    ['any', 0, 1],
    'which result of CM_SET_KEY.CNF is success',
  ),
  flag('chipReset', fixed.chipReset, 'restart the modem after each new key'),
  choice(
    'link.detect',
    fixed.linkDetection,
    ['auto', 'never'],
    'never: matched as soon as CM_SLAC_MATCH.CNF is sent',
  ),
  count(
    'link.lostAfter',
    [fixed.linkLostAfter, 1, 19],
    'together with link_poll_matched less than 1 s',
    'answers without link until it counts as lost',
  ),
  {
    name: 'ampMap.send',
    meaning: 'CM_AMP_MAP to the car: reduction by 2 dB a step, 0 to 15, for each carrier',
    applies: 'next-matching',
  },
  choice(
    'ampMap.answer',
    fixed.ampMap.answer,
    ['modem', 'success', 'failure'],
    'answer to the CM_AMP_MAP of the car',
  ),
  choice('ampMap.mmv', fixed.ampMap.mmv, [1, 2], 'version of the CM_AMP_MAP that is sent'),
  flag('statistics', fixed.statistics, 'ask the modem for the rates while matched'),
];
