import type { Amps, Percent, Volts, WattHours, Watts } from '@kerbside/kernel';
import type { SdpRequest, SdpResponse } from './sdp/sdp.ts';

export interface SupplyLimits {
  readonly minVoltage: Volts;
  readonly maxVoltage: Volts;
  readonly minCurrent: Amps;
  readonly maxCurrent: Amps;
  readonly maxPower: Watts;
}

/** What the SECC reads whenever it answers the car: the EVSE's live state. */
export interface EvseView {
  readonly authorization: 'waiting' | 'accepted' | 'rejected';
  /** Key of the transaction that is open: what a pause of the V2G session lasts at most. */
  readonly transaction: string | undefined;
  readonly contactor: 'open' | 'closed';
  /** Set when the EVSE wants the session to end: the car is told to stop. */
  readonly stop: string | undefined;
  readonly fault: string | undefined;
  readonly cableCheck: 'idle' | 'ongoing' | 'valid' | 'warning' | 'fault';
  readonly present: { readonly voltage: Volts; readonly current: Amps };
  /** Effective limit per phase on AC, of the output on DC. */
  readonly maxCurrent: Amps;
  readonly supply: SupplyLimits | undefined;
  readonly meter: { readonly id: string; readonly energy: WattHours } | undefined;
}

/** What the car asks for, told to the EVSE as it happens. Voltages and currents at the inlet. */
export type HlcRequest =
  | { readonly request: 'session-setup'; readonly evccId: string; readonly protocol: string }
  | { readonly request: 'authorize' }
  | {
      readonly request: 'charge-parameters';
      readonly mode: 'AC' | 'DC';
      readonly maxVoltage?: Volts;
      readonly maxCurrent?: Amps;
      readonly minCurrent?: Amps;
      readonly energyWanted?: WattHours;
      readonly soc?: Percent;
    }
  | { readonly request: 'cable-check' }
  | { readonly request: 'pre-charge'; readonly voltage: Volts; readonly current: Amps }
  | {
      readonly request: 'demand';
      readonly voltage: Volts;
      readonly current: Amps;
      readonly soc?: Percent;
    }
  | { readonly request: 'power-off' }
  | { readonly request: 'welding-detection' }
  | { readonly request: 'session-stop'; readonly pause: boolean }
  /** The V2G session is gone without a SessionStop. */
  | { readonly request: 'lost'; readonly reason: string };

export type PowerOnResult = { readonly on: true } | { readonly on: false; readonly reason: string };

/** The EVSE behind the SECC: its live state, what the car asks of it, and the one thing that is awaited. */
export interface EvseSide {
  view(): EvseView;
  request(request: HlcRequest): void;
  /** PowerDelivery start: resolves when the contactor is closed, or says why it will not. Never rejects. */
  powerOn(): Promise<PowerOnResult>;
}

/** One connection to a peer: a stream of bytes. */
export interface V2gConnection {
  /** Address and port of the peer, for the journal. */
  readonly remote: string;
  readonly security: 'none' | 'tls1.2' | 'tls1.3';
  send(bytes: Uint8Array): void;
  /** Sends what is still queued, then closes. Closing twice does nothing. */
  close(): void;
}

/** What a connection's owner is told. */
export interface V2gConnectionListener {
  onBytes(bytes: Uint8Array): void;
  /** The connection is gone, whoever closed it. Called once. */
  onClosed(reason: string): void;
}

/** Where a car may connect now. */
export type V2gEndpoint = Pick<SdpResponse, 'address' | 'port' | 'security'>;

export interface V2gTransportListener {
  /** undefined while there is no usable address. */
  onEndpoint(endpoint: V2gEndpoint | undefined): void;
  /** A car has connected; undefined refuses it. */
  onConnection(connection: V2gConnection): V2gConnectionListener | undefined;
  /** The transport cannot work now; it goes on trying. */
  onFailure(error: Error): void;
}

/** Accepts the connections of the cars on one interface. */
export interface V2gTransport {
  open(listener: V2gTransportListener): void;
  /** Stops listening and closes every connection. */
  close(): void;
}

export interface SdpListener {
  /** A datagram came in; what is returned goes back to its sender. */
  onRequest(request: SdpRequest, from: string): SdpResponse | undefined;
  onMalformed(error: Error, datagram: Uint8Array, from: string): void;
  onFailure(error: Error): void;
}

/** The SECC discovery server of one interface. */
export interface SdpResponder {
  open(listener: SdpListener): void;
  close(): void;
}
