import type { Fact } from '@kerbside/charging';
import type { LinuxNetworkControl } from '@kerbside/host';
import { seconds, silentLogger } from '@kerbside/kernel';
import { ManualClock } from '@kerbside/kernel/testing';
import type { NetworkFacts } from '@kerbside/vas';
import { allTools, MemoryNetwork } from '@kerbside/vas/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../src/config.ts';
import { HealthService } from '../src/diagnostics/health.service.ts';
import { LiveHub } from '../src/live/live-hub.ts';
import { VasService } from '../src/vas/vas.service.ts';
import { memoryVasSettings, startUnit } from './support/unit.ts';

/** A machine in memory, whose counters a test sets. */
class CountedNetwork extends MemoryNetwork implements LinuxNetworkControl {
  readonly tools = {};
  counted: string[] = [];
  readonly left: string[] = [];
  async recover(): Promise<string[]> {
    return this.left;
  }
  async counters(): Promise<string[]> {
    return this.counted;
  }
  leaseFile = () => '/nowhere';
  daemon = () => undefined;
}

async function unit(
  facts: Partial<NetworkFacts> = {},
  settings = {},
  prepare: (network: CountedNetwork) => void = () => {},
) {
  const clock = new ManualClock();
  const network = new CountedNetwork(facts);
  prepare(network);
  const notes: Fact[] = [];
  const hub = new LiveHub(clock, silentLogger);
  const health = new HealthService(clock, hub, parseConfig({ KERBSIDE_DATA: '/nowhere' }));
  const vas = new VasService({
    control: network,
    evses: [
      { id: 1, interface: 'ev0' },
      { id: 2, interface: 'ev1' },
    ],
    settings: memoryVasSettings(settings),
    ledger: { note: (facts) => void notes.push(...facts) },
    clock,
    log: silentLogger,
    hub,
    health,
    sessionOf: (evse) => `session-${evse}`,
  });
  await vas.recover();
  await vas.look();
  const quiet = async () => {
    for (let turns = 0; turns < 300; turns++) await Promise.resolve();
  };
  const choose = async (...sets: number[]) => {
    const selections = sets.map((parameterSetId) => ({ serviceId: 3, parameterSetId }));
    vas.select(1, vas.offered(1), selections, 50_000);
    await quiet();
  };
  const state = (evse = 1) => vas.status().evses.find((one) => one.evse === evse)?.state;
  const part = () => health.health().parts.find(({ name }) => name === 'vas');
  return { clock, network, notes, vas, quiet, choose, state, part };
}
const counters = (up: number, down: number) => [
  `[1:${up}] -A KERBSIDE-EV1-FWD -p tcp -j ACCEPT\n[1:${down}] -A KERBSIDE-EV1-BACK -m conntrack -j ACCEPT`,
];

