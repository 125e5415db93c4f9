import type { Duration, Moment } from '@kerbside/kernel';
import type { ChargingFact, Fact, ServiceFact } from '../facts.ts';
import type { EvseEffect, EvseQuestion, Timer } from './inputs.ts';
import type { EvseState, Session, Transaction, V2gState } from './state.ts';

/** One step in the making: the concerns of the EVSE change its state and add effects, in order. */
export class Turn {
  #state: EvseState;
  readonly effects: EvseEffect[] = [];
  readonly moment: Moment;

  constructor(state: EvseState, moment: Moment) {
    this.#state = state;
    this.moment = moment;
  }

  get state(): EvseState {
    return this.#state;
  }

  set(patch: Partial<EvseState>): void {
    this.#state = { ...this.#state, ...patch };
  }

  setSession(patch: Partial<Session>): void {
    const { session } = this.#state;
    if (session) this.set({ session: { ...session, ...patch } });
  }

  setTransaction(patch: Partial<Transaction>): void {
    const { transaction } = this.#state;
    if (transaction) this.set({ transaction: { ...transaction, ...patch } });
  }

  setV2g(patch: Partial<V2gState>): void {
    const { comm } = this.#state;
    if (comm.at === 'talking') this.set({ comm: { ...comm, v2g: { ...comm.v2g, ...patch } } });
  }

  do(...effects: readonly EvseEffect[]): void {
    this.effects.push(...effects);
  }

  /** Opening acts before anything else of the step. */
  first(...effects: readonly EvseEffect[]): void {
    this.effects.unshift(...effects);
  }

  arm(timer: Timer, after: Duration): void {
    this.do({ do: 'arm', timer, after });
  }

  cancel(timer: Timer): void {
    this.do({ do: 'cancel', timer });
  }

  /** Puts a question; the name tells its answer from older ones. */
  ask(question: EvseQuestion): string {
    const id = `${question.ask}:${this.#count()}`;
    this.do({ do: 'ask', id, question });
    return id;
  }

  /** A name that no other session or transaction of any run has. */
  newName(): string {
    return `${this.#state.ids.salt}-${this.#count()}`;
  }

  #count(): number {
    const count = this.#state.ids.count + 1;
    this.set({ ids: { ...this.#state.ids, count } });
    return count;
  }

  /** Adds a fact to the outbox; `session` where it belongs to another than the present or coming one. */
  fact(
    body: ChargingFact | ServiceFact,
    session = this.#state.session?.id ?? this.#state.comingSession,
  ): void {
    const fact = {
      at: this.moment.wall,
      evse: this.#state.config.evse,
      ...(session === undefined ? {} : { session }),
      ...body,
    } as Fact;
    const { outbox } = this.#state;
    this.set({ outbox: { ...outbox, queue: [...outbox.queue, fact] } });
  }
}
