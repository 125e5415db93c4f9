import type { EnergyTransferModeType, responseCodeType } from '../messages/iso2/iso2.ts';
import type { EvseView, HlcRequest } from '../ports.ts';
import type { SeccConfig } from './config.ts';
import type { AgreedSchedule, PausedSession } from './paused-session.ts';

/** Which requests the SECC waits for. ISO 15118-2 8.8.4 */
export type SeccStateName =
  | 'app-protocol'
  | 'session-setup'
  | 'service-discovery'
  | 'service-selection'
  | 'authorization'
  | 'charge-parameters'
  | 'cable-check'
  | 'pre-charge'
  | 'power-delivery'
  /** PowerDeliveryReq came, the contactor is being closed. */
  | 'powering-on'
  | 'charging'
  | 'current-demand'
  /** PowerDelivery stop is done. */
  | 'power-off'
  | 'ended';

export interface SelectedVas {
  readonly serviceId: number;
  readonly parameterSetId?: number;
}

/** What is remembered of one V2G session. */
export interface SeccSession {
  /** Drawn for this connection, or that of the paused session; given to the car with SessionSetupRes. */
  readonly id: Uint8Array;
  readonly established: boolean;
  readonly evccId?: string;
  readonly mode?: EnergyTransferModeType;
  /** The one that was offered. */
  readonly schedule?: AgreedSchedule;
  /** The one that the car chose, with a PowerDelivery start that was answered with OK. */
  readonly agreed?: AgreedSchedule;
  /** The paused session that was joined. */
  readonly joined?: PausedSession;
  readonly authorizeAsked: boolean;
  readonly cableCheckAsked: boolean;
  readonly preCharged: boolean;
  /** PowerDelivery start was answered with OK, and no stop since. */
  readonly powered: boolean;
}

export const newSession = (id: Uint8Array): SeccSession => ({
  id,
  established: false,
  authorizeAsked: false,
  cableCheckAsked: false,
  preCharged: false,
  powered: false,
});

/** What a response is made from, besides the request. */
export interface SeccContext {
  readonly config: SeccConfig;
  readonly session: SeccSession;
  readonly facts: EvseView;
  /** A paused session that may be joined. */
  readonly paused: PausedSession | undefined;
  /** The session id in the header of the request. */
  readonly sessionId: Uint8Array;
  /** Monotonic milliseconds. */
  readonly now: number;
  /** Wall time, milliseconds since 1970. */
  readonly wall: number;
}

/** What follows from one request: the response, and what else changes. */
export interface Answer<Response> {
  readonly response: Response;
  /** The state stays where absent. */
  readonly next?: SeccStateName;
  readonly session?: Partial<SeccSession>;
  readonly tell?: readonly HlcRequest[];
  readonly vas?: readonly SelectedVas[];
  /** The session is to be kept for the car to come back. */
  readonly keep?: PausedSession;
}

export const isFailed = (code: responseCodeType): boolean => code.startsWith('FAILED');
export const isDc = (mode: EnergyTransferModeType | undefined): boolean =>
  mode?.startsWith('DC') ?? false;
/** True where the EVSE itself is a DC one, chosen mode or not. */
export const offersDc = (config: SeccConfig): boolean => config.energyTransferModes.some(isDc);
