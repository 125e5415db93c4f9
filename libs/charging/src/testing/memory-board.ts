import { type Amps, type Clock, type Duration, millis, type Volts, volts } from '@kerbside/kernel';
import type { PilotOutput, PilotState } from '../pilot.ts';
import type { Board, BoardEvent } from '../ports.ts';

export interface MemoryBoard extends Board {
  /** What was ordered, in order. */
  readonly orders: string[];
  readonly contactor: 'closed' | 'open' | 'welded';
  readonly lock: 'locked' | 'unlocked' | 'failed';
  readonly output: PilotOutput;
  readonly closes: number;
  /** Called whenever the contactor is ordered closed, before it closes. */
  onClose: () => void;
  /** Link up with the whole state, or down; a board without a link opens by itself. */
  link(up: boolean, told?: { readonly pluggedFor: Duration }): void;
  pilot(state: PilotState, voltage?: Volts): void;
  cable(rating: Amps | undefined): void;
  token(idToken: string): void;
  fault(code: string, active: boolean): void;
  temperature(celsius: number): void;
  /** The output is still the F of an earlier run of the charger. */
  leftAtF(): void;
  /** The contactor opens without an order. */
  trip(): void;
  readonly broken: { stuckOpen: boolean; welded: boolean; lock: boolean };
}

/** A board in memory: contactor and lock move after a delay, the pilot does what the test says. */
export function memoryBoard(options: {
  readonly clock: Clock;
  readonly contactorDelay?: Duration;
  readonly lockDelay?: Duration;
}): MemoryBoard {
  const { clock } = options;
  const listeners: ((event: BoardEvent) => void)[] = [];
  const orders: string[] = [];
  const faults = new Map<string, string>();
  const broken = { stuckOpen: false, welded: false, lock: false };
  let linked = false;
  let contactor: MemoryBoard['contactor'] = 'open';
  let wanted: 'closed' | 'open' = 'open';
  let lock: MemoryBoard['lock'] = 'unlocked';
  let output: PilotOutput = 'X1';
  let plug: PilotState = 'A';
  let rating: Amps | undefined;
  let closes = 0;

  const tell = (event: BoardEvent): void => {
    if (linked || event.event === 'link') for (const listener of listeners) listener(event);
  };
  const measured = (): PilotState => (output === 'F' ? 'F' : plug);
  const order = (text: string, act: () => void): void => {
    if (!linked) return;
    orders.push(text);
    act();
  };
  function settleContactor(): void {
    const next =
      wanted === 'closed'
        ? broken.stuckOpen
          ? 'open'
          : 'closed'
        : contactor === 'closed' && broken.welded
          ? 'welded'
          : 'open';
    if (next === contactor) return;
    contactor = next;
    tell({ event: 'contactor', state: contactor });
  }
  const moveContactor = (to: 'closed' | 'open'): void => {
    wanted = to;
    clock.arm(options.contactorDelay ?? millis(50), settleContactor);
  };

  const board: MemoryBoard = {
    orders,
    broken,
    onClose: () => {},
    get contactor() {
      return contactor;
    },
    get lock() {
      return lock;
    },
    get output() {
      return output;
    },
    get closes() {
      return closes;
    },
    setPilot: (next) =>
      order(`pilot ${typeof next === 'string' ? next : next.dutyPercent}`, () => {
        const before = measured();
        output = next;
        if (measured() !== before) tell({ event: 'pilot', state: measured() });
      }),
    closeContactor: () =>
      order('close', () => {
        closes++;
        board.onClose();
        moveContactor('closed');
      }),
    openContactor: () => order('open', () => moveContactor('open')),
    setLock: (locked) =>
      order(locked ? 'lock' : 'unlock', () => {
        clock.arm(options.lockDelay ?? millis(100), () => {
          lock = broken.lock ? 'failed' : locked ? 'locked' : 'unlocked';
          tell({ event: 'lock', state: lock });
        });
      }),
    onEvent: (listener) => void listeners.push(listener),
    link(up, told) {
      if (up === linked) return;
      if (!up) {
        linked = false;
        moveContactor('open');
        tell({ event: 'link', up: false, reason: 'test' });
        return;
      }
      linked = true;
      tell({ event: 'cable', rating });
      tell({ event: 'contactor', state: contactor });
      tell({ event: 'lock', state: lock });
      for (const [code, text] of faults) tell({ event: 'fault', code, text, active: true });
      tell({ event: 'pilot', state: measured(), ...told });
      tell({ event: 'link', up: true });
    },
    pilot(state, voltage = volts(0)) {
      plug = state;
      if (output !== 'F') tell({ event: 'pilot', state, voltage });
    },
    cable(next) {
      rating = next;
      tell({ event: 'cable', rating });
    },
    token: (idToken) => tell({ event: 'token', idToken }),
    fault(code, active) {
      if (active) faults.set(code, code);
      else faults.delete(code);
      tell({ event: 'fault', code, text: code, active });
    },
    temperature: (celsius) => tell({ event: 'temperature', celsius }),
    leftAtF: () => void (output = 'F'),
    trip() {
      wanted = 'open';
      settleContactor();
    },
  };
  return board;
}
