import { setTimeout as pause } from 'node:timers/promises';
import { type Duration, PortError, seconds } from '@kerbside/kernel';
import { runTool } from '../process/run-tool.ts';
import { type NetworkNamespace, runInNamespace } from './network-namespace.ts';

interface ShownAddress {
  readonly local?: string;
  readonly scope?: string;
  readonly tentative?: boolean;
  readonly dadfailed?: boolean;
}

export interface LinkLocalOptions {
  /** The namespace the interface lies in; the caller's own where absent. */
  readonly namespace?: NetworkNamespace;
  readonly limit?: Duration;
}

/** Waits until the interface has a link-local IPv6 address that may be used (duplicate address detection over). */
export async function waitForLinkLocal(
  name: string,
  options: LinkLocalOptions = {},
): Promise<string> {
  const limit = options.limit ?? seconds(10);
  const end = performance.now() + limit;
  for (;;) {
    const address = usable(await shownAddresses(name, options.namespace));
    if (address !== undefined) return address;
    if (performance.now() > end) {
      throw new PortError(
        'no-link-local',
        `${name} has no link-local IPv6 address after ${limit / 1000} s: is the link up at both ends?`,
      );
    }
    await pause(50);
  }
}

async function shownAddresses(
  name: string,
  namespace: NetworkNamespace | undefined,
): Promise<readonly ShownAddress[]> {
  const args = ['-6', '-json', 'address', 'show', 'dev', name, 'scope', 'link'];
  const text = await (namespace ? runInNamespace(namespace, 'ip', args) : runTool('ip', args));
  const shown = JSON.parse(text || '[]') as readonly { addr_info?: readonly ShownAddress[] }[];
  return shown.flatMap((link) => link.addr_info ?? []);
}

function usable(addresses: readonly ShownAddress[]): string | undefined {
  return addresses.find(
    (address) => address.scope === 'link' && !address.tentative && !address.dadfailed,
  )?.local;
}
