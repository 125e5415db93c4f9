import type {
  Job,
  LinkState,
  NetworkEffect,
  NetworkQuestion,
  NetworkReport,
  NetworkState,
  NetworkStep,
} from './network-state.ts';

const OFF: LinkState = { phase: 'off', since: 0 };

/** One turn of the machine: the state so far and what is to be done. */
export class Turn {
  state: NetworkState;
  readonly effects: NetworkEffect[] = [];
  readonly #wall: number;

  constructor(state: NetworkState, wall: number) {
    this.state = state;
    this.#wall = wall;
  }

  link(evse: number): LinkState {
    return this.state.links[evse] ?? OFF;
  }

  setLink(evse: number, link: Omit<LinkState, 'since'>): void {
    const before = this.link(evse);
    const since = before.phase === link.phase && before.since > 0 ? before.since : this.#wall;
    this.state = { ...this.state, links: { ...this.state.links, [evse]: { ...link, since } } };
  }

  report(report: NetworkReport): void {
    this.effects.push({ do: 'report', report });
  }

  ask(question: NetworkQuestion, job: Job): void {
    const asked = this.state.asked + 1;
    this.state = { ...this.state, asked, job };
    this.effects.push({ do: 'ask', id: String(asked), question });
  }

  idle(): void {
    const { job: _, ...rest } = this.state;
    this.state = rest;
  }

  done(): NetworkStep {
    return { state: this.state, effects: this.effects };
  }
}
