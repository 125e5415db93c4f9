import { describe, expect, it } from 'vitest';
import { millis, runMachine, type MachineDefinition, type Step } from './index.ts';
import { ManualClock, settle } from './testing/index.ts';

type State = { readonly seen: readonly string[] };
type Input =
  | { on: 'go' }
  | { on: 'timeout'; timer: string }
  | { on: 'answer'; id: string; answer: unknown }
  | { on: 'ask-failed'; id: string; error: unknown };
type Effect =
  | { do: 'arm'; timer: 'T'; after: ReturnType<typeof millis> }
  | { do: 'cancel'; timer: 'T' }
  | { do: 'ask'; id: string; question: 'token' }
  | { do: 'send'; text: string };

const definition = (
  react: (input: Input) => readonly Effect[],
): MachineDefinition<State, Input, Effect> => ({
  initial: { seen: [] },
  step(state, input): Step<State, Effect> {
    const label = input.on === 'answer' ? `answer:${String(input.answer)}` : input.on;
    return { state: { seen: [...state.seen, label] }, effects: react(input) };
  },
});

/** What the port does beside, when it is told to stop or to wait. */
let stopOn: (() => void) | undefined;
let waitOn: (() => void) | undefined;

function run(react: (input: Input) => readonly Effect[], ask?: () => unknown) {
  const clock = new ManualClock();
  const sent: string[] = [];
  const failures: unknown[] = [];
  const machine = runMachine(definition(react), {
    clock,
    perform(effect) {
      if (effect.text === 'boom') throw new Error('port failed');
      sent.push(effect.text);
      if (effect.text === 'stop') stopOn?.();
      if (effect.text === 'wait') waitOn?.();
    },
    ...(ask ? { ask } : {}),
    failed: (error) => failures.push(error),
  });
  return { clock, sent, failures, machine };
}

describe('runMachine', () => {
  it('feeds a timeout back when an armed timer falls due, and not after it was cancelled', () => {
    const { clock, machine } = run((input) =>
      input.on === 'go' ? [{ do: 'arm', timer: 'T', after: millis(100) }] : [],
    );
    machine.feed({ on: 'go' });
    clock.advance(millis(99));
    expect(machine.state.seen).toEqual(['go']);
    clock.advance(millis(1));
    expect(machine.state.seen).toEqual(['go', 'timeout']);
    expect(machine.armed).toEqual([]);
  });

  it('starts a timer anew when it is armed twice', () => {
    const { clock, machine } = run((input) =>
      input.on === 'go' ? [{ do: 'arm', timer: 'T', after: millis(100) }] : [],
    );
    machine.feed({ on: 'go' });
    clock.advance(millis(60));
    machine.feed({ on: 'go' });
    clock.advance(millis(60));
    expect(machine.state.seen).toEqual(['go', 'go']);
    clock.advance(millis(40));
    expect(machine.state.seen).toEqual(['go', 'go', 'timeout']);
  });

  it('feeds the answer of a promise back later, and keeps taking inputs meanwhile', async () => {
    let give: (value: string) => void = () => {};
    const { machine } = run(
      (input) => (input.on === 'go' ? [{ do: 'ask', id: '1', question: 'token' }] : []),
      () => new Promise<string>((resolve) => (give = resolve)),
    );
    machine.feed({ on: 'go' });
    machine.feed({ on: 'timeout', timer: 'other' });
    give('yes');
    await settle();
    expect(machine.state.seen).toEqual(['go', 'timeout', 'answer:yes']);
  });

  it('turns a port that throws on ask into ask-failed', async () => {
    const { machine } = run(
      (input) => (input.on === 'go' ? [{ do: 'ask', id: '1', question: 'token' }] : []),
      () => Promise.reject(new Error('no')),
    );
    machine.feed({ on: 'go' });
    await settle();
    expect(machine.state.seen).toEqual(['go', 'ask-failed']);
  });

  it('goes on with the next effect when one fails, and says which', () => {
    const { machine, sent, failures } = run(() => [
      { do: 'send', text: 'boom' },
      { do: 'send', text: 'open contactor' },
    ]);
    machine.feed({ on: 'go' });
    expect(sent).toEqual(['open contactor']);
    expect(failures).toHaveLength(1);
  });

  it('arms nothing after it was stopped by an effect of the same step, and performs the rest', () => {
    const { clock, machine, sent } = run(() => [
      { do: 'send', text: 'stop' },
      { do: 'arm', timer: 'T', after: millis(5) },
      { do: 'send', text: 'open contactor' },
    ]);
    stopOn = machine.stop;
    machine.feed({ on: 'go' });
    expect(sent).toEqual(['stop', 'open contactor']);
    expect(clock.pending).toBe(0);
  });

  it('a timer that falls due while its own step arms it anew fires once, at its new time', () => {
    const { clock, machine } = run((input) =>
      input.on === 'go'
        ? [
            { do: 'send', text: 'wait' },
            { do: 'arm', timer: 'T', after: millis(100) },
          ]
        : [],
    );
    machine.feed({ on: 'go' });
    // the clock passes the deadline while an effect is performed
    waitOn = () => clock.advance(millis(150));
    machine.feed({ on: 'go' });
    waitOn = undefined;
    expect(machine.state.seen).toEqual(['go', 'go']);
    expect(machine.armed).toEqual(['T']);
    clock.advance(millis(100));
    expect(machine.state.seen).toEqual(['go', 'go', 'timeout']);
  });

  it('drops inputs, timers and answers after it was stopped', async () => {
    const { clock, machine } = run(
      (input) =>
        input.on === 'go'
          ? [
              { do: 'arm', timer: 'T', after: millis(5) },
              { do: 'ask', id: '1', question: 'token' },
            ]
          : [],
      () => Promise.resolve('late'),
    );
    machine.feed({ on: 'go' });
    machine.stop();
    clock.advance(millis(10));
    await settle();
    expect(machine.state.seen).toEqual(['go']);
    expect(clock.pending).toBe(0);
  });
});
