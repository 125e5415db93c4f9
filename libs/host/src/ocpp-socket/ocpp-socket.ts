import type { ClientRequest, IncomingMessage } from 'node:http';
import { PortError, type Secret } from '@kerbside/kernel';
import type { OcppSocketEvent, OcppSocketFactory } from '@kerbside/ocpp';
import { WebSocket } from 'ws';
import { explainConnectError, explainStatus } from './connect-reasons.ts';

export interface OcppSocketOptions {
  /** The CSMS without the identity: `ws://host:port/path` or `wss://...`; credentials are refused. */
  readonly url: string;
  /** Appended to the path, percent-encoded. OCPP-J 1.6 section 3.1.1 */
  readonly identity: string;
  /** Password of HTTP Basic; the user is the identity. OCPP-J 1.6 section 6.2 */
  readonly password?: Secret<string | Uint8Array>;
  /** Bytes; a longer message closes the connection. */
  readonly maxPayload?: number;
}

const SUBPROTOCOL = 'ocpp1.6';
const MAX_PAYLOAD = 1024 * 1024;
/** Milliseconds that a closing handshake may take before the socket is destroyed. */
const CLOSE_PATIENCE = 2_000;
/** Bytes that may wait for a CSMS that asks and does not read; past that the connection is given up. */
const MAX_WAITING = 4 * 1024 * 1024;

/** The address of a station at its CSMS. Throws a PortError that says what is wrong with the URL. */
export function stationUrl(url: string, identity: string): URL {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new PortError('ocpp.url', `not a URL: ${url}`);
  }
  if (parsed.protocol !== 'ws:' && parsed.protocol !== 'wss:')
    throw new PortError('ocpp.url', `the URL of a CSMS begins with ws:// or wss://: ${url}`);
  if (parsed.username || parsed.password)
    throw new PortError('ocpp.url', 'the URL of a CSMS holds no credentials');
  if (identity.length === 0 || identity.includes(':'))
    throw new PortError('ocpp.identity', 'an identity is not empty and has no colon');
  parsed.pathname = `${parsed.pathname.replace(/\/+$/, '')}/${encodeURIComponent(identity)}`;
  parsed.hash = '';
  return parsed;
}

function basicAuthorization(identity: string, password: string | Uint8Array): string {
  const secret = typeof password === 'string' ? Buffer.from(password, 'utf8') : password;
  const user = Buffer.from(`${identity}:`, 'utf8');
  return `Basic ${Buffer.concat([user, secret]).toString('base64')}`;
}

/** Opens WebSocket connections of OCPP 1.6 to one CSMS. Throws a PortError for a useless URL. */
export function createOcppSocketFactory(options: OcppSocketOptions): OcppSocketFactory {
  const url = stationUrl(options.url, options.identity);
  return (listener) => open(url, options, listener);
}

function open(
  url: URL,
  options: OcppSocketOptions,
  listener: (event: OcppSocketEvent) => void,
): ReturnType<OcppSocketFactory> {
  const { identity, password } = options;
  const socket = new WebSocket(url, [SUBPROTOCOL], {
    perMessageDeflate: false,
    maxPayload: options.maxPayload ?? MAX_PAYLOAD,
    followRedirects: false,
    ...(password
      ? { headers: { authorization: basicAuthorization(identity, password.reveal()) } }
      : {}),
  });
  let opened = false;
  let ended = false;
  let failure: string | undefined;

  function end(code: number, reason: string): void {
    if (ended) return;
    ended = true;
    listener({ event: 'closed', opened, code, reason });
  }

  socket.on('open', () => {
    opened = true;
    listener({ event: 'open', protocol: socket.protocol });
  });
  socket.on('message', (data, isBinary) => {
    // OCPP-J knows text frames only; a binary one is reported and answered as junk.
    const text = isBinary ? '' : (data as Buffer).toString('utf8');
    if (!ended) listener({ event: 'text', text });
  });
  function bound(): void {
    if (socket.bufferedAmount <= MAX_WAITING) return;
    failure ??= 'the CSMS does not read what it is sent';
    socket.terminate();
  }

  socket.on('ping', () => {
    // its pong was queued just now
    bound();
    if (!ended) listener({ event: 'ping' });
  });
  socket.on('pong', () => {
    if (!ended) listener({ event: 'pong' });
  });
  socket.on('unexpected-response', (request: ClientRequest, response: IncomingMessage) => {
    failure = explainStatus(response.statusCode ?? 0, response.statusMessage ?? '', url);
    request.destroy();
    end(1006, failure);
  });
  socket.on('error', (error) => {
    failure ??= explainConnectError(error, url);
  });
  socket.on('close', (code, reason) => {
    const said = reason.toString('utf8');
    end(code, failure ?? (said || `closed by the CSMS (${code})`));
  });

  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return;
      socket.send(text, () => {});
      bound();
    },
    ping() {
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    },
    close(code, reason) {
      if (socket.readyState !== WebSocket.OPEN) {
        socket.terminate();
        return;
      }
      socket.close(code, Buffer.from(reason, 'utf8').subarray(0, 123).toString('utf8'));
      setTimeout(() => socket.terminate(), CLOSE_PATIENCE).unref();
    },
  };
}
