import type {
  AnswerInput,
  ArmEffect,
  AskEffect,
  AskFailedInput,
  CancelEffect,
  TimeoutInput,
} from '@kerbside/kernel';
import type { Iso2Request, Iso2Response } from '../iso2/body.ts';
import type {
  supportedAppProtocolReqType,
  supportedAppProtocolResType,
} from '../messages/sap/supported-app-protocol.ts';
import type { EvseView, HlcRequest, PowerOnResult } from '../ports.ts';
import type { PausedSession } from './paused-session.ts';
import type { SeccReport } from './report.ts';

export type SeccTimer = 'sequence' | 'setup' | 'power-on' | 'linger';

/** What happens to the SECC. `facts` is the EVSE's state at that moment. */
export type SeccInput =
  | { readonly on: 'opened' }
  | { readonly on: 'app-protocol'; readonly req: supportedAppProtocolReqType }
  | {
      readonly on: 'request';
      readonly sessionId: Uint8Array;
      readonly request: Iso2Request;
      readonly facts: EvseView;
    }
  /** A message that cannot be answered: not to be decoded, or no request at all. */
  | { readonly on: 'unanswerable'; readonly reason: string }
  | { readonly on: 'peer-closed'; readonly reason: string }
  | { readonly on: 'close'; readonly reason: string }
  | TimeoutInput<SeccTimer>
  | AnswerInput<{ readonly result: PowerOnResult; readonly facts: EvseView }>
  | AskFailedInput;

export type SeccEffect =
  | { readonly do: 'send-app-protocol'; readonly res: supportedAppProtocolResType }
  | { readonly do: 'send'; readonly response: Iso2Response }
  | { readonly do: 'tell'; readonly request: HlcRequest }
  | { readonly do: 'report'; readonly report: SeccReport }
  | { readonly do: 'keep'; readonly session: PausedSession }
  | { readonly do: 'disconnect' }
  | ArmEffect<SeccTimer>
  | CancelEffect<SeccTimer>
  | AskEffect<'power-on'>;