describe('the internet service of the unit', () => {
  it('is announced while it can be given, and its selection is applied', async () => {
    const { vas, choose, state, notes, part } = await unit();
    expect(vas.offered(1).map(({ id }) => id)).toEqual([3]);
    expect(state()).toBe('announced');
    expect(part()).toMatchObject({ status: 'ok' });
    await choose(3, 4);
    expect(state()).toBe('up');
    expect(vas.status().evses[0]?.plan?.ports).toEqual([80, 443]);
    expect(notes.map(({ type }) => type)).toEqual(['vas.plan', 'vas.up']);
    expect(notes.every(({ session }) => session === 'session-1')).toBe(true);
  });

  it('opens the ports of the chosen sets alone', async () => {
    const { vas, choose } = await unit();
    await choose(4);
    expect(vas.status().evses[0]?.plan?.ports).toEqual([443]);
  });

  it.each([
    ['radvd', 'tools-missing'],
    ['ip6tables-restore', 'tools-missing'],
    ['ip', 'tools-missing'],
  ])('is not offered without %s, and health says what to install', async (tool, reason) => {
    const { vas, part } = await unit({ tools: { ...allTools, [tool]: false } });
    expect(vas.offered(1)).toEqual([]);
    expect(part()).toMatchObject({ status: 'degraded', reason });
    expect(vas.status().missing).toEqual([{ tool, package: expect.stringMatching(/./) }]);
  });

  it('is not offered where a setting of the kernel has to be changed and can’t be, and health says what to do', async () => {
    const { vas, part, state } = await unit({ unwritable: 'EROFS' });
    expect(vas.offered(1)).toEqual([]);
    expect(state()).toBe('off');
    const reason = {
      code: 'settings-read-only',
      text: expect.stringMatching(
        /EROFS.*net\.ipv6\.conf\.all\.forwarding=1.*systempaths=unconfined/,
      ),
    };
    expect(vas.status().evses[0]).toMatchObject({ state: 'off', reason });
    expect(part()).toMatchObject({
      status: 'degraded',
      reason: reason.code,
      detail: reason.text,
    });
  });

  it('is offered where they are right already, though none can be written', async () => {
    const { vas, part, state, choose } = await unit({ unwritable: 'EROFS' }, {}, (network) => {
      for (const key of Object.keys(network.sysctls)) network.sysctls[key] = '1';
    });
    expect(vas.offered(1)).toHaveLength(1);
    expect(part()).toMatchObject({ status: 'ok' });
    await choose(3);
    expect(state()).toBe('up');
  });

  it('is offered without udhcpd, IPv6 alone', async () => {
    const { vas, part, choose } = await unit({ tools: { ...allTools, udhcpd: false } });
    expect(vas.offered(1)).toHaveLength(1);
    expect(part()).toMatchObject({ status: 'degraded', reason: 'ipv4-tools-missing' });
    await choose(3);
    expect(vas.status().evses[0]?.plan?.ipv4).toBeUndefined();
  });

  it('is not offered where it is switched off, or has nothing to offer', async () => {
    expect((await unit({}, { enabled: false })).vas.offered(1)).toEqual([]);
    expect((await unit({}, { http: false, https: false })).vas.offered(1)).toEqual([]);
    expect((await unit({}, { enabled: false })).part()).toMatchObject({ status: 'off' });
  });

  it('keeps a record of each connection in the session, counted to the end', async () => {
    const { vas, network, clock, choose, quiet, notes, state } = await unit();
    await choose(3);
    clock.advance(seconds(10));
    await quiet();
    network.counted = counters(1500, 90_000);
    vas.services.release(1, 'SessionStopReq');
    await quiet();
    expect(state()).toBe('announced');
    expect(notes.at(-1)).toMatchObject({
      type: 'vas.ended',
      session: 'session-1',
      data: {
        bytesUp: 1500,
        bytesDown: 90_000,
        seconds: 10,
        ports: [80],
        reason: 'SessionStopReq',
      },
    });
    expect(network.record).toEqual({ own: {}, shared: [] });
  });

  it('is taken away also while a tool hangs', async () => {
    const { vas, network, clock, choose, quiet, state } = await unit();
    await choose(3);
    network.counters = () => new Promise(() => {});
    vas.services.release(1, 'unplugged');
    await quiet();
    expect(state()).toBe('up');
    clock.advance(seconds(1));
    await quiet();
    expect(state()).toBe('announced');
    expect(network.present.size).toBe(0);
  });

  it('ends at the quota, and says so', async () => {
    const { network, clock, choose, quiet, notes, vas } = await unit({}, { quota: 1_000_000 });
    await choose(3);
    network.counted = counters(100_000, 950_000);
    clock.advance(seconds(1));
    await quiet();
    expect(vas.status().evses[0]).toMatchObject({ state: 'announced', reason: { code: 'quota' } });
    expect(notes.at(-1)).toMatchObject({ type: 'vas.ended', data: { bytesDown: 950_000 } });
  });

  it('ends at the quota of the session also when the EV interface was lost meanwhile', async () => {
    const { network, clock, choose, quiet, notes, state, part } = await unit(
      {},
      { quota: 1_000_000 },
    );
    const after = async (time: number) => {
      clock.advance(seconds(time));
      await quiet();
    };
    await choose(3);
    network.counted = counters(100_000, 500_000);
    await after(1);
    network.loseInterface('ev0');
    network.counted = [];
    await after(1);
    expect(state()).toBe('failed');
    expect(part()).toMatchObject({ status: 'degraded', reason: 'interface-lost' });
    network.gone.clear();
    await after(1);
    expect(state()).toBe('up');
    expect(part()).toMatchObject({ status: 'ok' });
    network.counted = counters(100_000, 250_000);
    await after(1);
    expect(state()).toBe('up');
    network.counted = counters(100_000, 350_000);
    await after(1);
    expect(state()).toBe('announced');
    const ended = notes.filter(({ type }) => type === 'vas.ended');
    expect(ended.map(({ data }) => data)).toMatchObject([
      { bytesDown: 500_000 },
      { bytesDown: 350_000, reason: '1050000 bytes used, 1000000 allowed' },
    ]);
    await choose(3);
    await after(1);
    expect(state()).toBe('announced');
  });

  it('says which step failed and what the tool said; nothing is left', async () => {
    const { network, choose, state, notes, vas, part } = await unit();
    network.failing = { call: /^apply start udhcpd/, said: 'udhcpd: no such interface' };
    await choose(3, 4);
    expect(state()).toBe('failed');
    expect(vas.status().evses[0]?.reason?.text).toContain('udhcpd: no such interface');
    expect(notes.map(({ type }) => type)).toEqual(['vas.plan', 'vas.step-failed', 'vas.failed']);
    expect(network.present.size).toBe(0);
    expect(part()).toMatchObject({ status: 'degraded', reason: 'step-failed' });
  });

  it('is taken away from cars that are online when it is switched off', async () => {
    const { vas, choose, state, quiet, network } = await unit();
    await choose(3, 4);
    await vas.configure({ ...vas.settings(), http: false }, 'ann');
    await quiet();
    expect(vas.status().evses[0]?.plan?.ports).toEqual([443]);
    await vas.configure({ ...vas.settings(), enabled: false }, 'ann');
    await quiet();
    expect(state()).toBe('off');
    expect(network.present.size).toBe(0);
  });

  it('is not given again to a car whose EV interface comes back when it is switched off, nor a port that is', async () => {
    const { vas, choose, state, quiet, network, clock } = await unit();
    const loseAndFind = async (change: object) => {
      network.loseInterface('ev0');
      clock.advance(seconds(1));
      await quiet();
      expect(state()).toBe('failed');
      await vas.configure({ ...vas.settings(), ...change }, 'ann');
      await quiet();
      network.gone.clear();
      clock.advance(seconds(1));
      await quiet();
    };
    await choose(3, 4);
    await loseAndFind({ https: false });
    expect(state()).toBe('up');
    expect(vas.status().evses[0]?.plan?.ports).toEqual([80]);
    await loseAndFind({ enabled: false });
    expect(state()).toBe('off');
    expect(network.present.size).toBe(0);
  });

  it('is taken back when the unit stops', async () => {
    const { vas, choose, network } = await unit();
    await choose(3);
    await vas.stop();
    expect(network.record).toEqual({ own: {}, shared: [] });
    expect(network.sysctls['net.ipv6.conf.all.forwarding']).toBe('0');
  });

  it('a selection right after a release is not taken away by it', async () => {
    const { vas, choose, quiet, state, notes, network, clock } = await unit();
    await choose(3);
    network.counted = counters(1500, 90_000);
    clock.advance(seconds(2));
    await quiet();
    vas.services.release(1, 'the car closed the connection');
    vas.select(1, vas.offered(1), [{ serviceId: 3, parameterSetId: 4 }], 50_001);
    await quiet();
    expect(state()).toBe('up');
    expect(vas.status().evses[0]?.plan?.ports).toEqual([443]);
    const ended = notes.filter(({ type }) => type === 'vas.ended');
    expect(ended.map(({ data }) => data)).toMatchObject([
      { bytesUp: 1500, bytesDown: 90_000, seconds: 2, ports: [80] },
    ]);
  });

  it('a self-test whose cable was taken away leaves nothing that waits for it', async () => {
    const { vas, network, clock, quiet } = await unit();
    await Promise.all([vas.testUp('ev1'), quiet()]);
    network.loseInterface('ev1');
    clock.advance(seconds(1));
    await quiet();
    await vas.testDown();
    network.gone.clear();
    clock.advance(seconds(1));
    await quiet();
    expect(network.present.size).toBe(0);
    expect(network.record).toEqual({ own: {}, shared: [] });
  });
});

