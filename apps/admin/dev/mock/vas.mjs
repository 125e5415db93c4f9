// The internet service of the mock unit: its state follows the cars, its settings are kept.
const SETTINGS = {
  enabled: true,
  name: 'InternetAccess',
  free: true,
  uplink: null,
  http: true,
  https: true,
  ipv4: true,
  resolvers: [],
  allow: [],
  privateNetworks: false,
  delegatedPrefix: null,
  rate: null,
  quota: null,
};

const planOf = (evse) => ({
  interface: `plc${evse - 1}`,
  uplink: 'wwan0',
  ports: [80, 443],
  ipv6: {
    address: `fd3a:91c4:07e2:${evse}::1/64`,
    prefix: `fd3a:91c4:07e2:${evse}::/64`,
    nat: true,
  },
  ipv4: { address: `172.29.${evse}.1/24`, network: `172.29.${evse}.0/24` },
  resolvers: ['2001:db8::53', '203.0.113.53'],
  notes: [],
  steps: [
    {
      what: 'sysctl net.ipv6.conf.wwan0.accept_ra = 2',
      inverse: 'sysctl net.ipv6.conf.wwan0.accept_ra = 1',
      shared: true,
      lines: [],
    },
    {
      what: 'ip6tables-restore filter, 3 lines',
      inverse: 'ip6tables-restore filter, 3 lines',
      shared: false,
      lines: [
        `:KERBSIDE-EV${evse}-FWD - [0:0]`,
        `-A KERBSIDE-EV${evse}-FWD -p tcp -m multiport --dports 80,443 -j ACCEPT`,
        `-A KERBSIDE-EV${evse}-FWD -j DROP`,
      ],
    },
    {
      what: `start radvd (kerbside-evse${evse}-radvd)`,
      inverse: 'stop radvd, delete its files',
      shared: false,
      lines: [`interface plc${evse - 1} {`, '  AdvSendAdvert on;', '};'],
    },
  ],
});

const CHECKS = [
  ['dhcp', 'passed', '172.29.99.10/24 by 172.29.99.1'],
  ['advertisement', 'skipped', 'raw-socket is not there: Cannot find module'],
  ['slaac', 'passed', 'fd3a:91c4:07e2:63:9c24:a7ff:fe14:585c'],
  ['dns', 'passed', '2001:db8::80, 203.0.113.80'],
  ['port-80', 'passed', '[2001:db8::80]:80: connected'],
  ['port-443', 'passed', '[2001:db8::80]:443: connected'],
  ['port-22-closed', 'passed', 'port 22 of 203.0.113.80: no answer'],
  ['charger-closed', 'passed', 'charger: no answer'],
  ['other-ev-closed', 'passed', 'other-ev: no answer'],
  ['gateway', 'passed', '198.51.100.1, 11.4 ms'],
];

const settingsOf = (unit) => (unit.vasSettings ??= { ...SETTINGS });

function lineOf(unit, evse) {
  const { session } = evse;
  const online = settingsOf(unit).enabled && session?.evccId !== undefined;
  const base = {
    evse: evse.id,
    interface: `plc${evse.id - 1}`,
    state: settingsOf(unit).enabled ? (online ? 'up' : 'announced') : 'off',
    since: new Date(session?.began ?? unit.started).toISOString(),
    leases: [],
    neighbours: [],
    rules: [],
  };
  if (!settingsOf(unit).enabled)
    return { ...base, reason: { code: 'disabled', text: 'switched off in the settings' } };
  if (!online) return base;
  return {
    ...base,
    session: session.id,
    plan: planOf(evse.id),
    usage: {
      bytesUp: 184_223,
      packetsUp: 1204,
      bytesDown: 12_402_118,
      packetsDown: 9120,
      refused: 14,
    },
    leases: [{ address: `172.29.${evse.id}.10`, mac: '02:4b:53:00:01:01' }],
    neighbours: [{ address: 'fe80::4b:53ff:fe00:101', mac: '02:4b:53:00:01:01' }],
    rules: [`-A KERBSIDE-EV${evse.id}-FWD -p tcp -m multiport --dports 80,443 -j ACCEPT`],
  };
}

export const vasStatus = (unit) => ({
  uplink: {
    interface: 'wwan0',
    ipv4: true,
    ipv6: true,
    resolvers: ['2001:db8::53', '203.0.113.53'],
  },
  missing: [{ tool: 'conntrack', package: 'conntrack' }],
  evses: unit.evses.map((evse) => lineOf(unit, evse)),
});

export const vasHandlers = {
  getVas: vasStatus,
  planVas: (unit, { body }) => ({ plan: planOf(body.evse) }),
  getVasSettings: settingsOf,
  putVasSettings: (unit, { body }) => (unit.vasSettings = body),
  testVas: () => ({
    passed: true,
    tookMs: 8400,
    checks: CHECKS.map(([check, result, detail]) => ({ check, result, detail })),
  }),
};
