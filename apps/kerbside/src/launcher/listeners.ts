import { openNextFreeListener, openPassedListener, type PassedListener } from '@kerbside/host';
import { PortError } from '@kerbside/kernel';
import type { StartOptions } from './start-options.ts';
import type { InnerFacts } from './user-namespace.ts';

/** What people's browsers reach, in the namespace of the person who started the bench. */
export interface WebListeners {
  readonly web: PassedListener;
  readonly csms?: PassedListener;
}

const FIRST_PORT = 8080;

/** Opens the ports of the admin UI and of the bench's CSMS. A port that was asked for must be free. */
export function openWebListeners(options: StartOptions): WebListeners {
  const web = openWeb(options);
  if (!options.csms) return { web };
  try {
    return { web, csms: openNextFreeListener({ host: options.host, port: web.port + 1 }) };
  } catch (error) {
    web.close();
    throw error;
  }
}

function openWeb({ host, port }: StartOptions): PassedListener {
  if (port === undefined) return openNextFreeListener({ host, port: FIRST_PORT });
  try {
    return openPassedListener({ host, port });
  } catch (error) {
    if (!(error instanceof PortError && error.code === 'address-in-use')) throw error;
    throw new PortError('address-in-use', `port ${port} of ${host} is taken by another program`, {
      cause: error,
    });
  }
}

/** The listeners that the launcher outside has opened and passed. */
export function inheritedListeners(options: StartOptions, facts: InnerFacts): WebListeners {
  const [web, csms] = facts.ports.map((port, index) => ({
    fd: 3 + index,
    host: options.host,
    port,
    close: () => {},
  }));
  if (!web) throw new PortError('no-listener', 'the launcher outside has passed no listener');
  return csms ? { web, csms } : { web };
}

/** The first of `count` ports in a row that are free on the loopback interface now. */
export function freePorts(first: number, count: number): number {
  for (let start = first; start + count < 65_536; start += count) {
    const opened: PassedListener[] = [];
    try {
      for (let port = start; port < start + count; port += 1) {
        opened.push(openPassedListener({ host: '127.0.0.1', port }));
      }
      return start;
    } catch (error) {
      if (!(error instanceof PortError && error.code === 'address-in-use')) throw error;
    } finally {
      for (const listener of opened) listener.close();
    }
  }
  throw new PortError('address-in-use', `no ${count} free ports in a row from ${first} on`);
}
