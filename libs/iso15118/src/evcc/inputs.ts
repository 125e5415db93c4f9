import type { Amps, ArmEffect, CancelEffect, Duration, TimeoutInput } from '@kerbside/kernel';
import type { Iso2Request, Iso2Response } from '../iso2/body.ts';
import type {
  supportedAppProtocolReqType,
  supportedAppProtocolResType,
} from '../messages/sap/supported-app-protocol.ts';
import type { EvccRequestName, MisbehaviourKind, VehicleView } from './vehicle.ts';

export type EvccTimer = 'response' | 'setup' | 'ongoing' | 'cable-check' | 'pre-charge';

/** What happens to the EVCC. `car` is the car at that moment. */
export type EvccInput =
  | { readonly on: 'connected'; readonly car: VehicleView }
  | {
      readonly on: 'app-protocol';
      readonly res: supportedAppProtocolResType;
      readonly car: VehicleView;
    }
  | {
      readonly on: 'response';
      readonly sessionId: Uint8Array;
      readonly response: Iso2Response;
      readonly car: VehicleView;
    }
  | { readonly on: 'unusable'; readonly reason: string }
  /** The turn of the loop is due. */
  | { readonly on: 'due'; readonly car: VehicleView }
  /** The driver or the car ends the charge. */
  | {
      readonly on: 'stop';
      readonly reason: string;
      /** The session is to be paused. */
      readonly pause?: boolean;
      readonly car: VehicleView;
    }
  | { readonly on: 'peer-closed'; readonly reason: string }
  | TimeoutInput<EvccTimer>;

export type EvccEffect =
  | { readonly do: 'send-app-protocol'; readonly req: supportedAppProtocolReqType }
  | { readonly do: 'send'; readonly sessionId: Uint8Array; readonly request: Iso2Request }
  | {
      readonly do: 'misbehave';
      readonly kind: MisbehaviourKind;
      readonly name: EvccRequestName;
      readonly sessionId: Uint8Array;
      readonly request: Iso2Request | undefined;
    }
  | { readonly do: 'car'; readonly order: CarOrder }
  | { readonly do: 'report'; readonly report: EvccReport }
  /** The next turn of the loop is due after this time. */
  | { readonly do: 'rest'; readonly after: Duration }
  | { readonly do: 'disconnect' }
  | ArmEffect<EvccTimer>
  | CancelEffect<EvccTimer>;

/** What the EVCC wants of the rest of the car. */
export type CarOrder =
  | { readonly order: 'pilot'; readonly state: 'B' | 'C' }
  | { readonly order: 'battery-contactor'; readonly closed: boolean }
  /** Take power: on AC at most this much per phase. */
  | { readonly order: 'charge'; readonly maxCurrent?: Amps }
  | { readonly order: 'stop-charge' };

export type EvccReport =
  | {
      readonly report: 'message';
      readonly direction: 'in' | 'out';
      readonly name: string;
      readonly responseCode?: string;
    }
  | { readonly report: 'phase'; readonly phase: EvccPhase }
  | { readonly report: 'services'; readonly offered: readonly number[] }
  | { readonly report: 'stopping'; readonly reason: string }
  /** `joined`: the paused session goes on; else a new one began. */
  | { readonly report: 'session'; readonly joined: boolean }
  /** `paused`: the id to come back with. */
  | { readonly report: 'done'; readonly reason: string; readonly paused?: Uint8Array }
  | { readonly report: 'failed'; readonly reason: string };

export type EvccPhase =
  | 'app-protocol'
  | 'session-setup'
  | 'service-discovery'
  | 'service-detail'
  | 'service-selection'
  | 'authorization'
  | 'charge-parameters'
  | 'cable-check'
  | 'pre-charge'
  | 'power-on'
  | 'charging'
  | 'power-off'
  | 'welding-detection'
  | 'session-stop'
  | 'ended';
