import { type ArmEffect, type CancelEffect, millis, seconds, type Step } from '@kerbside/kernel';

/** Waits between tries: `minimum` doubled up to `repeats` times, plus 0 to `randomRange`. Seconds. */
export interface Backoff {
  readonly minimum: number;
  readonly repeats: number;
  readonly randomRange: number;
}
export const DEFAULT_BACKOFF: Backoff = { minimum: 3, repeats: 3, randomRange: 10 };

/** A socket that says nothing for so long while it opens is given up. */
const CONNECT_TIMEOUT = seconds(20);
const PONG_TIMEOUT = seconds(5);
const KEPT_ATTEMPTS = 10;
const MAX_SILENCES = 2;

/** One try to connect, for people. */
export interface LinkAttempt {
  /** Wall time, milliseconds since 1970. */
  readonly at: number;
  readonly outcome: 'connected' | 'failed' | 'lost';
  readonly detail: string;
}

export interface LinkState {
  readonly at: 'off' | 'connecting' | 'open' | 'waiting';
  /** Wall time of the last change of `at`. */
  readonly since: number;
  readonly reason: string;
  readonly nextRetryAt: number | undefined;
  /** Failures in a row; the back-off grows with it. */
  readonly failures: number;
  readonly attempts: readonly LinkAttempt[];
  /** Seconds; 0 is off. WebSocketPingInterval */
  readonly pingInterval: number;
  /** CALLs in a row that nothing answered, counted while pings are off. */
  readonly silences: number;
  /** State of the jitter's generator. */
  readonly seed: number;
}

export type LinkTimer = 'connect' | 'retry' | 'ping' | 'pong';
export type LinkInput =
  | { readonly on: 'start' }
  | { readonly on: 'stop'; readonly reason: string }
  | { readonly on: 'socket-open'; readonly protocol: string }
  | { readonly on: 'socket-closed'; readonly reason: string }
  /** Anything came in: text, ping or pong. `text` says that the CSMS speaks OCPP. */
  | { readonly on: 'heard'; readonly text: boolean }
  /** A CALL of ours timed out, and nothing at all came in meanwhile: is the peer still there? */
  | { readonly on: 'silence' }
  | { readonly on: 'reconnect'; readonly reason: string }
  | { readonly on: 'ping-interval'; readonly seconds: number }
  | { readonly on: 'timeout'; readonly timer: LinkTimer };

export type LinkEffect =
  | ArmEffect<LinkTimer>
  | CancelEffect<LinkTimer>
  | { readonly do: 'connect' }
  | { readonly do: 'disconnect'; readonly code: number; readonly reason: string }
  | { readonly do: 'ping' }
  | { readonly do: 'up' }
  | { readonly do: 'down'; readonly reason: string };

type LinkStep = Step<LinkState, LinkEffect>;
type Moment = { readonly now: number; readonly wall: number };

const ALL_TIMERS: readonly LinkTimer[] = ['connect', 'retry', 'ping', 'pong'];
const cancelAll: readonly LinkEffect[] = ALL_TIMERS.map((timer) => ({ do: 'cancel', timer }));

