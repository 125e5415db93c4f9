import { millis, silentLogger } from '@kerbside/kernel';
import { ManualClock } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { createVasNetwork, DEFAULT_INTERNET_SETTINGS, type NetworkReport } from './index.ts';
import { MemoryNetwork } from './testing/index.ts';

const request = { evse: 1, interface: 'ev0', ports: [80] };
const over = { code: 'session-ended', text: 'the session is over' };

function unit() {
  const clock = new ManualClock();
  const control = new MemoryNetwork();
  const reports: NetworkReport[] = [];
  const network = createVasNetwork({
    control,
    clock,
    log: silentLogger,
    settings: () => ({ ...DEFAULT_INTERNET_SETTINGS, ula: 'fd12:3456:789a::/48' }),
    report: (report) => void reports.push(report),
    changed: () => {},
  });
  const wait = async (time = 1000) => {
    clock.advance(millis(time));
    for (let turns = 0; turns < 300; turns++) await Promise.resolve();
  };
  return { control, network, reports, wait, before: control.state };
}

describe('an EV interface that is lost while a car is online', () => {
  it('is a failure that is reported, and everything is taken back', async () => {
    const { control, network, reports, wait, before } = unit();
    network.select(request);
    await wait();
    expect(network.link(1).phase).toBe('up');
    control.loseInterface('ev0');
    await wait();
    expect(network.link(1)).toMatchObject({
      phase: 'failed',
      reason: { code: 'interface-lost', text: expect.stringContaining('ev0') },
    });
    expect(reports.at(-1)).toMatchObject({ report: 'failed', evse: 1 });
    expect(control.state).toEqual(before);
    expect(control.record).toEqual({ own: {}, shared: [] });
  });

  it('has the service again when it comes back within the session', async () => {
    const { control, network, wait } = unit();
    network.select(request);
    await wait();
    control.loseInterface('ev0');
    await wait();
    await wait(60_000);
    expect(network.link(1).phase).toBe('failed');
    control.gone.clear();
    await wait();
    expect(network.link(1)).toMatchObject({ phase: 'up', wanted: request });
    expect(control.bears('ev0', 'fd12:3456:789a:1::1/64')).toBe(true);
  });

  it('has it no more when the car has gone meanwhile', async () => {
    const { control, network, wait, before } = unit();
    network.select(request);
    await wait();
    control.loseInterface('ev0');
    await wait();
    network.release(1, over);
    await wait();
    expect(network.link(1)).toMatchObject({ phase: 'off', reason: over });
    control.gone.clear();
    await wait();
    expect(network.link(1).phase).toBe('off');
    expect(control.state).toEqual(before);
  });

  it('has other ports when settings changed meanwhile, and nothing when the service was switched off', async () => {
    const { control, network, wait, before } = unit();
    network.select({ ...request, ports: [80, 443] });
    await wait();
    control.loseInterface('ev0');
    await wait();
    expect(network.link(1).wanted).toBeUndefined();
    expect(network.wanted(1)?.ports).toEqual([80, 443]);
    network.change({ ...request, ports: [80] });
    await wait();
    expect(network.link(1).phase).toBe('failed');
    control.gone.clear();
    await wait();
    expect(network.link(1)).toMatchObject({ phase: 'up', plan: { ports: [80] } });
    control.loseInterface('ev0');
    await wait();
    network.release(1, { code: 'disabled', text: 'switched off in the settings' });
    expect(network.wanted(1)).toBeUndefined();
    control.gone.clear();
    await wait();
    expect(network.link(1).phase).toBe('off');
    expect(control.state).toEqual(before);
  });

  it('has what a car selects anew while the loss is still being taken back', async () => {
    const { control, network, wait } = unit();
    network.select(request);
    await wait();
    let open = () => {};
    control.gate = new Promise((resolve) => (open = resolve));
    network.select({ ...request, evse: 2, interface: 'ev1' });
    control.loseInterface('ev0');
    await wait();
    expect(network.link(1).phase).toBe('removing');
    network.select({ ...request, ports: [443] });
    control.gone.clear();
    control.gate = undefined;
    open();
    await wait();
    expect(network.link(1)).toMatchObject({ phase: 'up', plan: { ports: [443] } });
  });

  it('takes nothing from another EVSE', async () => {
    const { control, network, wait } = unit();
    network.select(request);
    network.select({ ...request, evse: 2, interface: 'ev1' });
    await wait();
    control.loseInterface('ev0');
    await wait();
    expect([network.link(1).phase, network.link(2).phase]).toEqual(['failed', 'up']);
    await network.stop(over);
    expect(network.link(2).phase).toBe('off');
  });
});

