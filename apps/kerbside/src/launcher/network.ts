import { join } from 'node:path';
import {
  addNamespace,
  addVethPair,
  deleteInterface,
  ipBatch,
  NAMED_NAMESPACES,
  networkNamespace,
  type NetworkNamespace,
  runTool,
} from '@kerbside/host';
import { PortError } from '@kerbside/kernel';
import { INTERNET } from '../internet/addresses.ts';
import { cleanNamespace, interfaceMark } from './leftovers.ts';
import { type BenchNames, evInterface, INSIDE } from './names.ts';
import { freeNetworks, type SmallNetwork } from './subnets.ts';

/** The bench's network as it stands. */
export interface BenchNetwork {
  readonly vehicle: NetworkNamespace;
  readonly charger: NetworkNamespace;
  readonly uplink: NetworkNamespace;
  /** The caller's end of the service cable: where the charger finds the CSMS. */
  readonly serviceHost: string;
}

const UPLINK_PREFIX = 'fd6b:6272:7369:6465:';

/** The files of the namespaces that `buildNetwork` makes, known beforehand for the state file. */
export function namespacePaths(names: BenchNames, directory = NAMED_NAMESPACES): string[] {
  return [names.vehicle, names.charger, names.uplink].map((name) => join(directory, name));
}

/**
 * Makes the three namespaces and joins them: vehicle and charger by one cable per EVSE, charger and
 * uplink by one, charger and the caller by the service cable. In the caller's namespace there is but
 * one interface afterwards, with a network that overlaps with nothing there.
 */
export async function buildNetwork(
  names: BenchNames,
  evses: readonly number[],
  directory = NAMED_NAMESPACES,
): Promise<BenchNetwork> {
  const [service, internet] = freeNetworks(2, await takenNetworks());
  if (!service || !internet)
    throw new PortError('no-free-network', 'no private IPv4 network is free');
  const vehicle = await addNamespace(names.vehicle, directory);
  const charger = await addNamespace(names.charger, directory);
  const uplink = await addNamespace(names.uplink, directory);
  for (const evse of evses) {
    const name = evInterface(evse);
    // The pair has exactly these two ends, so that an address may be used without asking around.
    await addVethPair(
      { namespace: vehicle, name, mac: macOf('vehicle', evse), linkLocal: 'at-once' },
      { namespace: charger, name, mac: macOf('charger', evse), linkLocal: 'at-once' },
    );
  }
  await joinUplink(charger, uplink, internet);
  await addVethPair(
    {
      name: names.service,
      addresses: [`${service.first}/${service.length}`],
      linkLocal: 'none',
      alias: interfaceMark(),
    },
    {
      namespace: charger,
      name: INSIDE.service,
      addresses: [`${service.second}/${service.length}`],
      linkLocal: 'none',
    },
  );
  return { vehicle, charger, uplink, serviceHost: service.first };
}

/** Ends all that still runs in the namespaces, and removes them; the cables go with them. */
export async function removeNetwork(
  names: BenchNames,
  directory = NAMED_NAMESPACES,
): Promise<void> {
  for (const name of [names.vehicle, names.charger, names.uplink]) {
    await cleanNamespace(networkNamespace(name, directory));
  }
  // The kernel removes a namespace a moment after its last user: the cable's own end is not left to that.
  await deleteInterface(names.service);
}

async function joinUplink(
  charger: NetworkNamespace,
  uplink: NetworkNamespace,
  internet: SmallNetwork,
): Promise<void> {
  await addVethPair(
    {
      namespace: uplink,
      name: INSIDE.gateway,
      addresses: [`${internet.first}/${internet.length}`, `${UPLINK_PREFIX}:1/64`],
      linkLocal: 'at-once',
    },
    {
      namespace: charger,
      name: INSIDE.uplink,
      addresses: [`${internet.second}/${internet.length}`, `${UPLINK_PREFIX}:2/64`],
      linkLocal: 'at-once',
    },
  );
  await ipBatch(
    uplink,
    [INTERNET.web, INTERNET.resolver, INTERNET.private].flatMap(({ v4, v6 }) => [
      `address add ${v4}/32 dev lo`,
      `address add ${v6}/128 dev lo nodad`,
    ]),
  );
  await ipBatch(charger, [
    `route add default via ${internet.first}`,
    `route add default via ${UPLINK_PREFIX}:1 dev ${INSIDE.uplink}`,
  ]);
}

/** Locally administered addresses that tell which end of which cable it is. */
function macOf(side: 'vehicle' | 'charger', evse: number): string {
  const last = evse.toString(16).padStart(2, '0');
  return `02:4b:53:00:0${side === 'vehicle' ? 1 : 2}:${last}`;
}

async function takenNetworks(): Promise<string[]> {
  const text = await runTool('ip', ['-4', '-json', 'route', 'show', 'table', 'all']);
  const routes = JSON.parse(text || '[]') as readonly { dst: string }[];
  return routes.map((route) => route.dst);
}
