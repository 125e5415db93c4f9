import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, PortError } from '@kerbside/kernel';
import {
  ALL_IPV6_FORWARDING,
  familyOf,
  isOurChain,
  nameOfStep,
  type IpFamily,
  type NetworkControl,
  type NetworkRecord,
  type PlanStep,
  removalOf,
  type VasDaemon,
  type VasTool,
} from '@kerbside/vas';
import { runTool, ToolError } from '../process/run-tool.ts';
import { endProcesses, filesOf, type RunningDaemon, startDaemon, strayDaemons } from './daemon.ts';
import { bearsAddress, hasLinkLocal, readAddresses6 } from './addresses6.ts';
import { findVasTools, type ToolPaths } from './find-tools.ts';
import { readFacts, readRuleset } from './read-facts.ts';
import { RecordFile } from './record-file.ts';
import { interfaceIndex, solicitRouters } from './router-solicitation.ts';

export interface NetworkControlOptions {
  /** Where configurations of daemons and the record of what is applied lie; made if need be. */
  readonly directory: string;
  readonly log: Logger;
  /** Where tools are looked for first; `PATH` unless told. */
  readonly path?: string;
}

export interface LinuxNetworkControl extends NetworkControl {
  readonly tools: ToolPaths;
  /** Removes whatever an earlier run left, by its record and by name; gives the names of what was removed. */
  recover(): Promise<string[]>;
  /** What ip(6)tables-save prints of the filter, with counters. */
  counters(): Promise<string[]>;
  /** The file in which udhcpd keeps the leases of an EVSE. */
  leaseFile(evse: number): string;
  daemon(name: string): RunningDaemon | undefined;
}

/** How long a tool waits for another one that holds the packet filter. */
const LOCK_SECONDS = '5';

/** `NetworkControl` by iproute2, ip(6)tables, /proc/sys, radvd and udhcpd, all by argument lists. */
export function createNetworkControl(options: NetworkControlOptions): LinuxNetworkControl {
  const { directory, log } = options;
  const paths = findVasTools(options.path);
  const record = new RecordFile(directory);
  const daemons = new Map<string, RunningDaemon>();
  const failedListeners: ((evse: number, daemon: VasDaemon, reason: string) => void)[] = [];

  function tool(name: VasTool): string {
    const path = paths[name];
    if (path === undefined) throw new PortError('vas.tool-missing', `${name} is not installed`);
    return path;
  }
  const ip = (...args: string[]) => runTool(tool('ip'), args);
  const restore = (family: IpFamily, lines: readonly string[]) =>
    runTool(
      tool(family === 6 ? 'ip6tables-restore' : 'iptables-restore'),
      ['-w', LOCK_SECONDS, '--noflush'],
      { input: `${lines.join('\n')}\n` },
    );
  const save = (family: IpFamily, ...args: string[]) =>
    runTool(tool(family === 6 ? 'ip6tables-save' : 'iptables-save'), args);

  async function hasAddress(name: string, address: string): Promise<boolean> {
    const text = await ip('-json', 'address', 'show', 'dev', name).catch(() => '[]');
    const links = JSON.parse(text.trim() || '[]') as {
      addr_info?: { local: string; prefixlen: number }[];
    }[];
    return links.some(({ addr_info = [] }) =>
      addr_info.some(({ local, prefixlen }) => `${local}/${prefixlen}` === address),
    );
  }

  async function apply(step: PlanStep): Promise<void> {
    switch (step.do) {
      case 'sysctl':
        return writeFileSync(fileOf(step.key), step.value);
      case 'rules':
        await restore(step.family, [`*${step.table}`, ...step.add, 'COMMIT']);
        return;
      case 'address':
        // Nobody else has an address of a network that is this EVSE's own: there is nobody to ask.
        await ip(
          'address',
          'add',
          step.address,
          'dev',
          step.interface,
          ...(familyOf(step.address) === 6 ? ['nodad'] : []),
        );
        return;
      case 'daemon': {
        const { name, daemon, config } = step;
        const evse = Number(/evse(\d+)/.exec(name)?.[1]);
        daemons.set(
          name,
          await startDaemon(
            { daemon, name, config, directory, path: tool(daemon) },
            log,
            (reason) => {
              for (const listener of failedListeners) listener(evse, daemon, reason);
            },
          ),
        );
        return;
      }
      case 'tables':
      case 'flows':
    }
  }

  /** Chains and jumps by name, however much of them is there: somebody may have emptied the tables. */
  async function removeChains(family: IpFamily, isGone: (chain: string) => boolean) {
    const lines = removalOf(await save(family), isGone);
    if (lines.length > 0) await restore(family, lines);
    return lines.filter((line) => line.startsWith('-X ')).map((line) => line.slice(3));
  }

  async function undo(step: PlanStep): Promise<void> {
    switch (step.do) {
      case 'sysctl':
        writeIfThere(fileOf(step.key), step.prior);
        if (step.key === ALL_IPV6_FORWARDING && step.prior === '0') solicitRouters(log);
        return;
      case 'rules': {
        const { family, table, remove } = step;
        const chains = remove.flatMap((line) => (line.startsWith('-X ') ? [line.slice(3)] : []));
        await restore(family, [`*${table}`, ...remove, 'COMMIT']).catch(() =>
          removeChains(family, (chain) => chains.includes(chain)),
        );
        return;
      }
      case 'address':
        await ip('address', 'del', step.address, 'dev', step.interface).catch(
          async (error: unknown) => {
            if (await hasAddress(step.interface, step.address)) throw error;
          },
        );
        return;
      case 'daemon': {
        const running = daemons.get(step.name);
        daemons.delete(step.name);
        if (running) return running.stop();
        const { config } = filesOf(directory, step.name);
        await endProcesses(strayDaemons((file) => file === config));
        for (const file of Object.values(filesOf(directory, step.name)))
          rmSync(file, { force: true });
        return;
      }
      case 'tables':
        return removeEmptyTables(paths, step);
      case 'flows':
        await Promise.all(step.networks.map((network) => deleteFlows(network)));
    }
  }

  async function deleteFlows(network: string): Promise<void> {
    if (paths.conntrack === undefined) return;
    const family = familyOf(network) === 6 ? 'ipv6' : 'ipv4';
    await runTool(paths.conntrack, ['-D', '-f', family, '-s', network]).catch((error: unknown) => {
      // Where there is none, conntrack ends with 1.
      if (!(error instanceof ToolError) || !/ 0 flow entries/.test(error.stderr)) throw error;
    });
  }

  async function recover(): Promise<string[]> {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const left = record.read();
    const removed: string[] = [];
    for (const step of stepsOf(left)) {
      try {
        await undo(step);
        removed.push(nameOfStep(step));
      } catch (error) {
        log.warn('vas.left-behind', { step: nameOfStep(step), error: String(error) });
      }
    }
    const strays = strayDaemons();
    await endProcesses(strays);
    removed.push(...strays.map((pid) => `process ${pid}`));
    for (const family of [6, 4] as const) {
      const there = paths[family === 6 ? 'ip6tables-save' : 'iptables-save'] !== undefined;
      if (there && (await filterInUse()))
        removed.push(...(await removeChains(family, isOurChain)).map((chain) => `chain ${chain}`));
    }
    for (const file of readdirSync(directory))
      if (/^kerbside-evse\d+-/.test(file)) rmSync(join(directory, file), { force: true });
    record.clear();
    return removed;
  }

  /** Saving makes the tables of some variants: where there is none at all, there is none of ours. */
  async function filterInUse(): Promise<boolean> {
    if (paths.nft === undefined) return true;
    return (await readRuleset(paths.nft)).some(({ chain }) => chain && isOurChain(chain.name));
  }

  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return {
    tools: paths,
    facts: (request) => readFacts(paths, request),
    apply,
    undo,
    remember: (now) => record.write(now),
    bears: (name, address) => bearsAddress(readAddresses6(), name, address),
    isReady: (name) => hasLinkLocal(readAddresses6(), name),
    indexOf: interfaceIndex,
    setting: readSetting,
    onDaemonFailed: (listener) => void failedListeners.push(listener),
    recover,
    async counters() {
      const families = ([6, 4] as const).filter(
        (family) => paths[family === 6 ? 'ip6tables-save' : 'iptables-save'] !== undefined,
      );
      return Promise.all(families.map((family) => save(family, '-c', '-t', 'filter')));
    },
    leaseFile: (evse) => filesOf(directory, `kerbside-evse${evse}-udhcpd`).leases,
    daemon: (name) => daemons.get(name),
  };
}

