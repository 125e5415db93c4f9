import type { Cancel } from '@kerbside/kernel';
import type {
  EvseSide,
  SdpResponder,
  V2gConnection,
  V2gConnectionListener,
  V2gEndpoint,
  V2gTransport,
} from '../ports.ts';
import { V2G_SECC_CommunicationSetup_Timeout } from '../timings.ts';
import { ipv6ToText } from '../sdp/ipv6-text.ts';
import type { SeccConfig } from './config.ts';
import type { PausedSession } from './paused-session.ts';
import { MAX_REPORTED_BYTES, type SeccReport } from './report.ts';
import { createSecc, type Secc, type SeccPorts } from './secc.ts';

/** What the V2G service of one EVSE tells the journal, besides what happens within a session. */
export type V2gServiceReport =
  | SeccReport
  | {
      readonly report: 'sdp';
      readonly from: string;
      readonly wanted: 'tls' | 'none';
      /** What it was told; undefined where there was nothing to offer. */
      readonly answered: { address: string; port: number; security: 'tls' | 'none' } | undefined;
    }
  | { readonly report: 'connected'; readonly remote: string; readonly security: string }
  | { readonly report: 'refused'; readonly remote: string; readonly reason: string }
  | { readonly report: 'listening'; readonly address: string; readonly port: number }
  | { readonly report: 'not-listening' }
  | { readonly report: 'failure'; readonly code: string; readonly reason: string };

export interface V2gServiceOptions {
  /** Asked anew for each session, so that a changed configuration takes effect. */
  config(): SeccConfig;
  readonly side: EvseSide;
  readonly ports: SeccPorts;
  readonly transport: V2gTransport;
  readonly sdp: SdpResponder;
  report(report: V2gServiceReport): void;
}

/** The V2G service of one EVSE, as the EVSE commands it: discovery, and one session at a time. */
export interface V2gService {
  open(): void;
  close(reason: string): void;
}

const codeOf = (error: Error) => ('code' in error ? String(error.code) : error.name);

export function createV2gService(options: V2gServiceOptions): V2gService {
  const { side, ports, transport, sdp, report } = options;
  let isOpen = false;
  let endpoint: V2gEndpoint | undefined;
  let live: { secc: Secc; connection: V2gConnection } | undefined;
  let cancelSetup: Cancel = () => {};
  let paused: PausedSession | undefined;

  const failure = (error: Error) =>
    report({ report: 'failure', code: codeOf(error), reason: error.message });

  function onConnection(connection: V2gConnection): V2gConnectionListener | undefined {
    const { remote, security } = connection;
    if (live && live.secc.state !== 'ended') {
      report({ report: 'refused', remote, reason: 'a session is running' });
      return undefined;
    }
    // The one before has had its last response and only waits for the car to close.
    live?.secc.close('replaced');
    report({ report: 'connected', remote, security });
    const secc = createSecc({
      config: options.config(),
      side,
      ports,
      transport: connection,
      paused,
      keep: (session) => (paused = session),
      report(entry) {
        if (entry.report === 'session') {
          cancelSetup();
          // one pause, one return; a car that wants a new session gives the old one up
          paused = undefined;
        }
        report(entry);
      },
    });
    live = { secc, connection };
    return {
      onBytes: (bytes) => secc.onBytes(bytes),
      onClosed(reason) {
        if (live?.secc === secc) live = undefined;
        secc.onClosed(reason);
      },
    };
  }

  function open(): void {
    if (isOpen) return;
    isOpen = true;
    cancelSetup = ports.clock.arm(V2G_SECC_CommunicationSetup_Timeout, () => {
      const reason = 'no V2G session within V2G_SECC_CommunicationSetup_Timeout';
      side.request({ request: 'lost', reason });
      report({ report: 'ended', reason, ok: false });
    });
    transport.open({
      onConnection,
      onFailure: failure,
      onEndpoint(now) {
        endpoint = now;
        if (!now) report({ report: 'not-listening' });
        else report({ report: 'listening', address: ipv6ToText(now.address), port: now.port });
      },
    });
    sdp.open({
      onFailure: failure,
      onMalformed: (error, raw, from) =>
        report({
          report: 'malformed',
          code: codeOf(error),
          reason: `${error.message}, from ${from}`,
          offset: 0,
          raw: raw.slice(0, MAX_REPORTED_BYTES),
        }),
      onRequest({ security: wanted }, from) {
        // A car that wants TLS is told what there is; it decides whether that will do.
        const answered = endpoint && {
          address: ipv6ToText(endpoint.address),
          port: endpoint.port,
          security: endpoint.security,
        };
        report({ report: 'sdp', from, wanted, answered });
        return endpoint;
      },
    });
  }

  return {
    open,
    close(reason) {
      if (!isOpen) return;
      isOpen = false;
      cancelSetup();
      sdp.close();
      live?.secc.close(reason);
      live = undefined;
      transport.close();
      endpoint = undefined;
    },
  };
}
