import { millis, type Duration } from './duration.ts';
import type { Cancel, Clock } from './clock.ts';

/** What one input does to a machine: the next state, and what is to be done in the world, in order. */
export interface Step<State, Effect> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** Starts `timer`; if it already runs, it starts anew. */
export interface ArmEffect<Timer extends string = string> {
  readonly do: 'arm';
  readonly timer: Timer;
  readonly after: Duration;
}
export interface CancelEffect<Timer extends string = string> {
  readonly do: 'cancel';
  readonly timer: Timer;
}
/** Puts a question to the world; its answer comes back as an input `{ on: 'answer', id, answer }`. */
export interface AskEffect<Question = unknown> {
  readonly do: 'ask';
  readonly id: string;
  readonly question: Question;
}

/** The inputs that the runner makes itself. `now` is monotonic, `wall` milliseconds since 1970. */
export type TimeoutInput<Timer extends string = string> = {
  readonly on: 'timeout';
  readonly timer: Timer;
};
export type AnswerInput<Answer = unknown> = {
  readonly on: 'answer';
  readonly id: string;
  readonly answer: Answer;
};
/** The question could not be answered (its port threw). */
export type AskFailedInput = {
  readonly on: 'ask-failed';
  readonly id: string;
  readonly error: unknown;
};

export interface Moment {
  /** Monotonic milliseconds. */
  readonly now: number;
  /** Wall time, milliseconds since 1970. */
  readonly wall: number;
}

export interface MachineDefinition<State, Input, Effect> {
  readonly initial: State;
  step(state: State, input: Input, moment: Moment): Step<State, Effect>;
}

type AnyEffect = { readonly do: string };
type RunnerEffect = ArmEffect | CancelEffect | AskEffect;
/** The effects that are left for the ports: all but `arm`, `cancel` and `ask`. */
export type PortEffect<Effect> = Exclude<Effect, { readonly do: 'arm' | 'cancel' | 'ask' }>;
type QuestionOf<Effect> = Effect extends { readonly do: 'ask'; readonly question: infer Q }
  ? Q
  : never;

export interface MachinePorts<State, Effect> {
  readonly clock: Clock;
  /** Performs one effect. What it throws goes to `failed`. */
  perform(effect: PortEffect<Effect>): void;
  /** Answers a question; a promise may take its time, the machine goes on meanwhile. */
  ask?(question: QuestionOf<Effect>, id: string): unknown;
  /** Called after each step that changed the state. */
  changed?(state: State, previous: State): void;
  /** An effect or a step threw: a bug or a failed port. The machine keeps its state. */
  failed(error: unknown, during: string): void;
}

export interface RunningMachine<State, Input> {
  readonly state: State;
  /** Feeds one input; inputs that arrive while a step is performed wait their turn. */
  feed(input: Input): void;
  /** Stops all timers; later inputs and answers are dropped. The effects of a step under way are still performed. */
  stop(): void;
  /** Timers that are armed now, for tests that no timer is left. */
  readonly armed: readonly string[];
}

/** Runs a pure machine against ports: performs effects in order, feeds timeouts and answers back. */
export function runMachine<State, Input, Effect extends AnyEffect>(
  definition: MachineDefinition<State, Input, Effect>,
  ports: MachinePorts<State, Effect>,
): RunningMachine<State, Input> {
  let state = definition.initial;
  let stopped = false;
  let busy = false;
  const queue: Input[] = [];
  const timers = new Map<string, Cancel>();

  const own = (input: TimeoutInput | AnswerInput | AskFailedInput) => feed(input as Input);

  function arm(timer: string, after: Duration): void {
    if (stopped) return; // by an effect before this one
    timers.get(timer)?.();
    const cancel = ports.clock.arm(millis(Math.max(0, after)), () => {
      if (timers.get(timer) === cancel) timers.delete(timer);
      own({ on: 'timeout', timer });
    });
    timers.set(timer, cancel);
  }

  function ask(effect: AskEffect): void {
    const { id } = effect;
    const failed = (error: unknown) => own({ on: 'ask-failed', id, error });
    try {
      const answer: unknown = ports.ask?.(effect.question as QuestionOf<Effect>, id);
      if (answer instanceof Promise)
        answer.then((value: unknown) => own({ on: 'answer', id, answer: value }), failed);
      else own({ on: 'answer', id, answer });
    } catch (error) {
      failed(error);
    }
  }

  function perform(effect: Effect): void {
    const known = effect as unknown as RunnerEffect;
    if (known.do === 'arm') arm(known.timer, known.after);
    else if (known.do === 'cancel') {
      timers.get(known.timer)?.();
      timers.delete(known.timer);
    } else if (known.do === 'ask') ask(known);
    else {
      try {
        ports.perform(effect as PortEffect<Effect>);
      } catch (error) {
        ports.failed(error, effect.do);
      }
    }
  }

  /** Armed anew by the very step during which it fell due. */
  const isStale = (input: Input): boolean => {
    const { on, timer } = input as { on?: unknown; timer?: unknown };
    return on === 'timeout' && typeof timer === 'string' && timers.has(timer);
  };

  function take(input: Input): void {
    if (isStale(input)) return;
    const previous = state;
    let step: Step<State, Effect>;
    try {
      step = definition.step(state, input, {
        now: ports.clock.monotonic(),
        wall: ports.clock.now(),
      });
    } catch (error) {
      ports.failed(error, 'step');
      return;
    }
    state = step.state;
    for (const effect of step.effects) perform(effect);
    if (state !== previous) ports.changed?.(state, previous);
  }

  function feed(input: Input): void {
    if (stopped) return;
    queue.push(input);
    if (busy) return;
    busy = true;
    try {
      for (let next = queue.shift(); next !== undefined && !stopped; next = queue.shift())
        take(next);
    } finally {
      busy = false;
    }
  }

  return {
    get state() {
      return state;
    },
    feed,
    stop() {
      stopped = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
      queue.length = 0;
    },
    get armed() {
      return [...timers.keys()];
    },
  };
}