/** All that plans ever set. A record is a file: whoever could write it has no other file written by us. */
const SETTING = /^net\.ipv[46]\.conf\.[^/]+\.(forwarding|accept_ra)$/;

const fileOf = (key: string) => {
  if (!SETTING.test(key)) throw new RangeError(`${key} is no setting of a plan`);
  // An interface may have dots in its name: only the first three and the last part are the key's own.
  const [net, family, conf, ...rest] = key.split('.');
  const name = rest.pop();
  return `/proc/sys/${net}/${family}/${conf}/${rest.join('.')}/${name}`;
};

function readSetting(key: string): string | undefined {
  try {
    return readFileSync(fileOf(key), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** The interface, and its settings with it, may be gone. */
function writeIfThere(file: string, value: string): void {
  try {
    if (readFileSync(file, 'utf8').trim() !== value) writeFileSync(file, value);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** All steps of a record in the order in which they are taken back. */
function stepsOf({ own, shared }: NetworkRecord): PlanStep[] {
  const before = (kind: PlanStep['do']) => kind === 'sysctl';
  const last = shared.map(({ step }) => step).toReversed();
  // Forwarding goes off first: nothing is open while the filter is taken down.
  return [
    ...last.filter((step) => before(step.do)),
    ...Object.values(own).flatMap((steps) => steps.toReversed()),
    ...last.filter((step) => !before(step.do)),
  ];
}

/** Deletes base chains and tables that were absent before, if nobody has put anything in them since. */
async function removeEmptyTables(
  paths: ToolPaths,
  { present }: Extract<PlanStep, { do: 'tables' }>,
): Promise<void> {
  if (paths.nft === undefined) return;
  const entries = await readRuleset(paths.nft);
  const lines: string[] = [];
  for (const family of ['ip', 'ip6'] as const)
    for (const table of ['filter', 'nat']) {
      const is = (one: { family: string; table: string } | undefined) =>
        one?.family === family && one.table === table;
      const before = present.find((one) => one.family === family && one.table === table);
      const chains = entries.flatMap(({ chain }) => (chain && is(chain) ? [chain] : []));
      const gone = chains.filter(
        ({ name, hook, policy }) =>
          hook !== undefined &&
          policy === 'accept' &&
          !before?.chains.includes(name) &&
          !entries.some(({ rule }) => is(rule) && rule?.chain === name),
      );
      lines.push(...gone.map(({ name }) => `delete chain ${family} ${table} ${name}`));
      const there = entries.some((one) => one.table?.family === family && one.table.name === table);
      const holdsMore = entries.some(({ set, map }) => is(set) || is(map));
      if (there && !before && !holdsMore && gone.length === chains.length)
        lines.push(`delete table ${family} ${table}`);
    }
  if (lines.length > 0) await runTool(paths.nft, ['-f', '-'], { input: `${lines.join('\n')}\n` });
}
