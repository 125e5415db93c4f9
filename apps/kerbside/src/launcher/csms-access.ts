import { join } from 'node:path';
import { openNextFreeListener, type PassedListener, UsageError } from '@kerbside/host';
import type { BenchNetwork } from './network.ts';
import { type Relay, relay } from './relay.ts';
import type { StartOptions } from './start-options.ts';
import type { InnerFacts } from './user-namespace.ts';

/** How the charger reaches its CSMS. */
export interface CsmsAccess {
  /** Without the station's id; absent: the charger has none. */
  readonly url?: string;
  /** For the bench's own CSMS to listen on. */
  readonly ocpp?: PassedListener;
  close(): void;
}

const OCPP_PORT = 9000;

/** Opens the bench's own OCPP port, or the way to a CSMS elsewhere. */
export async function openCsmsAccess(
  options: StartOptions,
  network: BenchNetwork | undefined,
  inner: InnerFacts | undefined,
): Promise<CsmsAccess> {
  const host = network?.serviceHost ?? '127.0.0.1';
  if (options.csms) {
    const ocpp = openNextFreeListener({ host, port: OCPP_PORT });
    return { url: `ws://${host}:${ocpp.port}/ocpp`, ocpp, close: () => ocpp.close() };
  }
  if (options.csmsUrl === undefined) return { close: () => {} };
  if (!network) return { url: options.csmsUrl, close: () => {} };
  const opened = await relay(
    { host, port: OCPP_PORT },
    inner?.csmsSocket ? { path: inner.csmsSocket } : target(options.csmsUrl),
  );
  return { url: relayed(options.csmsUrl, host), close: () => opened.close() };
}

/** From inside a user namespace nothing leads outside but a Unix socket. */
export async function openWayOutside(
  options: StartOptions,
  directory: string,
): Promise<(Relay & { readonly path: string }) | undefined> {
  if (options.csmsUrl === undefined) return undefined;
  const path = join(directory, `csms-${process.pid}.sock`);
  const { close } = await relay({ path }, target(options.csmsUrl));
  return { path, close };
}

/** A TLS peer is known by its name, which a relay would hide. */
export function checkReachable(options: StartOptions): void {
  if (options.onInterfaces || !options.csmsUrl?.startsWith('wss:')) return;
  throw new UsageError(
    'a charger in a namespace of its own reaches no wss:// address; ' +
      'give it an interface of this machine (--evse 1=IFACE), or a ws:// address',
  );
}

function target(text: string): { host: string; port: number } {
  const url = new URL(text);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 80) };
}

function relayed(text: string, host: string): string {
  const url = new URL(text);
  url.host = `${host}:${OCPP_PORT}`;
  return url.href.replace(/\/+$/, '');
}
