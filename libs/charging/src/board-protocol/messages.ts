import { flag, integer, number, object, oneOf, optional, text } from '../json-lines/fields.ts';
import { type MessageOf, messageSet } from '../json-lines/message-set.ts';

/** Version of the board protocol; both sides say theirs in `hello` and must agree. */
export const BOARD_PROTOCOL_VERSION = 1;

const volts = number(-1500, 1500);
const amps = number(-1000, 1000);
const pilotState = oneOf('A', 'B', 'C', 'D', 'E', 'F');

/** What a DC supply can do, as the board says it in `hello`. */
const supply = object({
  minVoltage: number(0, 1500),
  maxVoltage: number(0, 1500),
  minCurrent: number(0, 1000),
  maxCurrent: number(0, 1000),
  maxPower: number(0, 1_000_000),
});

/** Charger to board. */
export const boardCommands = messageSet('command', {
  hello: {
    protocol: oneOf('kerbside-board'),
    version: integer(1, 255),
    evse: integer(1, 999),
    kind: optional(oneOf('AC', 'DC', 'AC+DC')),
  },
  heartbeat: { seq: integer(0, 0xffffffff) },
  pilot: { output: oneOf('X1', 'F', 'duty'), dutyPercent: optional(number(0, 100)) },
  /** `output`: which contactor, where the outlet has one for AC and one for DC. */
  contactor: { set: oneOf('closed', 'open'), output: optional(oneOf('AC', 'DC')) },
  lock: { locked: flag },
  supply: { voltage: number(0, 1500), current: number(0, 1000) },
  'supply-off': {},
  /** The current per phase that the car may draw, for a board that guards or shows it. */
  limit: { current: number(0, 1000) },
  insulation: { measure: flag },
});
export type BoardCommand = MessageOf<typeof boardCommands>;

/** Board to charger. */
export const boardEvents = messageSet('event', {
  hello: {
    protocol: oneOf('kerbside-board'),
    version: integer(1, 255),
    board: text(80),
    supply: optional(supply),
    insulation: optional(flag),
    /** Each edge of the pilot is told within 20 ms, so that BCB toggles can be counted. */
    pilotEdges: optional(flag),
  },
  heartbeat: { seq: integer(0, 0xffffffff) },
  /** `pluggedForMs`: since when a vehicle is there without a break, told with the whole state. */
  pilot: {
    state: pilotState,
    voltage: optional(number(-15, 15)),
    pluggedForMs: optional(number(0, 1e12)),
  },
  cable: { rating: optional(number(0, 500)) },
  contactor: { state: oneOf('closed', 'open', 'welded') },
  lock: { state: oneOf('locked', 'unlocked', 'failed') },
  fault: { code: text(50), text: text(200), active: flag },
  token: { idToken: text(64) },
  temperature: { celsius: number(-100, 300) },
  supply: { voltage: volts, current: amps },
  insulation: {
    status: oneOf('valid', 'warning', 'fault'),
    kiloOhm: optional(number(0, 1_000_000)),
  },
  /** The whole state has been told. */
  ready: {},
  error: { code: text(50), text: text(300), column: optional(integer(0, 1_000_000)) },
});
export type BoardMessage = MessageOf<typeof boardEvents>;
