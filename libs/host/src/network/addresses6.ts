import { readFileSync } from 'node:fs';
import { parseIpv6 } from '@kerbside/vas';

/** One line of /proc/net/if_inet6: what an interface of this network namespace has. */
interface Address6 {
  readonly address: bigint;
  readonly length: number;
  /** `IFA_F_...` of linux/if_addr.h */
  readonly flags: number;
  readonly name: string;
}

/** IFA_F_TENTATIVE and IFA_F_DADFAILED: nobody may use it yet, or ever. */
const UNUSABLE = 0x40 | 0x08;
const LINK_LOCAL = 0xfe80n;

/** All IPv6 addresses; undefined where the kernel has no IPv6. */
export function readAddresses6(): readonly Address6[] | undefined {
  try {
    return addresses6In(readFileSync('/proc/self/net/if_inet6', 'utf8'));
  } catch {
    return undefined;
  }
}

/** `fe80000000000000fc54fffe00000001 04 40 20 80 eth0`: address, index, prefix length, scope, flags, name. */
export const addresses6In = (text: string): readonly Address6[] =>
  text.split('\n').flatMap((line) => {
    const [address, , length, , flags, name] = line.trim().split(/\s+/);
    if (!address || !length || !flags || !name) return [];
    return [
      {
        address: BigInt(`0x${address}`),
        length: Number.parseInt(length, 16),
        flags: Number.parseInt(flags, 16),
        name,
      },
    ];
  });

/** Whether an interface has an address, CIDR notation. True where it can't be told. */
export function bearsAddress(
  all: readonly Address6[] | undefined,
  name: string,
  cidr: string,
): boolean {
  const [text = '', length] = cidr.split('/');
  const wanted = parseIpv6(text);
  if (!all || wanted === undefined) return true;
  return all.some(
    (one) => one.name === name && one.address === wanted && one.length === Number(length),
  );
}

export const hasLinkLocal = (all: readonly Address6[] | undefined, name: string): boolean =>
  (all ?? []).some(
    (one) =>
      one.name === name && one.address >> 112n === LINK_LOCAL && (one.flags & UNUSABLE) === 0,
  );