/** 0 <= value < 1, and the next state of the generator (mulberry32). */
function jitter(seed: number): { readonly value: number; readonly seed: number } {
  const next = (seed + 0x6d2b79f5) >>> 0;
  let t = Math.imul(next ^ (next >>> 15), next | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return { value: ((t ^ (t >>> 14)) >>> 0) / 4294967296, seed: next };
}

const remember = (state: LinkState, attempt: LinkAttempt): readonly LinkAttempt[] =>
  [...state.attempts, attempt].slice(-KEPT_ATTEMPTS);

function connect(state: LinkState, wall: number): LinkStep {
  return {
    state: { ...state, at: 'connecting', since: wall, nextRetryAt: undefined },
    effects: [
      ...cancelAll,
      { do: 'connect' },
      { do: 'arm', timer: 'connect', after: CONNECT_TIMEOUT },
    ],
  };
}

function wait(state: LinkState, reason: string, backoff: Backoff, { wall }: Moment): LinkStep {
  const { value, seed } = jitter(state.seed);
  const after = millis(
    Math.round(
      1000 *
        (backoff.minimum * 2 ** Math.min(state.failures, backoff.repeats) +
          value * backoff.randomRange),
    ),
  );
  const wasOpen = state.at === 'open';
  return {
    state: {
      ...state,
      at: 'waiting',
      since: wall,
      reason,
      seed,
      failures: state.failures + 1,
      silences: 0,
      nextRetryAt: wall + after,
      attempts: remember(state, { at: wall, outcome: wasOpen ? 'lost' : 'failed', detail: reason }),
    },
    effects: [
      ...cancelAll,
      ...(wasOpen ? [{ do: 'down', reason } as const] : []),
      { do: 'arm', timer: 'retry', after },
    ],
  };
}

function drop(state: LinkState, reason: string, backoff: Backoff, moment: Moment): LinkStep {
  const waiting = wait(state, reason, backoff, moment);
  return {
    state: waiting.state,
    effects: [{ do: 'disconnect', code: 1001, reason }, ...waiting.effects],
  };
}

const armPing = (state: LinkState): readonly LinkEffect[] =>
  state.pingInterval > 0
    ? [{ do: 'arm', timer: 'ping', after: seconds(state.pingInterval) }]
    : [{ do: 'cancel', timer: 'ping' }];

function onTimeout(state: LinkState, timer: LinkTimer, backoff: Backoff, moment: Moment): LinkStep {
  switch (timer) {
    case 'connect':
      return drop(state, 'no answer to the connection attempt', backoff, moment);
    case 'retry':
      return connect(state, moment.wall);
    case 'ping':
      return {
        state,
        effects: [{ do: 'ping' }, { do: 'arm', timer: 'pong', after: PONG_TIMEOUT }],
      };
    case 'pong':
      return drop(state, 'no answer to a ping: the connection is dead', backoff, moment);
  }
}

/** With pings a pong decides; without them the second silence is one too many. */
function onSilence(state: LinkState, backoff: Backoff, moment: Moment): LinkStep {
  if (state.pingInterval > 0) return onTimeout(state, 'ping', backoff, moment);
  const silences = state.silences + 1;
  return silences < MAX_SILENCES
    ? { state: { ...state, silences }, effects: [] }
    : drop(state, 'no answer to anything: the connection is dead', backoff, moment);
}

/** The connection to the CSMS: back-off with jitter, pings, half-open sockets. Time is data. */
export const linkMachine = (options: {
  readonly seed: number;
  readonly pingInterval: number;
  readonly backoff?: Backoff;
}) => {
  const backoff = options.backoff ?? DEFAULT_BACKOFF;
  const initial: LinkState = {
    at: 'off',
    since: 0,
    reason: 'not started',
    nextRetryAt: undefined,
    failures: 0,
    attempts: [],
    pingInterval: options.pingInterval,
    silences: 0,
    seed: options.seed,
  };

  function step(state: LinkState, input: LinkInput, moment: Moment): LinkStep {
    const nothing: LinkStep = { state, effects: [] };
    const open = state.at === 'open';
    switch (input.on) {
      case 'start':
        return state.at === 'off' ? connect(state, moment.wall) : nothing;
      case 'stop':
        if (state.at === 'off') return nothing;
        return {
          state: {
            ...state,
            at: 'off',
            since: moment.wall,
            reason: input.reason,
            nextRetryAt: undefined,
          },
          effects: [
            ...cancelAll,
            ...(state.at === 'waiting'
              ? []
              : [{ do: 'disconnect', code: 1000, reason: input.reason } as const]),
            ...(open ? [{ do: 'down', reason: input.reason } as const] : []),
          ],
        };
      case 'socket-open': {
        if (state.at !== 'connecting') return nothing;
        const attempt = { at: moment.wall, outcome: 'connected', detail: input.protocol } as const;
        const up: LinkState = {
          ...state,
          at: 'open',
          since: moment.wall,
          reason: '',
          attempts: remember(state, attempt),
        };
        return {
          state: up,
          effects: [{ do: 'cancel', timer: 'connect' }, { do: 'up' }, ...armPing(up)],
        };
      }
      case 'socket-closed':
        return state.at === 'open' || state.at === 'connecting'
          ? wait(state, input.reason, backoff, moment)
          : nothing;
      case 'heard':
        if (!open) return nothing;
        return {
          // A peer that takes the socket and never speaks OCPP does not reset the back-off.
          state: {
            ...state,
            silences: 0,
            failures: input.text ? 0 : state.failures,
          },
          effects: [{ do: 'cancel', timer: 'pong' }, ...armPing(state)],
        };
      case 'silence':
        return open ? onSilence(state, backoff, moment) : nothing;
      case 'reconnect':
        return open || state.at === 'connecting'
          ? drop(state, input.reason, backoff, moment)
          : nothing;
      case 'ping-interval': {
        const changed = { ...state, pingInterval: input.seconds };
        return { state: changed, effects: open ? armPing(changed) : [] };
      }
      case 'timeout':
        return onTimeout(state, input.timer, backoff, moment);
    }
  }
  return { initial, step };
};
