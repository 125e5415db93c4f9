import { runMachine, type RunningMachine } from '@kerbside/kernel';
import { ManualClock } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_INTERNET_SETTINGS,
  type NetworkInput,
  networkMachine,
  type NetworkQuestion,
  type NetworkReport,
  type NetworkState,
} from './index.ts';
import { outcomesOf } from './ports.ts';
import { MemoryNetwork } from './testing/index.ts';

const settings = { ...DEFAULT_INTERNET_SETTINGS, ula: 'fd12:3456:789a::/48' };
const request = (evse: number) => ({ evse, interface: `ev${evse - 1}`, ports: [80, 443] });
const over = { code: 'session-ended', text: 'the session is over' };

interface Bench {
  readonly network: MemoryNetwork;
  readonly machine: RunningMachine<NetworkState, NetworkInput>;
  readonly reports: NetworkReport[];
  phase(evse?: number): string | undefined;
  quiet(): Promise<void>;
}

function bench(network = new MemoryNetwork()): Bench {
  const reports: NetworkReport[] = [];
  const machine = runMachine(
    networkMachine(() => settings),
    {
      clock: new ManualClock(),
      perform: (effect) => void reports.push(effect.report),
      ask(question: NetworkQuestion) {
        switch (question.ask) {
          case 'facts':
            return network.facts();
          case 'apply':
            return outcomesOf(question.steps, (step) => network.apply(step));
          case 'undo':
            return outcomesOf(question.steps, (step) => network.undo(step));
          case 'remember':
            return network.remember(question.record);
        }
      },
      failed(error) {
        throw error;
      },
    },
  );
  return {
    network,
    machine,
    reports,
    phase: (evse = 1) => machine.state.links[evse]?.phase,
    async quiet() {
      for (let turns = 0; turns < 1000; turns++) {
        await Promise.resolve();
        if (turns > 20 && !machine.state.job) return;
      }
    },
  };
}

const empty = { own: {}, shared: [] };

