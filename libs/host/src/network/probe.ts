import { Resolver } from 'node:dns/promises';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RawResult, watchAdvertisement } from './raw-icmp.ts';

/** What a car tries; read by `probe-main.ts` inside the namespace. */
export interface ProbeOrder {
  readonly interface: string;
  /** Prefix that SLAAC is to give, without `::/64`. */
  readonly prefix: string;
  readonly name: string;
  readonly resolvers: readonly string[];
  /** Ports of `name`. */
  readonly ports: readonly number[];
  /** That must not answer. */
  readonly forbidden: readonly {
    readonly what: string;
    readonly host: string;
    readonly port: number;
  }[];
  /** Ports of `name` that must not answer. */
  readonly closedPorts: readonly number[];
}

export interface ProbeResult {
  readonly advertisement: RawResult;
  readonly slaac: string | undefined;
  readonly names: { readonly v4: readonly string[]; readonly v6: readonly string[] };
  readonly namesSaid: string;
  readonly reached: readonly {
    readonly what: string;
    readonly ok: boolean;
    readonly said: string;
  }[];
  readonly refused: readonly {
    readonly what: string;
    readonly ok: boolean;
    readonly said: string;
  }[];
}

const SLAAC_LIMIT_MS = 8000;
const CONNECT_LIMIT_MS = 2500;
/** A refusal shows as silence: no need to wait as long. */
const REFUSED_LIMIT_MS = 1200;

/** Opens a TCP connection and drops it; says `connected`, or why not. */
export function tryConnect(host: string, port: number, limitMs: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const done = (said: string) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(said);
    };
    const timer = setTimeout(() => done('no answer'), limitMs);
    socket.once('connect', () => done('connected'));
    socket.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
  });
}

/** While duplicate address detection runs, an address is shown but nothing can be sent from it. RFC 4862 5.4 */
function isUsable(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(0, address, () => server.close(() => resolve(true)));
  });
}

async function untilSlaac({ interface: name, prefix }: ProbeOrder): Promise<string | undefined> {
  for (const end = performance.now() + SLAAC_LIMIT_MS; performance.now() < end;) {
    const found = networkInterfaces()[name]?.find(
      ({ family, address }) => family === 'IPv6' && address.startsWith(prefix),
    );
    if (found && (await isUsable(found.address))) return found.address;
    await sleep(100);
  }
  return undefined;
}

async function resolveName({ name, resolvers }: ProbeOrder) {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  if (resolvers.length > 0) resolver.setServers(resolvers);
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const said = [v4, v6].flatMap((one) =>
    one.status === 'rejected' ? [String((one.reason as Error).message)] : [],
  );
  return {
    names: {
      v4: v4.status === 'fulfilled' ? v4.value : [],
      v6: v6.status === 'fulfilled' ? v6.value : [],
    },
    namesSaid: said.join('; '),
  };
}

/** Everything that a car tries, in the order in which it would. */
export async function probe(order: ProbeOrder): Promise<ProbeResult> {
  const [advertisement, slaac] = await Promise.all([
    watchAdvertisement(SLAAC_LIMIT_MS),
    untilSlaac(order),
  ]);
  const { names, namesSaid } = await resolveName(order);
  const hosts = [...names.v6.slice(0, 1), ...names.v4.slice(0, 1)];
  const at = (host: string, port: number) => `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const reached = await Promise.all(
    order.ports.flatMap((port) =>
      hosts.map(async (host) => {
        const said = await tryConnect(host, port, CONNECT_LIMIT_MS);
        return { what: at(host, port), ok: said === 'connected', said };
      }),
    ),
  );
  const closed = order.closedPorts.flatMap((port) =>
    hosts.map((host) => ({ what: `port ${port} of ${host}`, host, port })),
  );
  const refused = await Promise.all(
    [...closed, ...order.forbidden].map(async ({ what, host, port }) => {
      const said = await tryConnect(host, port, REFUSED_LIMIT_MS);
      // A refusal by the other side means that we got there.
      return { what, ok: said !== 'connected' && said !== 'ECONNREFUSED', said };
    }),
  );
  return { advertisement, slaac, names, namesSaid, reached, refused };
}
