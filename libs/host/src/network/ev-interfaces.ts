import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cancel, type Clock, type Logger, millis } from '@kerbside/kernel';
import { runTool } from '../process/run-tool.ts';
import { boot, namespace } from './this-machine.ts';

export interface EvInterfaceOptions {
  readonly names: readonly string[];
  /** Where the settings as they were before are kept while they are changed; made if need be. */
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Path of `ip`; undefined: what was learned before stays until it times out. */
  readonly ip: string | undefined;
}

export interface EvInterfaces {
  /** Puts the settings back as they were. What can't be written is told to the log, and kept for the next run. Never throws. */
  stop(): void;
}

interface Kept {
  readonly boot: string;
  readonly namespace: string;
  /** `accept_ra` before, by the name of the interface. */
  readonly prior: Readonly<Record<string, string>>;
}

/** An interface that comes back has the kernel's defaults: what it learned until then is removed again. */
const LOOK_AGAIN = millis(500);

/**
 * Keeps the kernel from taking addresses and routes that a car advertises as a router (RFC 4861 6.3.4), also on
 * an interface that comes later or comes back. A setting or record that can't be written is told to the log once.
 */
export function guardEvInterfaces(options: EvInterfaceOptions): EvInterfaces {
  const { names, directory, clock, log, ip } = options;
  const file = join(directory, 'ev-interfaces.json');
  let prior: Readonly<Record<string, string>> = readKept(file);
  const told = new Set<string>();
  let cancel: Cancel = () => {};
  /** Something in `prior` is not on disk. */
  let unsaved = false;

  const warnOnce = (event: string, name: string, error: unknown): void => {
    if (!told.has(`${event} ${name}`)) log.warn(event, { name, error: String(error) });
    told.add(`${event} ${name}`);
  };
  /**
   * On disk before anything is changed: a crash does not lose it. Where it can't be written (a full disk) the change
   * is made all the same, and writing is tried again: a car that is the charger's router is the greater harm than
   * a setting that stays 0 after a crash until the interface or the machine starts anew.
   */
  const save = (): void => {
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      const kept: Kept = { boot: boot(), namespace: namespace(), prior };
      writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
      renameSync(`${file}.new`, file);
      unsaved = false;
    } catch (error) {
      unsaved = true;
      warnOnce('ev-interface.record', file, error);
    }
  };
  const close = (name: string): void => {
    const value = read(settingOf(name));
    if (value === undefined || value === '0') return;
    if (prior[name] !== value) {
      prior = { ...prior, [name]: value };
      save();
    }
    try {
      writeFileSync(settingOf(name), '0');
    } catch (error) {
      return warnOnce('ev-interface.accept-ra', name, error);
    }
    if (ip !== undefined)
      forgetLearned(ip, name).catch((error: unknown) =>
        log.warn('ev-interface.learned', { name, error: String(error) }),
      );
  };
  const look = (): void => {
    for (const name of names) close(name);
    if (unsaved) save();
    cancel = clock.arm(LOOK_AGAIN, look);
  };
  look();
  return {
    stop() {
      cancel();
      const left: Record<string, string> = {};
      for (const [name, value] of Object.entries(prior))
        try {
          if (read(settingOf(name)) === '0') writeFileSync(settingOf(name), value);
        } catch (error) {
          left[name] = value;
          log.warn('ev-interface.accept-ra', { name, error: String(error) });
        }
      prior = {};
      if (Object.keys(left).length > 0) return;
      for (const one of [file, `${file}.new`]) rmSync(one, { force: true });
    },
  };
}

interface Learned {
  readonly dst: string;
  readonly protocol?: string;
  readonly gateway?: string;
  readonly expires?: number;
}

/** Routes and addresses that have a lifetime: an advertisement gave them. */
async function forgetLearned(ip: string, name: string): Promise<void> {
  await runTool(ip, ['-6', 'address', 'flush', 'dev', name, 'dynamic']);
  const shown = await runTool(ip, ['-6', '-json', 'route', 'show', 'dev', name]);
  const routes = JSON.parse(shown.trim() || '[]') as Learned[];
  for (const { dst, protocol, gateway, expires } of routes)
    if (protocol === 'ra' || expires !== undefined)
      await runTool(ip, [
        '-6',
        'route',
        'del',
        dst,
        ...(gateway ? ['via', gateway] : []),
        'dev',
        name,
      ]);
}

const settingOf = (name: string) => `/proc/sys/net/ipv6/conf/${name}/accept_ra`;

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    // The interface is not there, or there is no IPv6.
    return undefined;
  }
}

/** What a run before this one changed, in this boot and this network namespace. */
function readKept(file: string): Readonly<Record<string, string>> {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
    if (kept.boot !== boot() || kept.namespace !== namespace()) return {};
    return Object.fromEntries(
      Object.entries(kept.prior).filter(
        ([name, value]) => !name.includes('/') && /^\d+$/.test(value),
      ),
    );
  } catch {
    return {};
  }
}
