import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { requestLease, runTool } from '@kerbside/host';
import type { Cancel, Clock } from '@kerbside/kernel';
import { millis } from '@kerbside/kernel';

export interface OnlineOptions {
  readonly interface: string;
  readonly evse: number;
  readonly clock: Clock;
  /** What came of it, a line each. */
  tell(detail: string): void;
}

/** A page of the bench's small internet. */
const PAGE = { host: 'www.example', port: 80 };
const POLL = millis(250);
const TRIES = 60;

/** The car's end of the internet service: addresses by SLAAC and DHCP, then a page. */
export class Online {
  readonly #options: OnlineOptions;
  #stopped = false;
  #cancel: Cancel = () => {};
  #lease: string | undefined;

  constructor(options: OnlineOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#byDhcp();
    this.#bySlaac(TRIES);
  }

  /** Lets go of the address that DHCP gave; those of SLAAC go with their prefix. */
  stop(): void {
    this.#stopped = true;
    this.#cancel();
    const { interface: name } = this.#options;
    void runTool('ip', ['-6', 'address', 'flush', 'dev', name, 'scope', 'global']).catch(() => {});
    if (this.#lease !== undefined)
      void runTool('ip', ['address', 'del', this.#lease, 'dev', name]).catch(() => {});
  }

  /** The kernel does it; we only look whether it has. */
  #bySlaac(tries: number): void {
    if (this.#stopped) return;
    const { interface: name, clock, tell } = this.#options;
    const found = networkInterfaces()[name]?.find(
      ({ family, address }) => family === 'IPv6' && !address.startsWith('fe80:'),
    );
    if (found) return tell(`SLAAC ${found.address}`);
    if (tries === 0) return tell('no address by SLAAC');
    this.#cancel = clock.arm(POLL, () => this.#bySlaac(tries - 1));
  }

  async #byDhcp(): Promise<void> {
    const { interface: name, evse, tell } = this.#options;
    try {
      const lease = await this.#lease4(name);
      if (this.#stopped) return;
      this.#lease = `${lease.address}/${lease.length}`;
      await runTool('ip', ['address', 'add', this.#lease, 'dev', name]);
      // A route for each cable: whoever binds to an interface leaves by it.
      if (lease.router)
        await runTool('ip', [
          'route',
          'replace',
          'default',
          'via',
          lease.router,
          'dev',
          name,
          'metric',
          String(100 + evse),
        ]);
      tell(`DHCP ${this.#lease}`);
      const [resolver] = lease.resolvers;
      if (resolver !== undefined) tell(await fetchPage(resolver, lease.address));
    } catch (error) {
      if (!this.#stopped)
        tell(`no IPv4: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** The charger needs a moment from the selection to its first answer. */
  async #lease4(name: string): ReturnType<typeof requestLease> {
    try {
      return await requestLease(name);
    } catch (error) {
      if (this.#stopped) throw error;
      return requestLease(name);
    }
  }
}

async function fetchPage(resolver: string, localAddress: string): Promise<string> {
  const { Resolver } = await import('node:dns/promises');
  const names = new Resolver({ timeout: 2000, tries: 2 });
  names.setServers([resolver]);
  names.setLocalAddress(localAddress);
  const [host = ''] = await names.resolve4(PAGE.host);
  return new Promise((resolve) => {
    const asked = request({ ...PAGE, host, localAddress, timeout: 3000 }, (response) => {
      response.resume();
      response.on('end', () => resolve(`http://${PAGE.host}/ ${response.statusCode}`));
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', (error) => resolve(`http://${PAGE.host}/ ${error.message}`));
    asked.end();
  });
}
