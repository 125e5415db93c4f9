import { flag, integer, list, number, oneOf, optional, text } from '../json-lines/fields.ts';
import { type MessageOf, messageSet } from '../json-lines/message-set.ts';

/** Version of the pilot protocol between rig and simulated vehicle. */
export const PILOT_PROTOCOL_VERSION = 1;

/** What the bench asks of a simulated vehicle. `id` is the rig's; the vehicle answers with it. */
export const vehicleOrder = {
  kind: optional(oneOf('basic', 'ac', 'dc')),
  batteryWh: optional(number(0, 1_000_000)),
  soc: optional(number(0, 100)),
  energyWh: optional(number(0, 1_000_000)),
  token: optional(text(64)),
  /** Takes the internet service where it is offered; absent: it does. */
  internet: optional(flag),
} as const;

/** Vehicle to rig: its end of the cable. */
export const vehicleMessages = messageSet('say', {
  hello: { protocol: oneOf('kerbside-pilot'), version: integer(1, 255), vehicle: text(80) },
  /** In or out of the inlet; the cable's rating by its proximity resistor. */
  plug: { plugged: flag, cableRating: optional(number(0, 500)) },
  /** The resistance between pilot and earth: 2.74 kOhm (B), 882 Ohm (C), 246 Ohm (D). */
  resistor: { state: oneOf('B', 'C', 'D') },
  /** What the vehicle draws while there is voltage: amps per phase, or the one DC current. */
  load: { current: list(number(0, 1000), 3) },
  /** DC: battery voltage behind the vehicle's contactor, which holds the inlet at it while closed. */
  battery: { voltage: number(0, 1500), contactor: oneOf('closed', 'open') },
  /** For people: what the vehicle does now. Shown on the bench. */
  status: {
    phase: text(60),
    detail: optional(text(200)),
    soc: optional(number(0, 100)),
    energyWh: optional(number(0, 10_000_000)),
    protocol: optional(text(40)),
  },
  /** Asks the bench to present a token at the reader, as the driver would. */
  token: { idToken: text(64) },
  answer: {
    id: integer(0, 0xffffffff),
    ok: flag,
    code: optional(text(50)),
    text: optional(text(300)),
  },
});
export type VehicleMessage = MessageOf<typeof vehicleMessages>;

/** Rig to vehicle: what the inlet sees. */
export const inletMessages = messageSet('see', {
  hello: {
    protocol: oneOf('kerbside-pilot'),
    version: integer(1, 255),
    evse: integer(1, 999),
    phases: oneOf(1, 3),
    /** Length of one step of the model in milliseconds. */
    stepMs: number(1, 1000),
  },
  /** The pilot signal at the inlet, on each change: its positive level in volts and its duty cycle. */
  pilot: {
    output: oneOf('X1', 'F', 'duty', 'none'),
    dutyPercent: optional(number(0, 100)),
    voltage: number(-15, 15),
  },
  contactor: { closed: flag },
  /**
   * One stretch of model time: voltages and currents that stood during exactly `dtMs`. Energy is the
   * sum of voltage x current x dt over all ticks; the rig's meter counts the same numbers.
   */
  tick: {
    seq: integer(0, Number.MAX_SAFE_INTEGER),
    dtMs: number(0, 60_000),
    voltage: list(number(-1500, 1500), 3),
    current: list(number(-1000, 1000), 3),
  },
  order: {
    id: integer(0, 0xffffffff),
    order: oneOf('plug-in', 'unplug', 'stop', 'pause', 'wake'),
    ...vehicleOrder,
  },
  error: { code: text(50), text: text(300), column: optional(integer(0, 1_000_000)) },
});
export type InletMessage = MessageOf<typeof inletMessages>;
