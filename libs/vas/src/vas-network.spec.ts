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
