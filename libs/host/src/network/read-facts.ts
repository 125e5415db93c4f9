import { Resolver } from 'node:dns/promises';
import { closeSync, constants, openSync } from 'node:fs';
import { isIP } from 'node:net';
import type { FactsRequest, FilterTable, NetworkFacts } from '@kerbside/vas';
import { runTool } from '../process/run-tool.ts';
import { presenceOf, type ToolPaths } from './find-tools.ts';
import { namesIn, textOf } from './this-machine.ts';

interface Link {
  readonly ifname: string;
  readonly ifindex: number;
  readonly flags?: readonly string[];
  readonly addr_info?: readonly { readonly local: string; readonly prefixlen: number }[];
}
interface Route {
  readonly dst: string;
  readonly dev?: string;
  readonly protocol?: string;
  readonly table?: string | number;
}

/** All are of one mount, and are written by the same right. */
const ONE_SETTING = '/proc/sys/net/ipv4/conf/all/forwarding';

const json = <T>(text: string): T[] => JSON.parse(text.trim() || '[]') as T[];

/** Reads what a plan depends on. Rejects with the first tool's error. */
export async function readFacts(paths: ToolPaths, request: FactsRequest): Promise<NetworkFacts> {
  const ip = (...args: string[]) =>
    paths.ip === undefined ? Promise.resolve('[]') : runTool(paths.ip, args);
  const [links, routes4, routes6, tables, resolved] = await Promise.all([
    ip('-json', 'address', 'show'),
    ip('-4', '-json', 'route', 'show', 'table', 'all'),
    ip('-6', '-json', 'route', 'show', 'default'),
    readTables(paths),
    resolveNames(request),
  ]);
  const all4 = json<Route>(routes4);
  const defaults = (family: 4 | 6, routes: readonly Route[]) =>
    routes
      .filter(({ dst, dev, table }) => dst === 'default' && dev && table === undefined)
      .map(({ dev, protocol }) => ({
        family,
        interface: dev as string,
        advertised: protocol === 'ra',
      }));
  return {
    tools: presenceOf(paths),
    interfaces: json<Link>(links).map(({ ifname, ifindex, flags = [], addr_info = [] }) => ({
      name: ifname,
      index: ifindex,
      up: flags.includes('UP') && !flags.includes('NO-CARRIER'),
      addresses: addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen}`),
    })),
    defaultRoutes: [...defaults(6, json<Route>(routes6)), ...defaults(4, all4)],
    routes4: all4.filter(({ dst }) => dst !== 'default').map(({ dst }) => dst),
    sysctls: readSysctls(),
    unwritable: whyUnwritable(),
    tables,
    resolvers: readResolvers(),
    resolved,
  };
}

function readSysctls(): Record<string, string> {
  const found: Record<string, string> = {};
  const take = (family: 'ipv4' | 'ipv6', names: readonly string[]) => {
    const base = `/proc/sys/net/${family}/conf`;
    for (const device of namesIn(base))
      for (const name of names) {
        const value = textOf(`${base}/${device}/${name}`);
        if (value !== undefined) found[`net.${family}.conf.${device}.${name}`] = value;
      }
  };
  take('ipv6', ['forwarding', 'accept_ra']);
  take('ipv4', ['forwarding']);
  return found;
}

/**
 * Opened for writing, not asked for: access(2) does not count ambient capabilities. Nothing is written.
 */
function whyUnwritable(): string | undefined {
  try {
    closeSync(openSync(ONE_SETTING, constants.O_WRONLY));
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : (code ?? String(error));
  }
}

/** Those that another machine can ask too: a resolver on this machine's loopback is none. */
function readResolvers(): string[] {
  for (const file of ['/etc/resolv.conf', '/run/systemd/resolve/resolv.conf']) {
    const servers = [...(textOf(file) ?? '').matchAll(/^nameserver\s+(\S+)/gm)].map(
      ([, address]) => address as string,
    );
    const usable = servers.filter(
      (address) => isIP(address) > 0 && !/^(127\.|::1$|fe80:)/i.test(address),
    );
    if (usable.length > 0) return usable;
  }
  return [];
}

/** One base chain or one rule of `nft -j list ruleset`. */
export interface RulesetEntry {
  readonly table?: { readonly family: string; readonly name: string };
  readonly chain?: {
    readonly family: string;
    readonly table: string;
    readonly name: string;
    readonly hook?: string;
    readonly policy?: string;
  };
  readonly rule?: { readonly family: string; readonly table: string; readonly chain: string };
  readonly set?: { readonly family: string; readonly table: string };
  readonly map?: { readonly family: string; readonly table: string };
}

/** All tables, chains, sets and rules: `nft` reads and translates every rule of the owner's. */
export const readRuleset = (nft: string): Promise<readonly RulesetEntry[]> =>
  listed(nft, '-t', 'list', 'ruleset');

/** What `nft -j` lists; each command of several prints a document in a line of its own. */
async function listed(nft: string, ...words: string[]): Promise<RulesetEntry[]> {
  const text = await runTool(nft, ['-j', ...words]);
  return text
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => (JSON.parse(line) as { nftables: RulesetEntry[] }).nftables);
}

async function readTables(paths: ToolPaths): Promise<FilterTable[] | undefined> {
  if (paths.nft === undefined) return undefined;
  const entries = await listed(paths.nft, 'list tables; list chains');
  return entries.flatMap(({ table }) => {
    if (!table || (table.family !== 'ip' && table.family !== 'ip6')) return [];
    const chains = entries.flatMap(({ chain }) =>
      chain?.family === table.family && chain.table === table.name && chain.hook !== undefined
        ? [chain.name]
        : [],
    );
    return [{ family: table.family, table: table.name, chains }];
  });
}

const RESOLVE_MS = 2000;

/** A name that does not resolve in time has no address: nothing is opened for it. */
async function resolveNames({ names, resolvers }: FactsRequest) {
  if (names.length === 0) return {};
  const resolver = new Resolver({ timeout: RESOLVE_MS, tries: 1 });
  if (resolvers.length > 0) resolver.setServers(resolvers);
  const found = await Promise.all(
    names.map(async (name) => {
      const [v4, v6] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
      const addresses = [v4, v6].flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
      return [name, addresses] as const;
    }),
  );
  return Object.fromEntries(found);
}
