import {
  type ArmEffect,
  type CancelEffect,
  type MachineDefinition,
  type Secret,
  type Step,
  toHex,
} from '@kerbside/kernel';
import {
  answerAsModem,
  CARRIER_GROUPS,
  LOCAL_MODEM,
  type Mme,
  type MmeOf,
  type Sendable,
} from '@kerbside/slac';
import type { PlcConfig } from './plc-config.ts';

/** Answers that may wait at the same time; a matching process needs fewer than five. */
const MOST_HELD = 32;

type Side = 'charger' | 'vehicle';
interface Network {
  /** Who set it. */
  readonly host: string;
  readonly nid: string;
  readonly nmk: Secret<Uint8Array>;
}
interface Held {
  readonly timer: string;
  readonly side: Side;
  readonly frame: Sendable;
}

export interface PlcState {
  readonly config: PlcConfig;
  /** The charger's host address, known from its frames. */
  readonly chargerMac: string | undefined;
  readonly networks: Readonly<Partial<Record<Side, Network>>>;
  /** Vehicles that asked a modem on this wire, the latest last, at most eight. */
  readonly askers: readonly string[];
  /** Taken for joined although its modem is not on this wire. */
  readonly assumedJoined: boolean;
  /** The vehicle that got the charger's key and may be taken for joined. */
  readonly keyHolder: string | undefined;
  readonly held: readonly Held[];
  /** Another modem answers on the wire: these two say nothing any more. */
  readonly silent: boolean;
  /** Counts answers; also stirs the noise. */
  readonly count: number;
}
export type PlcInput =
  /** Heard on the charger's EV interface, from the vehicle's side. */
  | { readonly on: 'wire'; readonly frame: Mme }
  /** Sent by the charger. */
  | { readonly on: 'charger'; readonly frame: Mme }
  | { readonly on: 'configure'; readonly change: Partial<PlcConfig> }
  | { readonly on: 'timeout'; readonly timer: string };
export type PlcEffect =
  | { readonly do: 'send'; readonly to: Side; readonly frame: Sendable }
  | { readonly do: 'silent'; readonly because: string; readonly from: string }
  | ArmEffect
  | CancelEffect;

/** Both modems of the bench, pure. */
export const plcMachine = (
  config: PlcConfig,
): MachineDefinition<PlcState, PlcInput, PlcEffect> => ({
  initial: {
    config,
    chargerMac: config.chargerMac,
    networks: {},
    askers: [],
    assumedJoined: false,
    keyHolder: undefined,
    held: [],
    silent: false,
    count: 0,
  },
  step(state, input) {
    switch (input.on) {
      case 'configure':
        return { state: { ...state, config: { ...state.config, ...input.change } }, effects: [] };
      case 'charger':
        return onCharger(state, input.frame);
      case 'wire':
        return onWire(state, input.frame);
      case 'timeout':
        return onTimeout(state, input.timer);
    }
  },
});

type PlcStep = Step<PlcState, PlcEffect>;
const modemOf = (state: PlcState, side: Side) =>
  side === 'charger' ? state.config.chargerModemMac : state.config.vehicleModemMac;
const isForModem = (state: PlcState, side: Side, frame: Mme) =>
  frame.ODA === LOCAL_MODEM || frame.ODA === modemOf(state, side);

function onCharger(before: PlcState, frame: Mme): PlcStep {
  const state = { ...before, chargerMac: frame.OSA };
  if (isForModem(state, 'charger', frame)) return answer(state, 'charger', frame);
  if (frame.name !== 'CM_SLAC_MATCH.CNF') return { state, effects: [] };
  return {
    state: { ...state, keyHolder: frame.ODA },
    effects: [{ do: 'arm', timer: 'assume-joined', after: state.config.assumeJoinedAfter }],
  };
}

function onWire(state: PlcState, frame: Mme): PlcStep {
  const { chargerModemMac, vehicleModemMac } = state.config;
  const known = [chargerModemMac, vehicleModemMac, state.chargerMac];
  if (known.includes(frame.OSA)) return { state, effects: [] };
  if (isModemAnswer(state, frame)) return fallSilent(state, frame);
  if (isForModem(state, 'vehicle', frame))
    return answer(withAsker(state, frame.OSA), 'vehicle', frame);
  if (frame.name === 'CM_MNBC_SOUND.IND') return measure(state, frame);
  return { state, effects: [] };
}

const withAsker = (state: PlcState, mac: string): PlcState => ({
  ...state,
  askers: [...state.askers.filter((known) => known !== mac), mac].slice(-8),
  assumedJoined: false,
});

