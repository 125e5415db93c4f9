import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortError } from '@kerbside/kernel';
import { runTool } from '../process/run-tool.ts';

/** What a DHCP server gave. */
export interface DhcpLease {
  readonly address: string;
  readonly length: number;
  readonly router: string | undefined;
  readonly resolvers: readonly string[];
}

/** Tells us what the client was told: the client itself changes nothing. */
const SCRIPT = '#!/bin/sh\n[ "$1" = bound ] && env | grep -E "^(ip|mask|router|dns)="\nexit 0\n';

/**
 * Asks for an address with BusyBox's udhcpc, an ordinary client. `run` runs it where the interface is.
 * Rejects where nobody answers within some seconds.
 */
export async function requestLease(
  name: string,
  run: (command: string, args: readonly string[]) => Promise<string> = runTool,
): Promise<DhcpLease> {
  const directory = mkdtempSync(join(tmpdir(), 'kerbside-dhcp-'));
  const script = join(directory, 'tell');
  try {
    writeFileSync(script, SCRIPT);
    chmodSync(script, 0o755);
    chmodSync(directory, 0o755);
    const said = await run('busybox', [
      'udhcpc',
      '-f',
      '-q',
      '-n',
      '-t',
      '5',
      '-T',
      '1',
      '-i',
      name,
      '-s',
      script,
    ]);
    const value = (key: string) => new RegExp(`^${key}=(.+)$`, 'm').exec(said)?.[1];
    const address = value('ip');
    if (address === undefined) throw new PortError('dhcp.no-lease', 'no lease');
    return {
      address,
      length: Number(value('mask') ?? 24),
      router: value('router')?.split(' ')[0],
      resolvers: value('dns')?.split(' ') ?? [],
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
