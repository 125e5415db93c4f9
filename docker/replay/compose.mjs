import { parse } from 'yaml';

// What compose.yaml may say: whatever else stands there is an error, not passed over.
const OF_SERVICE = new Set([
  'build',
  'cap_add',
  'cap_drop',
  'depends_on',
  'environment',
  'network_mode',
  'networks',
  'ports',
  'volumes',
]);
/** These say how an engine keeps a container alive; a replay ends with its programs. */
const OF_ENGINE = new Set(['init', 'restart']);
const OF_NETWORK = new Set(['enable_ipv6', 'internal']);

function known(where, value, names) {
  for (const name of Object.keys(value ?? {}))
    if (!names.has(name)) throw new Error(`${where}: "${name}" can't be replayed`);
}

const pair = (text) => {
  const [volume, target, more] = text.split(':');
  if (!volume || !target?.startsWith('/') || more !== undefined)
    throw new Error(`the volume "${text}" can't be replayed`);
  return { volume, target };
};

/** The container's port of `127.0.0.1:8080:8080`. */
const published = (text) => Number(String(text).split(':').at(-1));

function networksOf(name, networks) {
  const entries = Array.isArray(networks)
    ? networks.map((network) => [network, {}])
    : Object.entries(networks ?? {});
  return entries.map(([network, settings], at) => {
    known(`${name}, network ${network}`, settings, new Set(['interface_name']));
    return { network, interface: settings?.interface_name ?? `eth${at}` };
  });
}

function serviceOf(name, service) {
  for (const key of OF_ENGINE) delete service[key];
  known(name, service, OF_SERVICE);
  const shares = /^service:(.+)$/.exec(service.network_mode ?? '')?.[1];
  if (service.network_mode !== undefined && !shares)
    throw new Error(`${name}: the network mode ${service.network_mode} can't be replayed`);
  return {
    name,
    dockerfile: service.build.dockerfile,
    environment: Object.fromEntries(
      Object.entries(service.environment ?? {}).map(([key, value]) => [key, String(value)]),
    ),
    dropsAll: (service.cap_drop ?? []).includes('ALL'),
    capabilities: (service.cap_add ?? []).map((capability) => capability.toLowerCase()),
    /** The service whose network it shares. */
    shares,
    networks: networksOf(name, service.networks),
    ports: (service.ports ?? []).map(published),
    volumes: (service.volumes ?? []).map(pair),
    after: [...(service.depends_on ?? []), ...(shares ? [shares] : [])],
  };
}

/** What a compose file says, its services in the order in which they start. Throws on what can't be replayed. */
export function readCompose(text) {
  const file = parse(text, { merge: true });
  known('compose.yaml', file, new Set(['name', 'services', 'networks', 'volumes', 'x-app']));
  for (const [name, network] of Object.entries(file.networks ?? {}))
    known(`network ${name}`, network, OF_NETWORK);
  const waiting = Object.entries(file.services).map(([name, one]) => serviceOf(name, { ...one }));
  const services = [];
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ after }) =>
      after.every((name) => services.some((started) => started.name === name)),
    );
    if (at < 0) throw new Error(`${waiting.map(({ name }) => name).join(', ')}: wait for ever`);
    services.push(...waiting.splice(at, 1));
  }
  for (const { name, networks, volumes } of services) {
    for (const { network } of networks)
      if (!file.networks?.[network]) throw new Error(`${name}: there is no network ${network}`);
    for (const { volume } of volumes)
      if (!file.volumes?.[volume]) throw new Error(`${name}: there is no volume ${volume}`);
  }
  return { services, networks: Object.keys(file.networks ?? {}) };
}
