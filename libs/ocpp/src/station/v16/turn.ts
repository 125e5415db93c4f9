import { type Moment, seconds, type Step } from '@kerbside/kernel';
import type { CsmsAction, CsmsToStation, StationAction } from '../../messages/v16/actions.ts';
import type { RequestOf } from '../../messages/v16/validate.ts';
import { callError, type CallError } from '../../rpc/error-codes.ts';
import type { JsonObject } from '../../rpc/frame.ts';
import type { CallResponse } from '../../rpc/rpc-machine.ts';
import type {
  Connector,
  StationEffect,
  StationQuestion,
  StationState,
  Work,
} from './station-state.ts';

/** One step in the making: the state as it grows, and the effects in their order. */
export class Turn {
  state: StationState;
  readonly moment: Moment;
  readonly #effects: StationEffect[] = [];

  constructor(state: StationState, moment: Moment) {
    this.state = state;
    this.moment = moment;
  }

  get step(): Step<StationState, StationEffect> {
    return { state: this.state, effects: this.#effects };
  }

  /** Connected, and the CSMS has accepted the boot: anything may be sent. */
  get online(): boolean {
    return this.state.connected && this.state.registration === 'accepted';
  }

  set(change: Partial<StationState>): void {
    this.state = { ...this.state, ...change };
  }

  setConnector(connector: number, change: Partial<Connector>): void {
    const known = this.state.connectors.get(connector);
    if (!known) return;
    this.set({
      connectors: new Map([...this.state.connectors, [connector, { ...known, ...change }]]),
    });
  }

  do(...effects: readonly StationEffect[]): void {
    this.#effects.push(...effects);
  }

  arm(timer: string, afterSeconds: number): void {
    this.do({ do: 'arm', timer, after: seconds(afterSeconds) });
  }

  cancel(timer: string): void {
    this.do({ do: 'cancel', timer });
  }

  #begin(work: Work): string {
    const id = `w${this.state.nextWork}`;
    this.set({
      nextWork: this.state.nextWork + 1,
      work: new Map([...this.state.work, [id, work]]),
    });
    return id;
  }

  /** The work behind an outcome or answer; it is over with it. */
  finish(id: string): Work | undefined {
    const work = this.state.work.get(id);
    if (!work) return undefined;
    const rest = new Map(this.state.work);
    rest.delete(id);
    this.set({ work: rest });
    return work;
  }

  call<A extends StationAction>(
    work: Work,
    action: A,
    payload: RequestOf<A>,
    options: { readonly urgent?: boolean } = {},
  ): string {
    const id = this.#begin(work);
    const text = JSON.stringify(payload);
    this.do({ do: 'call', id, action, payload: text, urgent: options.urgent ?? false });
    return id;
  }

  ask(work: Work, question: StationQuestion): void {
    const id = this.#begin(work);
    this.do({ do: 'ask', id, question });
  }

  respond<A extends CsmsAction>(id: string, _: A, result: CsmsToStation[A]['response']): void {
    this.respondWith(id, { result: result as unknown as JsonObject });
  }

  respondWith(id: string, response: CallResponse): void {
    this.do({ do: 'respond', id, response });
  }

  refuse(id: string, code: CallError['code'], description: string): void {
    this.respondWith(id, { error: callError(code, description) });
  }

  report(type: `ocpp.${string}`, data: Readonly<Record<string, unknown>>): void {
    this.do({ do: 'report', type, data });
  }
}