describe('an uplink that is lost while a car is online', () => {
  const failures = (reports: readonly NetworkReport[]) =>
    reports.filter(({ report }) => report === 'failed').length;

  it('and made again is a failure that is reported; all is taken back, and applied to the new one', async () => {
    const { control, network, reports, wait, before } = unit();
    network.select(request);
    await wait();
    control.makeAgain('up0');
    await wait(600);
    expect(network.link(1)).toMatchObject({
      phase: 'failed',
      reason: { code: 'uplink-lost', text: expect.stringContaining('up0') },
    });
    expect(reports.at(-1)).toMatchObject({ report: 'failed', evse: 1 });
    // The charger is a host again, that takes advertisements.
    expect(control.state).toEqual(before);
    expect(control.sysctls['net.ipv6.conf.up0.accept_ra']).toBe('1');
    await wait(2000);
    expect(network.link(1)).toMatchObject({ phase: 'up', wanted: request });
    expect(control.sysctls['net.ipv4.conf.up0.forwarding']).toBe('1');
    expect(control.sysctls['net.ipv6.conf.up0.accept_ra']).toBe('2');
  });

  it('waits for it without another word, however long, and not longer than its car', async () => {
    const { control, network, reports, wait, before } = unit();
    network.select(request);
    await wait();
    control.loseInterface('up0');
    for (let seconds = 0; seconds < 300; seconds++) await wait();
    expect(network.link(1)).toMatchObject({ phase: 'failed', reason: { code: 'uplink-lost' } });
    expect(failures(reports)).toBe(1);
    control.makeAgain('up0');
    await wait(2000);
    expect(network.link(1).phase).toBe('up');
    control.loseInterface('up0');
    await wait();
    network.release(1, over);
    control.makeAgain('up0');
    for (let seconds = 0; seconds < 60; seconds++) await wait();
    expect(network.link(1)).toMatchObject({ phase: 'off', reason: over });
    expect(control.state).toEqual(before);
  });

  it('is one that has a setting of the plan no more, whoever changed it', async () => {
    const { control, network, wait } = unit();
    network.select(request);
    await wait();
    control.sysctls['net.ipv4.conf.up0.forwarding'] = '0';
    await wait(600);
    expect(network.link(1).reason?.text).toContain('net.ipv4.conf.up0.forwarding is 0');
    await wait(2000);
    expect(network.link(1).phase).toBe('up');
    expect(control.sysctls['net.ipv4.conf.up0.forwarding']).toBe('1');
  });

  it('is one that was made again also where the plan had nothing to set there', async () => {
    const { control, network, wait } = unit();
    control.sysctls['net.ipv6.conf.all.forwarding'] = '1';
    control.sysctls['net.ipv4.conf.up0.forwarding'] = '1';
    network.select(request);
    await wait();
    expect(control.calls.join()).not.toContain('conf.up0');
    control.makeAgain('up0');
    await wait(600);
    expect(network.link(1)).toMatchObject({ phase: 'failed', reason: { code: 'uplink-lost' } });
    await wait(2000);
    expect(network.link(1).phase).toBe('up');
    expect(control.sysctls['net.ipv4.conf.up0.forwarding']).toBe('1');
  });

  it('is lost to all cars: nothing that they share is kept, and each has it again', async () => {
    const { control, network, reports, wait } = unit();
    network.select(request);
    network.select({ ...request, evse: 2, interface: 'ev1' });
    await wait();
    control.makeAgain('up0');
    await wait(600);
    expect([network.link(1).reason?.code, network.link(2).reason?.code]).toEqual([
      'uplink-lost',
      'uplink-lost',
    ]);
    expect(control.record).toEqual({ own: {}, shared: [] });
    await wait(2000);
    expect([network.link(1).phase, network.link(2).phase]).toEqual(['up', 'up']);
    expect(control.sysctls['net.ipv4.conf.up0.forwarding']).toBe('1');
    expect(failures(reports)).toBe(2);
  });
});

