import { runTool } from '../process/run-tool.ts';
import { type NetworkNamespace, runInNamespace } from './network-namespace.ts';

export interface VethEnd {
  /** The namespace the end lies in; the caller's own where absent. */
  readonly namespace?: NetworkNamespace;
  /** At most 15 characters. */
  readonly name: string;
  readonly mac?: string;
  /** With prefix length, such as `198.18.0.1/30`. */
  readonly addresses?: readonly string[];
  /**
   * No IPv6 address of its own at all (`none`), or a link-local one at once, without two seconds of
   * duplicate address detection (`at-once`), which only a link with two known ends may skip.
   */
  readonly linkLocal?: 'detect' | 'at-once' | 'none';
  /** Shown by `ip link`; tells whose interface it is. */
  readonly alias?: string;
}

/** Adds two interfaces joined by a cable, each in its namespace from the first moment, and brings them up. */
export async function addVethPair(a: VethEnd, b: VethEnd): Promise<void> {
  await runTool('ip', ['link', 'add', ...placed(a), 'type', 'veth', 'peer', ...placed(b)]);
  await configure(a);
  await configure(b);
}

function placed(end: VethEnd): string[] {
  return [
    'name',
    end.name,
    ...(end.mac === undefined ? [] : ['address', end.mac]),
    ...(end.namespace === undefined ? [] : ['netns', end.namespace.path]),
  ];
}

async function configure(end: VethEnd): Promise<void> {
  const lines = [
    ...(end.alias === undefined ? [] : [`link set dev ${end.name} alias "${end.alias}"`]),
    ...(end.linkLocal === 'none' ? [`link set dev ${end.name} addrgenmode none`] : []),
    ...(end.addresses ?? []).map((address) =>
      address.includes(':')
        ? `address add ${address} dev ${end.name} nodad`
        : `address add ${address} dev ${end.name}`,
    ),
    `link set dev ${end.name} up`,
  ];
  if (end.linkLocal === 'at-once' && end.namespace !== undefined) {
    await setSysctl(end.namespace, `net.ipv6.conf.${end.name}.accept_dad`, '0');
  }
  await ipBatch(end.namespace, lines);
}

/** Removes an interface of the caller's namespace, and does not mind that it is gone. */
export async function deleteInterface(name: string): Promise<void> {
  try {
    await runTool('ip', ['link', 'delete', 'dev', name]);
  } catch (error) {
    // The kernel removes the end of a cable by itself, some time after the other end's namespace.
    const still = await runTool('ip', ['link', 'show', 'dev', name]).catch(() => undefined);
    if (still !== undefined) throw error;
  }
}

/** Sets a kernel setting inside a namespace of ours; the caller's own namespace is never touched. */
export async function setSysctl(
  namespace: NetworkNamespace,
  key: string,
  value: string,
): Promise<void> {
  await runInNamespace(namespace, 'sysctl', ['-q', '-w', `${key}=${value}`]);
}

/** Gives `ip` several commands at once. */
export async function ipBatch(
  namespace: NetworkNamespace | undefined,
  lines: readonly string[],
): Promise<void> {
  const input = lines.map((line) => `${line}\n`).join('');
  if (namespace === undefined) await runTool('ip', ['-batch', '-'], { input });
  else await runInNamespace(namespace, 'ip', ['-batch', '-'], { input });
}
