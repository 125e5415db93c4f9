/**
 * The networks of a compose file: a namespace with one bridge each, which is the engine's side, and a namespace
 * per container that has networks of its own. Nothing of the machine's own network is touched.
 */
export function buildNetworks({ services, networks }, prefix, must) {
  const ip = (...args) => must('ip', args);
  const engine = `${prefix}-engine`;
  const made = [];
  const namespace = (name) => {
    ip('netns', 'add', name);
    made.push(name);
    ip('-n', name, 'link', 'set', 'lo', 'up');
  };
  namespace(engine);
  networks.forEach((network, at) => {
    ip('-n', engine, 'link', 'add', network, 'type', 'bridge');
    ip('-n', engine, 'address', 'add', `172.30.${at}.1/24`, 'dev', network);
    ip('-n', engine, 'link', 'set', network, 'up');
  });
  const addresses = new Map(networks.map((network) => [network, new Map()]));
  for (const [number, service] of services.entries()) {
    if (service.shares) continue;
    const own = `${prefix}-${service.name}`;
    namespace(own);
    for (const { network, interface: name } of service.networks) {
      const port = `${network}${number}`;
      const link = ['link', 'add', port, 'type', 'veth', 'peer', 'name', name, 'netns', own];
      ip('-n', engine, ...link);
      ip('-n', engine, 'link', 'set', port, 'master', network, 'up');
      const address = `172.30.${networks.indexOf(network)}.${10 + number}`;
      addresses.get(network).set(service.name, address);
      ip('-n', own, 'address', 'add', `${address}/24`, 'dev', name);
      ip('-n', own, 'link', 'set', name, 'up');
    }
  }
  return {
    engine,
    namespaceOf: ({ name, shares }) => `${prefix}-${shares ?? name}`,
    /** Where the engine's side reaches a service. */
    addressOf: (name) => networks.map((network) => addresses.get(network).get(name)).find(Boolean),
    /** The services that one sees by name, as the engine's resolver tells it. */
    hostsOf: ({ name, shares }) =>
      networks
        .filter((network) => addresses.get(network).has(shares ?? name))
        .flatMap((network) => [...addresses.get(network)].map(([other, at]) => `${at} ${other}`)),
    remove() {
      for (const name of made.splice(0).reverse()) must('ip', ['netns', 'delete', name]);
    },
  };
}
