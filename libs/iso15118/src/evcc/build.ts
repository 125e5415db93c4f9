import { millis, type Duration, type Step } from '@kerbside/kernel';
import { nameOf, type Iso2Request } from '../iso2/body.ts';
import { ISO2_NAMESPACE } from '../messages/iso2/iso2.ts';
import type { supportedAppProtocolReqType } from '../messages/sap/supported-app-protocol.ts';
import { V2G_EVCC_Msg_Timeout } from '../timings.ts';
import type { CarOrder, EvccEffect, EvccPhase, EvccReport } from './inputs.ts';
import type { EvccConfig, EvccRequestName } from './vehicle.ts';

export interface EvccState {
  readonly phase: EvccPhase;
  readonly sessionId: Uint8Array;
  /** The request whose response is awaited; undefined between two turns of a loop. */
  readonly awaiting: EvccRequestName | undefined;
  readonly internetOffered: boolean;
  readonly tupleId: number;
  /** Power was switched on, so that it is to be switched off. */
  readonly powered: boolean;
  /** Why the charge is to end; the next turn acts on it. */
  readonly stop: string | undefined;
  /** The session ends with a pause. */
  readonly pause: boolean;
  /** Turns of the welding detection so far. */
  readonly turns: number;
  readonly misbehaved: boolean;
}

const initial: EvccState = {
  phase: 'app-protocol',
  sessionId: new Uint8Array(8),
  awaiting: undefined,
  internetOffered: false,
  tupleId: 1,
  powered: false,
  stop: undefined,
  pause: false,
  turns: 0,
  misbehaved: false,
};

export const initialEvccState = ({ pause, resume }: EvccConfig): EvccState => ({
  ...initial,
  pause: pause ?? false,
  ...(resume ? { sessionId: resume } : {}),
});

const appProtocolReq: supportedAppProtocolReqType = {
  AppProtocol: [
    {
      ProtocolNamespace: ISO2_NAMESPACE,
      VersionNumberMajor: 2,
      VersionNumberMinor: 0,
      SchemaID: 1,
      Priority: 1,
    },
  ],
};

/** Effects of one step, gathered in order. */
export class Build {
  readonly effects: EvccEffect[] = [];
  state: EvccState;
  readonly config: EvccConfig;

  constructor(state: EvccState, config: EvccConfig) {
    this.state = state;
    this.config = config;
  }

  with(change: Partial<EvccState>): this {
    this.state = { ...this.state, ...change };
    return this;
  }
  report(report: EvccReport): this {
    this.effects.push({ do: 'report', report });
    return this;
  }
  order(order: CarOrder): this {
    this.effects.push({ do: 'car', order });
    return this;
  }
  phase(phase: EvccPhase): this {
    return phase === this.state.phase
      ? this
      : this.with({ phase }).report({ report: 'phase', phase });
  }
  arm(timer: Extract<EvccEffect, { do: 'arm' }>['timer'], after: Duration): this {
    this.effects.push({ do: 'arm', timer, after });
    return this;
  }
  cancel(...timers: Extract<EvccEffect, { do: 'cancel' }>['timer'][]): this {
    for (const timer of timers) this.effects.push({ do: 'cancel', timer });
    return this;
  }
  #await(name: EvccRequestName): void {
    const after = millis(V2G_EVCC_Msg_Timeout[name] * (this.config.patience ?? 1));
    this.with({ awaiting: name }).arm('response', after);
  }
  /** True where the test wants this request to go wrong. */
  #misbehaves(name: EvccRequestName, request: Iso2Request | undefined): boolean {
    const { misbehaviour } = this.config;
    if (this.state.misbehaved || misbehaviour?.at !== name) return false;
    const { kind } = misbehaviour;
    this.effects.push({ do: 'misbehave', kind, name, sessionId: this.state.sessionId, request });
    this.with({ misbehaved: true });
    return true;
  }
  sendAppProtocol(): this {
    if (!this.#misbehaves('supportedAppProtocolReq', undefined))
      this.effects.push({ do: 'send-app-protocol', req: appProtocolReq });
    this.#await('supportedAppProtocolReq');
    return this;
  }
  send(request: Iso2Request): this {
    const name = nameOf(request) as EvccRequestName;
    if (!this.#misbehaves(name, request))
      this.effects.push({ do: 'send', sessionId: this.state.sessionId, request });
    this.#await(name);
    return this;
  }
  /** Rests until the next turn of a loop. */
  rest(interval: Duration): this {
    this.effects.push({ do: 'rest', after: interval });
    return this;
  }
  end(report: EvccReport): this {
    this.cancel('response', 'setup', 'ongoing', 'cable-check', 'pre-charge');
    if (report.report === 'failed') {
      // Whatever went wrong: stop drawing, open, tell the EVSE by the pilot.
      this.order({ order: 'stop-charge' });
      this.order({ order: 'battery-contactor', closed: false });
      this.order({ order: 'pilot', state: 'B' });
    }
    this.with({ phase: 'ended', awaiting: undefined, powered: false }).report(report);
    this.effects.push({ do: 'disconnect' });
    return this;
  }
  done(): Step<EvccState, EvccEffect> {
    return { state: this.state, effects: this.effects };
  }
}
