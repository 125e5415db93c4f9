import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Machine, startMachine } from '../support/machine.ts';
import { inRepository, noNamespaces } from '../support/repository.ts';
import { eventually, follow, type Running } from '../support/running.ts';

describe.skipIf(noNamespaces)('SDP on two interfaces (needs root, for network namespaces)', () => {
  let machine: Machine;

  beforeEach(async () => {
    machine = await startMachine();
    for (const n of [0, 1]) {
      await machine.run('ip', ['netns', 'add', `car${n}`]);
      const peer = ['peer', 'name', 'ev0', 'netns', `car${n}`];
      await machine.run('ip', ['link', 'add', `ev${n}`, 'type', 'veth', ...peer]);
      await machine.run('ip', ['link', 'set', `ev${n}`, 'up']);
      await machine.run('ip', ['-n', `car${n}`, 'link', 'set', 'ev0', 'up']);
    }
    await eventually('addresses are usable', async () => {
      const shown = await machine.run('ip', ['-6', '-o', 'addr', 'show', 'scope', 'link']);
      return (
        shown.split('\n').filter((line) => /fe80/.test(line) && !/tentative/.test(line)).length ===
        2
      );
    });
    await eventually('so are the cars’', async () => {
      const shown = await Promise.all(
        [0, 1].map((n) =>
          machine.run('ip', ['-n', `car${n}`, '-6', '-o', 'addr', 'show', 'dev', 'ev0']),
        ),
      );
      return shown.every((text) => /fe80/.test(text) && !/tentative/.test(text));
    });
  });
  afterEach(() => machine?.close());

  const script = (name: string): string => inRepository(`e2e/support/${name}.mjs`);
  const serve = async (...interfaces: string[]): Promise<Running> => {
    const args = [script('sdp-servers'), ...interfaces];
    const running = follow(
      machine.spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] }),
    );
    await running.printed(/"up"/);
    return running;
  };
  const ask = async (car: number, limit: number): Promise<string> => {
    const enter = [`--net=/run/netns/car${car}`, '--', process.execPath];
    const asked = await machine.run('nsenter', [...enter, script('sdp-ask'), 'ev0', String(limit)]);
    return asked.trim();
  };

  it('each car is answered by the charger on its own cable, and heard by no other', async () => {
    const servers = await serve('ev0', 'ev1');
    expect(await ask(0, 40)).toBe('50000');
    expect(await ask(1, 40)).toBe('50001');
    const heard = servers.output().match(/"asked":"\w+"/g) ?? [];
    expect(new Set(heard)).toEqual(new Set(['"asked":"ev0"', '"asked":"ev1"']));
    const perAsking = servers.output().indexOf('"ev1"') > servers.output().lastIndexOf('"ev0"');
    expect(perAsking).toBe(true);
  });

  it('a car on the cable of an interface that nobody serves gets no answer', async () => {
    const servers = await serve('ev0');
    expect(await ask(0, 40)).toBe('50000');
    expect(await ask(1, 4)).toBe('sdp.no-answer');
    expect(servers.output()).not.toContain('ev1');
  });

  it('a second charger on the same interface is told so, not served half of the cars', async () => {
    await serve('ev0');
    expect(await ask(0, 40)).toBe('50000');
    const second = await serve('ev0');
    await second.printed(/"failed":"ev0".*EADDRINUSE/);
  });
});