describe('an interface that comes and goes', () => {
  /** Seconds from each loss until it is up again. */
  async function delays({ control, network, wait }: ReturnType<typeof unit>, losses: number) {
    const taken: number[] = [];
    for (let loss = 0; loss < losses; loss++) {
      control.makeAgain('ev0');
      await wait(500);
      expect(network.link(1).phase).toBe('failed');
      let halves = 0;
      for (; network.link(1).phase !== 'up' && halves < 300; halves++) await wait(500);
      taken.push(halves / 2);
    }
    return taken;
  }

  it('is applied again after a delay that grows with each loss of a session, to a minute', async () => {
    const one = unit();
    one.network.select(request);
    await one.wait();
    expect(await delays(one, 9)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    // Settings that change are no new session.
    one.network.change({ ...request, ports: [443] });
    await one.wait();
    expect(await delays(one, 1)).toEqual([60]);
    one.network.release(1, over);
    await one.wait();
    one.network.select(request);
    await one.wait();
    expect(await delays(one, 2)).toEqual([1, 2]);
  });

  it.each([
    ['the EV interface', 'ev0', /^apply ip address add fd12/],
    ['the uplink', 'up0', /^apply sysctl net.ipv4.conf.up0/],
  ])('is applied again where a step failed because %s vanished', async (_, name, step) => {
    const { control, network, reports, wait, before } = unit();
    control.before = (call) => {
      if (!step.test(call)) return;
      control.before = () => {};
      control.loseInterface(name);
    };
    network.select(request);
    await wait(100);
    expect(network.link(1)).toMatchObject({
      phase: 'failed',
      reason: { code: expect.stringMatching(/^step-failed/), text: expect.stringContaining(name) },
    });
    expect(control.state).toEqual(before);
    expect(network.wanted(1)).toEqual(request);
    control.makeAgain(name);
    await wait(3000);
    expect(network.link(1)).toMatchObject({ phase: 'up', wanted: request });
    expect(reports.filter(({ report }) => report === 'failed')).toHaveLength(1);
  });

  it('is applied again where it vanished before there was a plan', async () => {
    const { control, network, wait } = unit();
    control.loseInterface('up0');
    network.select(request);
    await wait();
    expect(network.link(1)).toMatchObject({ phase: 'failed', reason: { code: 'no-uplink' } });
    control.makeAgain('up0');
    await wait(3000);
    expect(network.link(1).phase).toBe('up');
  });

  it('is the cause where a daemon fails for want of it', async () => {
    const { control, network, wait } = unit();
    network.select(request);
    await wait();
    control.loseInterface('ev0');
    control.failDaemon(1, 'radvd', 'radvd ended');
    await wait(100);
    expect(network.link(1)).toMatchObject({ phase: 'failed', reason: { code: 'interface-lost' } });
    control.makeAgain('ev0');
    await wait(3000);
    expect(network.link(1).phase).toBe('up');
  });

  it('is not the cause of a step that fails for another reason: nothing is tried again', async () => {
    const { control, network, wait } = unit();
    control.failing = { call: /^apply start radvd/, said: 'radvd: broken' };
    network.select(request);
    await wait();
    control.failing = undefined;
    expect(network.link(1).phase).toBe('failed');
    for (let seconds = 0; seconds < 120; seconds++) await wait();
    expect(network.link(1).phase).toBe('failed');
  });
});
