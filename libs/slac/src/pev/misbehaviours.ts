import { millis, seconds } from '@kerbside/kernel';
import type { PevKnobs, PevSlacConfig } from './config.ts';

/** A way in which a car departs from the standard, as seen in the field or feared. */
export interface Misbehaviour {
  readonly what: string;
  readonly knobs: PevKnobs;
  readonly config?: Partial<PevSlacConfig>;
}

const ALWAYS = 1e9;
const STRANGER = '02:00:00:00:bb:01';
const ZEROS_16 = '00'.repeat(16);

/** By name, for tests and for the vehicle's command line. */
export const misbehaviours = {
  'lost-parm-req': {
    what: 'its first two CM_SLAC_PARM.REQ are lost',
    knobs: lose('CM_SLAC_PARM.REQ', 2),
  },
  'lost-parm-cnf': { what: 'it misses two CM_SLAC_PARM.CNF', knobs: ignore('CM_SLAC_PARM.CNF', 2) },
  'lost-start': {
    what: 'two of its three CM_START_ATTEN_CHAR.IND are lost',
    knobs: lose('CM_START_ATTEN_CHAR.IND', 2),
  },
  'lost-sounds': { what: 'three of its ten sounds are lost', knobs: lose('CM_MNBC_SOUND.IND', 3) },
  'lost-atten-char': {
    what: 'it misses two CM_ATTEN_CHAR.IND',
    knobs: ignore('CM_ATTEN_CHAR.IND', 2),
  },
  'lost-rsp': { what: 'its first CM_ATTEN_CHAR.RSP is lost', knobs: lose('CM_ATTEN_CHAR.RSP', 1) },
  'lost-match-req': {
    what: 'its first two CM_SLAC_MATCH.REQ are lost',
    knobs: lose('CM_SLAC_MATCH.REQ', 2),
  },
  'lost-match-cnf': {
    what: 'it misses two CM_SLAC_MATCH.CNF',
    knobs: ignore('CM_SLAC_MATCH.CNF', 2),
  },
  'repeats-requests': {
    what: 'it sends every request three times',
    knobs: {
      repeat: {
        'CM_SLAC_PARM.REQ': 2,
        'CM_ATTEN_CHAR.RSP': 2,
        'CM_VALIDATE.REQ': 2,
        'CM_SLAC_MATCH.REQ': 2,
      },
    },
  },
  'wrong-run-id-start': {
    what: 'CM_START_ATTEN_CHAR.IND carries another run id',
    knobs: { wrongRunIdIn: ['CM_START_ATTEN_CHAR.IND'] },
  },
  'wrong-run-id-rsp': {
    what: 'CM_ATTEN_CHAR.RSP carries another run id',
    knobs: { wrongRunIdIn: ['CM_ATTEN_CHAR.RSP'] },
  },
  'wrong-run-id-match': {
    what: 'CM_SLAC_MATCH.REQ carries another run id',
    knobs: { wrongRunIdIn: ['CM_SLAC_MATCH.REQ'] },
  },
  'wrong-evse-mac': {
    what: 'CM_SLAC_MATCH.REQ names the modem, not the charger',
    knobs: { change: { 'CM_SLAC_MATCH.REQ': { EVSE_MAC: '00:01:87:00:ee:01' } } },
  },
  'wrong-pev-mac': {
    what: 'CM_SLAC_MATCH.REQ names another car',
    knobs: { change: { 'CM_SLAC_MATCH.REQ': { PEV_MAC: STRANGER } } },
  },
  'wrong-forwarding-sta': {
    what: 'CM_START_ATTEN_CHAR.IND names another car',
    knobs: { change: { 'CM_START_ATTEN_CHAR.IND': { FORWARDING_STA: STRANGER } } },
  },
  'wrong-source-address': {
    what: 'CM_ATTEN_CHAR.RSP names another car',
    knobs: { change: { 'CM_ATTEN_CHAR.RSP': { SOURCE_ADDRESS: STRANGER } } },
  },
  'bad-rsp': {
    what: 'CM_ATTEN_CHAR.RSP carries a Result other than 0',
    knobs: { change: { 'CM_ATTEN_CHAR.RSP': { Result: 1 } } },
  },
  'resp-type-0': {
    what: 'CM_START_ATTEN_CHAR.IND carries RESP_TYPE 0',
    knobs: { change: { 'CM_START_ATTEN_CHAR.IND': { RESP_TYPE: 0 } } },
  },
  'secure-parm': {
    what: 'CM_SLAC_PARM.REQ asks for security',
    knobs: { change: { 'CM_SLAC_PARM.REQ': { SECURITY_TYPE: 1 } } },
  },
  unicast: { what: 'what is for all goes to the charger alone', knobs: { unicast: true } },
  'no-start': {
    what: 'it asks, and never begins to sound',
    knobs: lose('CM_START_ATTEN_CHAR.IND', ALWAYS),
  },
  'late-start': {
    what: 'CM_START_ATTEN_CHAR.IND comes after TT_match_sequence',
    knobs: { startAttenDelay: millis(600) },
  },
  'no-sounds': { what: 'it announces ten sounds and sends none', knobs: { sounds: 0 } },
  'few-sounds': { what: 'it announces ten sounds and sends nine', knobs: { sounds: 9 } },
  'short-sounds': { what: 'its sounds are 64 bytes long', knobs: { shortSounds: true } },
  'sender-id': {
    what: 'its sounds carry a SenderID',
    knobs: { change: { 'CM_MNBC_SOUND.IND': { SenderID: `01${ZEROS_16}` } } },
  },
  'no-rsp': {
    what: 'it never answers CM_ATTEN_CHAR.IND',
    knobs: lose('CM_ATTEN_CHAR.RSP', ALWAYS),
  },
  'restart-while-sounding': {
    what: 'it begins anew after four sounds, with another run id',
    knobs: { restartAfterSounds: 4 },
  },
  'same-run-id-again': {
    what: 'it begins anew after four sounds, with the same run id',
    knobs: { restartAfterSounds: 4, runId: '5445534c41204556' },
  },
  'never-matches': {
    what: 'it sounds, and never sends CM_SLAC_MATCH.REQ',
    knobs: { noMatchReq: true },
  },
  'two-cars': { what: 'a second car does the same at the same time', knobs: { twin: true } },
  'validate-first': {
    what: 'it sends CM_VALIDATE.REQ before anything else',
    knobs: { validateFirst: true },
  },
  'no-toggles': {
    what: 'it validates, and does not toggle the pilot',
    knobs: { noToggles: true },
    config: { validate: 'always' },
  },
  'parm-flood': { what: 'it sends 200 CM_SLAC_PARM.REQ at once', knobs: { parmFlood: 200 } },
  'mvf-order': {
    what: 'MVFLength is in the wrong byte order',
    knobs: { change: { 'CM_SLAC_MATCH.REQ': { MVFLength: 0x3e00 } } },
  },
  'mvf-length': {
    what: 'MVFLength is 0',
    knobs: { change: { 'CM_SLAC_MATCH.REQ': { MVFLength: 0 } } },
  },
  'pev-id': {
    what: 'PEV_ID is filled with AA',
    knobs: { change: { 'CM_SLAC_MATCH.REQ': { PEV_ID: 'aa'.repeat(17) } } },
  },
  'fixed-run-id': {
    what: 'every process has the run id "TESLA EV"',
    knobs: { runId: '5445534c41204556' },
  },
  slow: { what: 'it begins 30 s after plug-in', knobs: { startDelay: seconds(30) } },
} as const satisfies Readonly<Record<string, Misbehaviour>>;
export type MisbehaviourName = keyof typeof misbehaviours;

function lose(name: keyof NonNullable<PevKnobs['lose']>, count: number): PevKnobs {
  return { lose: { [name]: count } };
}
function ignore(name: keyof NonNullable<PevKnobs['ignore']>, count: number): PevKnobs {
  return { ignore: { [name]: count } };
}
