/** An IPv4 network as number and prefix length. */
interface Network {
  readonly base: number;
  readonly length: number;
}

export interface SmallNetwork {
  /** The two hosts of a /30. */
  readonly first: string;
  readonly second: string;
  readonly length: 30;
}

/** RFC 2544 (never routed), then corners of RFC 1918 that people seldom use. */
const POOLS = ['198.18.0.0/16', '198.19.0.0/16', '172.31.240.0/20', '10.231.0.0/16'];

/** Picks `count` networks of four addresses that overlap with nothing in `taken` (CIDR notation). */
export function freeNetworks(count: number, taken: readonly string[]): SmallNetwork[] {
  const busy = taken.map(parseNetwork).filter((network) => network !== undefined);
  const found: SmallNetwork[] = [];
  for (const pool of POOLS.map(parseNetwork)) {
    if (pool === undefined) continue;
    const end = pool.base + 2 ** (32 - pool.length);
    for (let base = pool.base; base < end && found.length < count; base += 4) {
      const candidate = { base, length: 30 };
      if (busy.some((network) => overlap(network, candidate))) continue;
      found.push({ first: dotted(base + 1), second: dotted(base + 2), length: 30 });
    }
  }
  return found;
}

function parseNetwork(text: string): Network | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)(?:\/(\d+))?$/.exec(text);
  if (!match) return undefined;
  const [a, b, c, d, length] = match.slice(1).map((part) => Number(part ?? 32));
  const address = (((a ?? 0) * 256 + (b ?? 0)) * 256 + (c ?? 0)) * 256 + (d ?? 0);
  const size = 2 ** (32 - (length ?? 32));
  return { base: Math.floor(address / size) * size, length: length ?? 32 };
}

function overlap(a: Network, b: Network): boolean {
  return a.base < b.base + 2 ** (32 - b.length) && b.base < a.base + 2 ** (32 - a.length);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
