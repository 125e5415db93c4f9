import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

/** What the kernel says of the network of this process: of its own namespace, whatever `/sys` shows. */
export interface NetworkLook {
  /** Every interface that is there, up or not. */
  readonly present: ReadonlySet<string>;
  /** Those that run (up, with a carrier) and have an address. */
  readonly running: ReadonlySet<string>;
  /** Those that run and have a link-local address of IPv6, which SDP and V2G need. */
  readonly linkLocal: ReadonlySet<string>;
  /** The interfaces of the default routes. */
  readonly uplinks: ReadonlySet<string>;
}

/** Interface names in /proc/net/dev: `  eth0: 1234 ...` below two lines of headings. */
export const interfacesIn = (dev: string): ReadonlySet<string> =>
  new Set([...dev.matchAll(/^\s*([^\s:|]+):/gm)].map(([, name]) => name as string));

const RTF_UP = 0x1;
const RTF_REJECT = 0x200;

/** Default routes in /proc/net/route: destination and mask are zero, and the route is up. */
export function defaultsIn4(route: string): readonly string[] {
  return route
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [name, destination, , flags, , , , mask] = line.trim().split(/\s+/);
      const up = (Number.parseInt(flags ?? '', 16) & RTF_UP) !== 0;
      return name && up && destination === '00000000' && mask === '00000000' ? [name] : [];
    });
}

/** Default routes in /proc/net/ipv6_route: `::/0`, up, and none that only rejects. */
export function defaultsIn6(route: string): readonly string[] {
  return route.split('\n').flatMap((line) => {
    const [destination, length, , , , , , , flags, name] = line.trim().split(/\s+/);
    const set = Number.parseInt(flags ?? '', 16);
    const usable = (set & RTF_UP) !== 0 && (set & RTF_REJECT) === 0 && name !== 'lo';
    return name && usable && length === '00' && /^0{32}$/.test(destination ?? '') ? [name] : [];
  });
}

function read(file: string): string {
  try {
    return readFileSync(`/proc/self/net/${file}`, 'utf8');
  } catch {
    // a kernel without IPv6 has no ipv6_route
    return '';
  }
}

/** Looks at the network now; some microseconds, nothing of it touches a disk. */
export function lookAtNetwork(): NetworkLook {
  const addresses = Object.entries(networkInterfaces());
  const withLinkLocal = addresses.filter(([, infos]) =>
    infos?.some(({ family, address }) => family === 'IPv6' && address.startsWith('fe80:')),
  );
  return {
    present: interfacesIn(read('dev')),
    running: new Set(addresses.map(([name]) => name)),
    linkLocal: new Set(withLinkLocal.map(([name]) => name)),
    uplinks: new Set([...defaultsIn4(read('route')), ...defaultsIn6(read('ipv6_route'))]),
  };
}