/** What only a modem says to its host: to the charger, or to one that waits for the same answer. */
function isModemAnswer(state: PlcState, frame: Mme): boolean {
  if (frame.name !== 'CM_ATTEN_PROFILE.IND' && !modemConfirmation.test(frame.name)) return false;
  if (frame.ODA === state.chargerMac) return true;
  return state.held.some((held) => held.frame.name === frame.name && held.frame.ODA === frame.ODA);
}
const modemConfirmation = /^(CM_SET_KEY|CM_GET_KEY|CM_NW_STATS|VS_.*|NSCM_.*)\.CNF$/;

/** A modem, or somebody's simulation of one, is on the wire: it alone answers from here on. */
function fallSilent(state: PlcState, frame: Mme): PlcStep {
  if (state.silent) return { state, effects: [] };
  return {
    state: { ...state, silent: true, held: [] },
    effects: [
      ...state.held.map(({ timer }): PlcEffect => ({ do: 'cancel', timer })),
      { do: 'silent', because: frame.name, from: frame.OSA },
    ],
  };
}

function answer(before: PlcState, side: Side, request: Mme): PlcStep {
  let state = before;
  if (request.name === 'CM_SET_KEY.REQ') {
    const network = { host: request.OSA, nid: request.NID, nmk: request.NewKey };
    state = { ...state, networks: { ...state.networks, [side]: network } };
    // A new key of the charger is a new network: nobody has joined it.
    if (side === 'charger') state = { ...state, assumedJoined: false, keyHolder: undefined };
  }
  if (state.config.deaf) return { state, effects: [] };
  const linked = isLinked(state);
  const other = side === 'charger' ? 'vehicle' : 'charger';
  const reply = answerAsModem(request, {
    mac: modemOf(state, side),
    linked,
    network: state.networks[side],
    peers: linked ? [modemOf(state, other)] : [],
  });
  return reply ? hold(state, side, reply) : { state, effects: [] };
}

/** One link stands when both hosts have set the same key. */
export function isLinked({ networks, assumedJoined, config, chargerMac }: PlcState): boolean {
  const { charger, vehicle } = networks;
  if (config.linkDown || !charger) return false;
  if (assumedJoined) return true;
  // Where the charger is on the vehicle's wire too, its first frames may be taken for a vehicle's.
  if (!vehicle || vehicle.host === chargerMac) return false;
  return toHex(charger.nmk.reveal()) === toHex(vehicle.nmk.reveal());
}

/** A sound of the vehicle, as the charger's modem would measure it. */
function measure(state: PlcState, sound: MmeOf<'CM_MNBC_SOUND.IND'>): PlcStep {
  const { config, chargerMac } = state;
  if (chargerMac === undefined || config.noProfiles || config.deaf) return { state, effects: [] };
  return hold(state, 'charger', {
    name: 'CM_ATTEN_PROFILE.IND',
    ODA: chargerMac,
    OSA: config.chargerModemMac,
    PEV_MAC: sound.OSA,
    NumGroups: CARRIER_GROUPS,
    RSVD: 0,
    AAG: profile(config, state.count),
  });
}

/** Attenuation that rises with the frequency and ripples, as a cable's does; repeatable noise on top. */
function profile({ meanDb, noiseDb }: PlcConfig, count: number): number[] {
  return Array.from({ length: CARRIER_GROUPS }, (_, group) => {
    const slope = ((group - (CARRIER_GROUPS - 1) / 2) / CARRIER_GROUPS) * 8;
    const ripple = Math.sin(group / 3) * 1.5;
    const noise = ((((count * 61 + group * 37 + 11) * 2654435761) >>> 8) % 1000) / 500 - 1;
    return Math.min(255, Math.max(1, Math.round(meanDb + slope + ripple + noise * noiseDb)));
  });
}

function hold(state: PlcState, side: Side, frame: Sendable): PlcStep {
  const count = state.count + 1;
  if (state.silent || state.held.length >= MOST_HELD)
    return { state: { ...state, count }, effects: [] };
  const timer = `answer-${count}`;
  return {
    state: { ...state, count, held: [...state.held, { timer, side, frame }] },
    effects: [{ do: 'arm', timer, after: state.config.holdBack }],
  };
}

function onTimeout(state: PlcState, timer: string): PlcStep {
  if (timer === 'assume-joined') {
    const { keyHolder, askers } = state;
    const assumedJoined = keyHolder !== undefined && !askers.includes(keyHolder);
    return { state: { ...state, assumedJoined }, effects: [] };
  }
  const due = state.held.find((held) => held.timer === timer);
  if (!due) return { state, effects: [] };
  const mistaken = due.side === 'vehicle' && due.frame.ODA === state.chargerMac;
  return {
    state: { ...state, held: state.held.filter((held) => held !== due) },
    effects: mistaken ? [] : [{ do: 'send', to: due.side, frame: due.frame }],
  };
}
