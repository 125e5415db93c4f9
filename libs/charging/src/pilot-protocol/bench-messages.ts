import {
  flag,
  integer,
  list,
  number,
  object,
  oneOf,
  optional,
  text,
} from '../json-lines/fields.ts';
import type { FieldValue } from '../json-lines/fields.ts';
import { type MessageOf, messageSet } from '../json-lines/message-set.ts';
import { vehicleOrder } from './pilot-messages.ts';

/** Faults that the rig can play; each stays until it is cleared. */
export const RIG_FAULTS = [
  'contactor-stuck-open',
  'contactor-welded',
  'lock-failed',
  'meter-silent',
  'insulation-fault',
  'board-link-down',
  'emergency-stop',
  'pilot-short',
  'overheated',
  'supply-failed',
] as const;
export type RigFault = (typeof RIG_FAULTS)[number];
const rigFault = oneOf(...RIG_FAULTS);

const id = integer(0, 0xffffffff);
const evse = integer(1, 999);

/** Bench panel or test to rig. Each is answered once, with its `id`. */
export const benchRequests = messageSet('do', {
  state: { id },
  /** State events of all EVSEs from now on. */
  subscribe: { id },
  /** Plugs a car without a process: it draws what it is offered. The pilot goes to B. */
  'plug-in': { id, evse, cableRating: optional(number(0, 500)) },
  unplug: { id, evse },
  /** Sets what the board measures on the pilot, for foreign vehicles: A unplugs, B to D plug in, E and F are faults. */
  pilot: { id, evse, state: oneOf('A', 'B', 'C', 'D', 'E', 'F') },
  token: { id, evse, idToken: text(64) },
  fault: { id, evse, fault: rigFault, active: flag },
  /** Passed on to the vehicle process of the EVSE. */
  vehicle: {
    id,
    evse,
    order: oneOf('plug-in', 'unplug', 'stop', 'pause', 'wake'),
    ...vehicleOrder,
  },
});
export type BenchRequest = MessageOf<typeof benchRequests>;

/** State of one EVSE's hardware. */
export const rigState = object({
  evse,
  pilot: oneOf('A', 'B', 'C', 'D', 'E', 'F'),
  pilotVoltage: number(-15, 15),
  output: oneOf('X1', 'F', 'duty'),
  dutyPercent: optional(number(0, 100)),
  plugged: flag,
  cableRating: optional(number(0, 500)),
  contactor: oneOf('closed', 'open', 'welded'),
  lock: oneOf('locked', 'unlocked', 'failed'),
  /** The charger's link to the board stands and its heartbeat is fresh. */
  charger: flag,
  /** Times that the rig opened the contactor by itself. */
  watchdogTrips: integer(0, Number.MAX_SAFE_INTEGER),
  /** The import register, watt-hours with fraction. */
  energyWh: number(0, Number.MAX_SAFE_INTEGER),
  power: number(-1_000_000, 1_000_000),
  voltage: list(number(-1500, 1500), 3),
  current: list(number(-1000, 1000), 3),
  faults: list(rigFault, RIG_FAULTS.length),
  vehicle: optional(
    object({
      name: text(80),
      phase: optional(text(60)),
      detail: optional(text(200)),
      soc: optional(number(0, 100)),
      energyWh: optional(number(0, 10_000_000)),
      protocol: optional(text(40)),
    }),
  ),
});
export type RigState = FieldValue<typeof rigState>;

/** Rig to bench panel or test. */
export const benchReplies = messageSet('reply', {
  ok: { id },
  state: { id, states: list(rigState, 64) },
  refused: {
    id: optional(id),
    code: text(50),
    text: text(300),
    column: optional(integer(0, 1_000_000)),
  },
  /** After `subscribe`: on change, at most ten a second per EVSE. */
  changed: { state: rigState },
});
export type BenchReply = MessageOf<typeof benchReplies>;
