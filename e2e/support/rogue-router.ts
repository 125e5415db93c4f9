import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inNamespace, type NetworkNamespace, runInNamespace } from '@kerbside/host';
import { eventually } from './running.ts';

/** What the rogue router advertises. */
export const ROGUE = '2001:db8:bad:';

/** A car that advertises itself as a router, with a default route and a prefix, every few seconds. */
export async function rogueRouter(
  car: NetworkNamespace,
  name: string,
  directory: string,
): Promise<ChildProcess> {
  const file = join(directory, 'rogue-radvd');
  writeFileSync(
    `${file}.conf`,
    `interface ${name} { AdvSendAdvert on; MinRtrAdvInterval 3; MaxRtrAdvInterval 4; ` +
      `AdvDefaultLifetime 1800; prefix ${ROGUE}:/64 { AdvOnLink on; AdvAutonomous on; }; ` +
      `route 2001:db8:cafe::/48 { }; };\n`,
  );
  const radvd = spawn(
    ...inNamespace(car, 'radvd', ['-n', '-C', `${file}.conf`, '-p', `${file}.pid`]),
    { stdio: 'ignore' },
  );
  await new Promise((resolve) => radvd.once('spawn', resolve));
  return radvd;
}

/** So many router advertisements have reached an interface since now. */
export async function advertisementsReach(
  charger: NetworkNamespace,
  name: string,
  count: number,
): Promise<void> {
  const reached = async () =>
    Number(
      /Icmp6InRouterAdvertisements\s+(\d+)/.exec(
        await runInNamespace(charger, 'cat', [`/proc/net/dev_snmp6/${name}`]),
      )?.[1],
    );
  const before = await reached();
  await eventually(
    `${count} router advertisements reach ${name}`,
    async () => (await reached()) >= before + count,
    20_000,
  );
}

/** Addresses and routes on an interface that came with a router advertisement. */
export async function learnedOn(charger: NetworkNamespace, name: string): Promise<string[]> {
  const [addresses, routes] = await Promise.all([
    runInNamespace(charger, 'ip', ['-6', '-o', 'address', 'show', 'dev', name]),
    runInNamespace(charger, 'ip', ['-6', 'route', 'show', 'table', 'all', 'dev', name]),
  ]);
  return [...addresses.split('\n'), ...routes.split('\n')].filter((line) =>
    /proto ra|dynamic|expires|2001:db8:(bad|cafe)/.test(line),
  );
}
