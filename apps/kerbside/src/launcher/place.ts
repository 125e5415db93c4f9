import { runTool } from '@kerbside/host';
import { PortError } from '@kerbside/kernel';
import type { NetworkMode } from './environment.ts';
import { type BenchNetwork, buildNetwork, removeNetwork } from './network.ts';
import type { OwnState } from './own-state.ts';
import type { StartOptions } from './start-options.ts';
import type { Undo } from './undo.ts';

/** Where the bench runs. */
export interface Place {
  readonly mode: NetworkMode;
  readonly network?: BenchNetwork;
  /** What people should know about it. */
  readonly said: string;
}

/** The interfaces of this machine that `--evse` and `--uplink` name; nothing is changed about them here. */
export async function placeOnInterfaces(options: StartOptions): Promise<Place> {
  const names = options.evses.map((evse) => evse.interface ?? '');
  const { uplink } = options;
  for (const name of uplink === undefined ? names : [...names, uplink]) {
    await runTool('ip', ['link', 'show', 'dev', name]).catch((cause: unknown) => {
      throw new PortError('no-such-interface', `there is no interface ${name} here`, { cause });
    });
  }
  const internet = uplink === undefined ? '' : `; internet for cars by ${uplink}`;
  return { mode: 'caller', said: `interfaces of this machine: ${names.join(', ')}${internet}` };
}

/** Three namespaces, or the error that says why there can't be any. */
export async function placeInNamespaces(
  options: StartOptions,
  own: OwnState,
  inside: boolean,
  undo: Undo,
): Promise<Place | { readonly refused: Error }> {
  try {
    if (inside) await runTool('ip', ['link', 'set', 'lo', 'up']);
    const evses = options.evses.map((evse) => evse.id);
    const network = await buildNetwork(own.names, evses, own.namespaces);
    undo.add(() => removeNetwork(own.names, own.namespaces));
    const whose = inside ? ' in a user namespace' : '';
    return { mode: 'namespaces', network, said: `vehicle, charger and uplink namespaces${whose}` };
  } catch (error) {
    await removeNetwork(own.names, own.namespaces).catch(() => {});
    return { refused: error instanceof Error ? error : new Error(String(error)) };
  }
}

export function placeOnSockets(refused: string): Place {
  const reason = refused.split('\n')[0] ?? '';
  return {
    mode: 'sockets',
    said: `no namespaces (${reason}): frames over Unix sockets, V2G over loopback`,
  };
}