describe('over the API', () => {
  let close: () => Promise<void> = async () => {};
  afterEach(() => close());

  it('shows status and settings, checks what it is given, and plans', async () => {
    const running = await startUnit();
    close = running.stop;
    const cookie = await running.claim();
    const call = async (method: string, path: string, body?: unknown) => {
      const answer = await running.call(method, path, body, { cookie });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    expect((await call('GET', '/vas')).body).toMatchObject({
      evses: [{ evse: 1, state: 'off', reason: { code: 'no-interface' } }],
    });
    const { body: settings } = await call('GET', '/vas/settings');
    expect(settings).toMatchObject({ enabled: true, http: true, https: true, resolvers: [] });
    const put = (more: object) => call('PUT', '/vas/settings', { ...settings, ...more });
    expect((await put({ resolvers: ['2001:db8::1'], rate: 2000 })).body).toMatchObject({
      rate: 2000,
    });
    for (const wrong of [
      { resolvers: ['not an address'] },
      { resolvers: ['::ffff:1.2.3.4'] },
      { uplink: 'eth0 -j ACCEPT' },
      { allow: ['-j ACCEPT'] },
      { allow: ['two words.example'] },
      { delegatedPrefix: '2001:db8::1' },
      { name: 'line\nbreak' },
      { rate: 0 },
      { surprise: true },
    ])
      expect((await put(wrong)).status, JSON.stringify(wrong)).toBe(400);
    expect((await call('POST', '/vas/plan', { evse: 1 })).body).toMatchObject({
      problem: { code: 'no-interface' },
    });
    expect((await call('POST', '/vas/plan', { evse: 9 })).status).toBe(404);
    expect((await call('POST', '/vas/self-test')).body).toMatchObject({ passed: false });
  });
});
