import { describe, expect, it } from 'vitest';
import {
  DEFAULT_INTERNET_SETTINGS,
  makePlan,
  type InternetSettings,
  type NetworkFacts,
  type NetworkPlan,
} from './index.ts';
import { allTools, chargerFacts } from './testing/index.ts';

const ula = 'fd12:3456:789a::/48';
const settings = (more: Partial<InternetSettings> = {}): InternetSettings => ({
  ...DEFAULT_INTERNET_SETTINGS,
  ula,
  ...more,
});
const request = { evse: 1, interface: 'ev0', ports: [80, 443], v2gPort: 50_123 };

function planOf(
  more: Partial<InternetSettings> = {},
  facts: Partial<NetworkFacts> = {},
  asked = request,
): NetworkPlan {
  const result = makePlan(settings(more), chargerFacts(facts), asked);
  if (!result.ok) throw new Error(result.problem.text);
  return result.plan;
}
const rulesOf = (plan: NetworkPlan, family: 4 | 6, table = 'filter') =>
  plan.steps.flatMap((step) =>
    step.do === 'rules' && !step.shared && step.family === family && step.table === table
      ? step.add
      : [],
  );
const keysOf = (plan: NetworkPlan) =>
  plan.steps.flatMap((step) =>
    step.do === 'sysctl' ? [`${step.key}=${step.value}<${step.prior}`] : [],
  );
const daemonsOf = (plan: NetworkPlan) =>
  plan.steps.flatMap((step) => (step.do === 'daemon' ? [step] : []));