describe('the network of the cars', () => {
  it('goes up by its plan, and leaves nothing', async () => {
    const { network, machine, phase, quiet } = bench();
    const before = network.state;
    machine.feed({ on: 'select', request: request(1) });
    await quiet();
    expect(phase()).toBe('up');
    expect(network.sysctls['net.ipv6.conf.all.forwarding']).toBe('1');
    expect([...network.present].filter((name) => name.startsWith('kerbside-evse1'))).toHaveLength(
      2,
    );
    machine.feed({ on: 'release', evse: 1, reason: over });
    await quiet();
    expect(phase()).toBe('off');
    expect(network.state).toEqual(before);
    expect(network.record).toEqual(empty);
  });

  it('has the record on disk before the first change, and until after the last', async () => {
    const { network, machine, quiet } = bench();
    machine.feed({ on: 'select', request: request(1) });
    await quiet();
    machine.feed({ on: 'release', evse: 1, reason: over });
    await quiet();
    const calls = network.calls.map((call) => call.split(' ')[0]);
    expect(calls.indexOf('remember')).toBeLessThan(calls.indexOf('apply'));
    expect(calls.lastIndexOf('remember')).toBeGreaterThan(calls.lastIndexOf('undo'));
  });

  it('takes back in reverse order', async () => {
    const { network, machine, quiet } = bench();
    machine.feed({ on: 'select', request: request(1) });
    await quiet();
    machine.feed({ on: 'release', evse: 1, reason: over });
    await quiet();
    const named = (verb: string) =>
      network.calls.filter((call) => call.startsWith(verb)).map((call) => call.slice(verb.length));
    expect(named('undo ')).toEqual(named('apply ').toReversed());
  });

  const steps = 16;
  it.each(Array.from({ length: steps }, (_, index) => index))(
    'rolls back when step %i fails, and says which and what the tool said',
    async (index) => {
      const probe = bench();
      probe.machine.feed({ on: 'select', request: request(1) });
      await probe.quiet();
      const applied = probe.network.calls.filter((call) => call.startsWith('apply '));
      expect(applied).toHaveLength(steps);
      const name = applied[index] as string;

      const { network, machine, reports, phase, quiet } = bench();
      const before = network.state;
      network.failing = {
        call: new RegExp(`^${name.replace(/[^\w ]/g, '.')}$`),
        said: 'no such thing',
      };
      machine.feed({ on: 'select', request: request(1) });
      await quiet();
      expect(phase()).toBe('failed');
      expect(network.state).toEqual(before);
      expect(network.record).toEqual(empty);
      expect(reports.map(({ report }) => report)).toEqual(['plan', 'step-failed', 'failed']);
      expect(machine.state.links[1]?.reason?.text).toBe(`${name.slice(6)}: no such thing`);
    },
  );

  it('goes on taking back when one inverse fails, and says what is left behind', async () => {
    const { network, machine, reports, phase, quiet } = bench();
    machine.feed({ on: 'select', request: request(1) });
    await quiet();
    network.failing = { call: /undo ip address add fd12/, said: 'busy' };
    machine.feed({ on: 'release', evse: 1, reason: over });
    await quiet();
    expect(phase()).toBe('failed');
    expect(network.sysctls['net.ipv6.conf.all.forwarding']).toBe('0');
    expect([...network.present]).toEqual(['ip address add fd12:3456:789a:1::1/64 dev ev0']);
    expect(reports).toContainEqual(
      expect.objectContaining({ report: 'left-behind', said: 'busy' }),
    );
  });

  it('serves two cars at once; what they share stays until the last has gone', async () => {
    const { network, machine, phase, quiet } = bench();
    const before = network.state;
    machine.feed({ on: 'select', request: request(1) });
    machine.feed({ on: 'select', request: request(2) });
    await quiet();
    expect([phase(1), phase(2)]).toEqual(['up', 'up']);
    const applied = network.calls.filter((call) => call.includes('apply sysctl net.ipv6.conf.all'));
    expect(applied).toHaveLength(1);
    machine.feed({ on: 'release', evse: 1, reason: over });
    await quiet();
    expect([phase(1), phase(2)]).toEqual(['off', 'up']);
    expect(network.sysctls['net.ipv6.conf.all.forwarding']).toBe('1');
    expect(network.sysctls['net.ipv4.conf.ev0.forwarding']).toBe('0');
    expect([...network.present].filter((name) => name.includes('EV1'))).toEqual([]);
    expect([...network.present].filter((name) => name.includes('GUARD'))).toHaveLength(2);
    machine.feed({ on: 'release', evse: 2, reason: over });
    await quiet();
    expect(network.state).toEqual(before);
  });

  it('turns back where the car leaves while it goes up', async () => {
    const { network, machine, phase, quiet } = bench();
    const before = network.state;
    let open: () => void = () => {};
    machine.feed({ on: 'select', request: request(1) });
    for (let turns = 0; turns < 15; turns++) await Promise.resolve();
    network.gate = new Promise((resolve) => (open = resolve));
    expect(phase()).toBe('applying');
    machine.feed({ on: 'release', evse: 1, reason: over });
    open();
    network.gate = undefined;
    await quiet();
    expect(phase()).toBe('off');
    expect(network.state).toEqual(before);
    expect(network.calls.some((call) => call.startsWith('apply start'))).toBe(false);
  });

  it('another selection replaces the one before, also while that one goes up', async () => {
    const { network, machine, phase, quiet } = bench();
    machine.feed({ on: 'select', request: request(1) });
    for (let turns = 0; turns < 15; turns++) await Promise.resolve();
    machine.feed({ on: 'select', request: { ...request(1), ports: [443] } });
    await quiet();
    expect(phase()).toBe('up');
    expect(machine.state.links[1]?.plan?.ports).toEqual([443]);
    machine.feed({ on: 'select', request: { ...request(1), ports: [80] } });
    await quiet();
    expect(machine.state.links[1]?.plan?.ports).toEqual([80]);
    expect([...network.present].filter((name) => name.includes('EV1-FWD'))).toHaveLength(2);
  });

  it('is failed when a daemon is broken, and can be selected again', async () => {
    const { network, machine, phase, quiet } = bench();
    const before = network.state;
    machine.feed({ on: 'select', request: request(1) });
    await quiet();
    machine.feed({
      on: 'broken',
      evse: 1,
      reason: { code: 'broken:udhcpd', text: 'udhcpd ended' },
    });
    await quiet();
    expect(phase()).toBe('failed');
    expect(network.state).toEqual(before);
    machine.feed({ on: 'select', request: request(1) });
    await quiet();
    expect(phase()).toBe('up');
  });

  it('says why there is no plan', async () => {
    const { network, machine, reports, phase, quiet } = bench(
      new MemoryNetwork({ defaultRoutes: [] }),
    );
    machine.feed({ on: 'select', request: request(1) });
    await quiet();
    expect(phase()).toBe('failed');
    expect(reports.at(-1)).toMatchObject({ report: 'failed', reason: { code: 'no-uplink' } });
    expect(network.calls).toEqual(['facts']);
  });

  it('changes nothing where the record can’t be written', async () => {
    const { network, machine, phase, quiet } = bench();
    network.failing = { call: /^remember$/, said: 'disk full' };
    machine.feed({ on: 'select', request: request(1) });
    await quiet();
    expect(phase()).toBe('failed');
    expect(network.calls.filter((call) => call.startsWith('apply'))).toEqual([]);
  });
});
