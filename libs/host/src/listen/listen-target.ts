import { PortError } from '@kerbside/kernel';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** What `http.Server.listen` takes: a descriptor that was passed, or an address. */
export type ListenTarget = { readonly fd: number } | ListenAddress;

/** First descriptor of systemd's socket activation. */
const FIRST_FD = 3;

/**
 * Where to listen: on the descriptor passed by systemd or the launcher (`LISTEN_FDS`), else at `fallback`.
 * With several descriptors `name` picks one by `LISTEN_FDNAMES`, as in sd_listen_fds_with_names(3).
 */
export function listenTarget(
  env: Readonly<Record<string, string | undefined>>,
  fallback: ListenAddress,
  name?: string,
): ListenTarget {
  const count = Number(env['LISTEN_FDS'] ?? 0);
  const meantForUs = env['LISTEN_PID'] === undefined || Number(env['LISTEN_PID']) === process.pid;
  if (!Number.isInteger(count) || count < 1 || !meantForUs) return fallback;
  if (name === undefined) return { fd: FIRST_FD };
  const names = (env['LISTEN_FDNAMES'] ?? '').split(':');
  const index = names.slice(0, count).indexOf(name);
  return index < 0 ? fallback : { fd: FIRST_FD + index };
}

/** Reads `8080`, `127.0.0.1:8080`, `[::1]:8080` or `host:8080`. */
export function parseListenAddress(text: string, host = '127.0.0.1'): ListenAddress {
  const match = /^(?:(?:\[([^\]]+)\]|([^:[\]]+)):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (!match || port > 65_535) {
    throw new PortError('bad-listen-address', `not an address to listen on: ${text}`);
  }
  return { host: match[1] ?? match[2] ?? host, port };
}