describe('the plan', () => {
  it('puts the filter before forwarding, and that before the first address', () => {
    const order = planOf().steps.map((step) => ('shared' in step ? `${step.do}*` : step.do));
    expect(order).toEqual([
      'sysctl*',
      'tables*',
      'rules*',
      'rules*',
      'flows',
      'rules',
      'rules',
      'rules',
      'rules',
      'sysctl*',
      'sysctl*',
      'sysctl*',
      'address',
      'address',
      'daemon',
      'daemon',
    ]);
  });

  it('takes no router advertisement from a car, and puts the setting back', () => {
    const key = 'net.ipv6.conf.ev0.accept_ra';
    const steps = (value: string) => {
      const facts = chargerFacts();
      return planOf({}, { sysctls: { ...facts.sysctls, [key]: value } }).steps.filter(
        (step) => step.do === 'sysctl' && step.key === key,
      );
    };
    expect(steps('2')).toEqual([
      { do: 'sysctl', shared: `sysctl ${key}`, key, value: '0', prior: '2' },
    ]);
    expect(steps('0')).toEqual([]);
  });

  it('keeps the uplink’s own default route: accept_ra is 2 before forwarding is on', () => {
    expect(keysOf(planOf())).toEqual([
      'net.ipv6.conf.up0.accept_ra=2<1',
      'net.ipv6.conf.all.forwarding=1<0',
      'net.ipv4.conf.ev0.forwarding=1<0',
      'net.ipv4.conf.up0.forwarding=1<0',
    ]);
  });

  it('touches neither where the machine forwards already, and then guards nothing', () => {
    const sysctls = {
      ...chargerFacts().sysctls,
      'net.ipv6.conf.all.forwarding': '1',
      'net.ipv4.conf.up0.forwarding': '1',
      'net.ipv4.conf.ev0.forwarding': '1',
    };
    const plan = planOf({}, { sysctls });
    expect(keysOf(plan)).toEqual([]);
    expect(plan.steps.filter((step) => step.do === 'rules' && step.shared)).toEqual([]);
  });

  it('puts interfaces that forwarded by themselves back after `all` is written', () => {
    const sysctls = { ...chargerFacts().sysctls, 'net.ipv6.conf.lan0.forwarding': '1' };
    const keys = keysOf(planOf({}, { sysctls }));
    expect(keys.indexOf('net.ipv6.conf.lan0.forwarding=1<1')).toBeLessThan(
      keys.indexOf('net.ipv6.conf.all.forwarding=1<0'),
    );
  });

  it('lets a car reach the selected ports and the resolvers, and ends every chain with DROP', () => {
    const rules = rulesOf(planOf(), 6);
    expect(rules.filter((rule) => rule.startsWith('-A KERBSIDE-EV1-FWD'))).toEqual([
      '-A KERBSIDE-EV1-FWD ! -o up0 -j DROP',
      '-A KERBSIDE-EV1-FWD ! -s fd12:3456:789a:1::/64 -j DROP',
      '-A KERBSIDE-EV1-FWD -d 2001:db8::53 -p udp -m udp --dport 53 -j ACCEPT',
      '-A KERBSIDE-EV1-FWD -d 2001:db8::53 -p tcp -m tcp --dport 53 -j ACCEPT',
      ...[
        '::/128',
        '::1/128',
        '::ffff:0:0/96',
        '64:ff9b:1::/48',
        'fc00::/7',
        'fe80::/10',
        'ff00::/8',
      ].map((range) => `-A KERBSIDE-EV1-FWD -d ${range} -j DROP`),
      '-A KERBSIDE-EV1-FWD -p tcp -m multiport --dports 80,443 -j ACCEPT',
      '-A KERBSIDE-EV1-FWD -j DROP',
    ]);
    for (const family of [4, 6] as const)
      for (const chain of ['IN', 'FWD', 'BACK'])
        expect(
          rulesOf(planOf(), family)
            .filter((rule) => rule.startsWith(`-A KERBSIDE-EV1-${chain} `))
            .at(-1),
        ).toBe(`-A KERBSIDE-EV1-${chain} -j DROP`);
  });

  it('leaves of the charger’s own ports ICMPv6, SDP, DHCP and this session’s V2G port', () => {
    const accepted = (family: 4 | 6) =>
      rulesOf(planOf(), family).filter((rule) => /-A KERBSIDE-EV1-IN .*ACCEPT/.test(rule));
    expect(accepted(6)).toEqual([
      '-A KERBSIDE-EV1-IN -p ipv6-icmp -j ACCEPT',
      '-A KERBSIDE-EV1-IN -p udp -m udp --dport 15118 -j ACCEPT',
      '-A KERBSIDE-EV1-IN -p tcp -m tcp --dport 50123 -j ACCEPT',
    ]);
    expect(accepted(4)).toEqual(['-A KERBSIDE-EV1-IN -p udp -m udp --dport 67 -j ACCEPT']);
  });

  it('drops all IPv4 of a car where it is given none: a car may give itself an address', () => {
    const rules = rulesOf(planOf({ ipv4: false }), 4);
    expect(rules.filter((rule) => rule.startsWith('-A KERBSIDE-EV1-FWD'))).toEqual([
      '-A KERBSIDE-EV1-FWD -j DROP',
    ]);
    expect(daemonsOf(planOf({ ipv4: false })).map(({ daemon }) => daemon)).toEqual(['radvd']);
  });

  it('uses a delegated prefix without NAT, a /64 for each EVSE', () => {
    const delegatedPrefix = '2001:db8:77::/56';
    const plan = planOf({ delegatedPrefix }, {}, { ...request, evse: 3 });
    expect(plan.ipv6).toEqual({
      address: '2001:db8:77:2::1/64',
      prefix: '2001:db8:77:2::/64',
      nat: false,
    });
    expect(rulesOf(plan, 6, 'nat')).toEqual([]);
    const none = makePlan(settings({ delegatedPrefix: '2001:db8::/64' }), chargerFacts(), {
      ...request,
      evse: 2,
    });
    expect(none).toMatchObject({ ok: false, problem: { code: 'no-prefix' } });
  });

  it('takes an IPv4 network that nobody uses, and says where there is none', () => {
    expect(planOf().ipv4?.network).toBe('172.29.1.0/24');
    expect(planOf({}, { routes4: ['172.16.0.0/12'] }).ipv4?.network).toBe('10.213.1.0/24');
    const full = planOf({}, { routes4: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] });
    expect(full.ipv4).toBeUndefined();
    expect(full.notes.map(({ code }) => code)).toContain('no-free-network');
  });

  it('allows only what an allow-list names, networks and names', () => {
    const plan = planOf(
      { allow: ['203.0.113.0/24', 'maps.example'] },
      { resolved: { 'maps.example': ['2001:db8::a', '198.51.100.7'] } },
    );
    const web = (family: 4 | 6) => rulesOf(plan, family).filter((rule) => rule.includes('80,443'));
    expect(web(6)).toEqual([
      '-A KERBSIDE-EV1-FWD -d 2001:db8::a -p tcp -m multiport --dports 80,443 -j ACCEPT',
    ]);
    expect(web(4).map((rule) => rule.split(' ')[3])).toEqual(['203.0.113.0/24', '198.51.100.7']);
  });

  it('a name that does not resolve opens nothing', () => {
    const rules = rulesOf(planOf({ allow: ['gone.example'] }), 6);
    expect(rules.filter((rule) => rule.includes('80,443'))).toEqual([]);
  });

  it('limits the rate both ways', () => {
    const rules = rulesOf(planOf({ rate: 1000 }), 6).filter((rule) => rule.includes('hashlimit'));
    expect(rules).toHaveLength(2);
    expect(rules[0]).toContain('--hashlimit-above 125000b/s');
  });

  it.each(['ip', 'ip6tables-restore', 'radvd'])('is none without %s', (tool) => {
    const result = makePlan(
      settings(),
      chargerFacts({ tools: { ...allTools, [tool]: false } }),
      request,
    );
    expect(result).toMatchObject({ ok: false, problem: { code: 'tools-missing' } });
  });

  it.each(['udhcpd', 'iptables-restore'])('is without IPv4 where %s is missing', (tool) => {
    const plan = planOf({}, { tools: { ...allTools, [tool]: false } });
    expect(plan.ipv4).toBeUndefined();
    expect(plan.notes.map(({ code }) => code)).toContain('ipv4-tools-missing');
  });

  it.each([
    ['no-uplink', { defaultRoutes: [] }, {}],
    ['uplink-missing', {}, { uplink: 'wwan0' }],
    ['uplink-is-ev', {}, { uplink: 'ev0' }],
    [
      'uplink-down',
      {
        interfaces: [
          { name: 'ev0', index: 2, up: true, addresses: [] },
          { name: 'up0', index: 4, up: false, addresses: [] },
        ],
      },
      {},
    ],
    ['interface-missing', { interfaces: [] }, {}],
  ] as const)('says %s', (code, facts, more) => {
    expect(makePlan(settings(more), chargerFacts(facts), request)).toMatchObject({
      ok: false,
      problem: { code },
    });
  });

  it.each([
    ['IPv6 forwarding', { 'net.ipv6.conf.all.forwarding': '0' }, {}, true],
    ['forwarding of the uplink', { 'net.ipv4.conf.up0.forwarding': '0' }, {}, true],
    ['that without IPv4', { 'net.ipv4.conf.up0.forwarding': '0' }, { ipv4: false }, false],
    ['accept_ra of the EV interface', { 'net.ipv6.conf.ev0.accept_ra': '1' }, {}, true],
    ['nothing', {}, {}, false],
  ])('needs a setting that can’t be written for %s', (_, wrong, more, needed) => {
    const right = {
      'net.ipv6.conf.all.forwarding': '1',
      'net.ipv6.conf.up0.accept_ra': '1',
      'net.ipv6.conf.ev0.accept_ra': '0',
      'net.ipv4.conf.up0.forwarding': '1',
      'net.ipv4.conf.ev0.forwarding': '1',
    };
    const facts = chargerFacts({ unwritable: 'EROFS', sysctls: { ...right, ...wrong } });
    const result = makePlan(settings(more), facts, request);
    if (!needed) return expect(result.ok).toBe(true);
    const [[key = '', value] = []] = Object.entries(wrong);
    const text = expect.stringMatching(
      new RegExp(`EROFS\\), and .*${key}=${value === '0' ? 1 : 0}`),
    );
    expect(result).toMatchObject({ ok: false, problem: { code: 'settings-read-only', text } });
  });

  it('does not take a name for an interface that could say more to a tool', () => {
    const odd = { ...request, interface: 'ev0 -j' };
    expect(makePlan(settings(), chargerFacts(), odd)).toMatchObject({
      ok: false,
      problem: { code: 'interface-name' },
    });
  });

  it('says where names will not resolve', () => {
    expect(planOf({}, { resolvers: ['203.0.113.53'] }).notes.map(({ code }) => code)).toEqual([
      'no-resolver-6',
    ]);
  });

  it('says where an address will lead nowhere', () => {
    const defaultRoutes = [{ family: 4, interface: 'up0', advertised: false }] as const;
    expect(planOf({}, { defaultRoutes }).notes.map(({ code }) => code)).toEqual(['no-route-6']);
  });

  it('tells cars the resolvers that they may ask, by RDNSS and by DHCP', () => {
    const [radvd, udhcpd] = daemonsOf(planOf());
    expect(radvd?.config).toContain('RDNSS 2001:db8::53 {');
    expect(radvd?.config).toContain('prefix fd12:3456:789a:1::/64 {');
    expect(udhcpd?.config).toContain('option dns 203.0.113.53');
    expect(udhcpd?.config).toContain('option router 172.29.1.1');
  });
});
