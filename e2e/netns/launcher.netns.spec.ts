import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Machine, type MachineState, startMachine } from '../support/machine.ts';
import { noNamespaces } from '../support/repository.ts';
import { eventually } from '../support/running.ts';
import { StandInBench } from '../support/stand-in-bench.ts';

const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

describe.skipIf(noNamespaces)('the launcher (needs root, for network namespaces)', () => {
  let machine: Machine;
  let bench: StandInBench;
  let before: MachineState;

  beforeEach(async () => {
    machine = await startMachine();
    bench = new StandInBench(machine);
    before = await machine.state();
  });
  afterEach(async () => {
    await machine?.close();
    bench?.close();
  });

  const namespaces = async (): Promise<string[]> =>
    (await machine.run('ip', ['netns', 'list'])).match(/\bkb\d+-\w+/g) ?? [];
  const pidOf = async (pattern: string): Promise<string[]> =>
    (await machine.run('pgrep', ['-f', pattern]).catch(() => '')).split('\n').filter(Boolean);

  it('puts the programs into three namespaces and passes the listener', async () => {
    const running = await bench.started();
    const [web, csms] = await bench.ask(['http://127.0.0.1:8080/', 'http://127.0.0.1:8081/']);
    expect(web).toMatchObject({
      name: 'charger',
      which: 'web',
      interfaces: ['csms0', 'ev0', 'ev1', 'lo', 'uplink0'],
      env: { KERBSIDE_NETWORK_MODE: 'namespaces', KERBSIDE_EVSES: '1=ev0,2=ev1' },
    });
    expect(bench.facts('rig').interfaces).toEqual(web?.interfaces);
    expect(bench.facts('vehicle').interfaces).toEqual(['ev0', 'ev1', 'lo']);
    expect(csms).toMatchObject({ name: 'csms', which: 'web' });
    expect(csms?.interfaces).toEqual([expect.stringMatching(/^kb\d+-svc$/), 'lo']);

    const charger = (await namespaces()).find((name) => name.endsWith('-chg'));
    const url = new URL(web?.env['KERBSIDE_CSMS_URL'] ?? '');
    expect(url.pathname).toBe('/ocpp');
    const [ocpp] = await bench.ask([`http://${url.host}/`], charger);
    expect(ocpp).toMatchObject({ name: 'csms', which: 'ocpp' });

    running.kill('SIGTERM');
    expect(await running.ended()).toBe(0);
  });

  it('answers on no EV interface: the UI can’t be reached from the vehicle', async () => {
    const running = await bench.started();
    const names = await namespaces();
    const vehicle = names.find((name) => name.endsWith('-veh'));
    const charger = names.find((name) => name.endsWith('-chg')) ?? '';
    const shown = await machine.run('ip', [
      '-n',
      charger,
      '-6',
      '-o',
      'addr',
      'show',
      'dev',
      'ev0',
    ]);
    const address = /inet6 (fe80:[^/]+)/.exec(shown)?.[1];
    // A refusal is an answer: the cable carries, and nobody listens.
    const tried = await machine
      .run('nsenter', [
        `--net=/run/netns/${vehicle}`,
        process.execPath,
        '-e',
        `require('net').connect({ host: '${address}%ev0', port: 8080 })
          .on('connect', () => console.log('connected'))
          .on('error', (error) => console.log(error.code))`,
      ])
      .then((text) => text.trim());
    expect(tried).toBe('ECONNREFUSED');
    running.kill('SIGTERM');
    expect(await running.ended()).toBe(0);
  });

  it('leaves nothing after Ctrl-C, which npm passes on a second time', async () => {
    const running = await bench.started();
    expect(await machine.state()).not.toEqual(before);
    running.kill('SIGINT');
    running.kill('SIGINT');
    expect(await running.ended(5000)).toBe(0);
    expect(await machine.state()).toEqual(before);
  });

  it('leaves nothing after Ctrl-C during the start', async () => {
    const running = bench.start();
    await running.printed(/network/);
    running.kill('SIGINT');
    expect(await running.ended(5000)).toBe(0);
    expect(running.output()).not.toContain('is ready');
    expect(await machine.state()).toEqual(before);
  });

  it('ends a program that is deaf to SIGTERM and to the end of its input', async () => {
    const data = bench.data('deaf');
    bench.order('rig', { deaf: true }, data);
    const running = await bench.started(['--data', data]);
    running.kill('SIGINT');
    expect(await running.ended(8000)).toBe(0);
    expect(await machine.state()).toEqual(before);
  });

  it('starts the charger again; who comes meanwhile waits and is served', async () => {
    const running = await bench.started();
    const [dying] = await bench.ask(['http://127.0.0.1:8080/die']);
    expect(dying).toHaveProperty('error');
    const [next] = await bench.ask(['http://127.0.0.1:8080/']);
    expect(next).toMatchObject({ name: 'charger' });
    await running.printed(/charger was ended by SIGKILL; started again in 0\.5 s/);
    await running.printed(/charger serves again; the claim code is now ABCD-EFGH/);
    running.kill('SIGINT');
    expect(await running.ended()).toBe(0);
    expect(await machine.state()).toEqual(before);
  });

  describe('killed with -9', () => {
    it('takes its programs with it; the next start removes what it left', async () => {
      const running = await bench.started();
      const left = await namespaces();
      running.kill('SIGKILL');
      await running.ended();
      await eventually('programs end with the launcher', async () => {
        return (await pidOf('stand-ins')).length === 0;
      });
      expect(await namespaces()).toEqual(left);

      const next = await bench.started();
      await next.printed(/leftovers .*namespace kb\d+-chg/);
      expect((await namespaces()).filter((name) => left.includes(name))).toEqual([]);
      next.kill('SIGINT');
      expect(await next.ended()).toBe(0);
      expect(await machine.state()).toEqual(before);
    });

    it('leaves a deaf program, which the next start ends', async () => {
      const data = bench.data('deaf-killed');
      for (const name of ['vehicle', 'csms']) bench.order(name, { deaf: true }, data);
      const running = await bench.started(['--data', data]);
      running.kill('SIGKILL');
      await running.ended();
      await eventually('the others end', async () => (await pidOf('stand-ins')).length === 2);
      const next = await bench.started();
      await next.printed(/leftovers .*process \d+/);
      next.kill('SIGINT');
      expect(await next.ended()).toBe(0);
      expect(await machine.state()).toEqual(before);
    });

    it('is found by its names where the state file is lost', async () => {
      const running = await bench.started();
      running.kill('SIGKILL');
      await running.ended();
      await machine.run('rm', ['-r', '/run/kerbside']);
      const next = await bench.started();
      next.kill('SIGINT');
      expect(await next.ended()).toBe(0);
      expect(await machine.state()).toEqual(before);
    });
  });

  it('lets a second bench run beside it, but not on the same data', async () => {
    const first = await bench.started();
    const refused = bench.start();
    expect(await refused.ended()).toBe(1);
    expect(refused.output()).toContain('a bench runs already on');
    const second = await bench.started(['--data', bench.data('second')]);
    const address = /ready: (\S+)/.exec(second.output())?.[1] ?? '';
    expect(address).toBe('http://localhost:8082/');
    const [one, two] = await bench.ask(['http://127.0.0.1:8080/', 'http://127.0.0.1:8082/']);
    expect(one?.env['KERBSIDE_CSMS_URL']).not.toBe(two?.env['KERBSIDE_CSMS_URL']);
    for (const running of [first, second]) {
      running.kill('SIGINT');
      expect(await running.ended()).toBe(0);
    }
    expect(await machine.state()).toEqual(before);
  });

  it('refuses a port that was asked for and is taken', async () => {
    const first = await bench.started(['--port', '8099', '--no-csms', '--no-vehicle']);
    const second = bench.start(['--data', bench.data('second'), '--port', '8099']);
    expect(await second.ended()).toBe(1);
    expect(second.output()).toContain('port 8099 of 127.0.0.1 is taken');
    first.kill('SIGINT');
    expect(await first.ended()).toBe(0);
    expect(await machine.state()).toEqual(before);
  });

  it('gives up on a program that can’t start, with its last words', async () => {
    const data = bench.data('failing');
    bench.order('charger', { exitCode: 78 }, data);
    const running = bench.start(['--data', data]);
    expect(await running.ended()).toBe(1);
    expect(running.output()).toMatch(
      /charger ended with exit code 78\n.*the stand-in was told to fail/s,
    );
    expect(running.output()).not.toContain('started again');
    expect(await machine.state()).toEqual(before);

    bench.order('charger', { exitCode: 1 }, data);
    const again = bench.start(['--data', data]);
    expect(await again.ended()).toBe(1);
    expect(again.output()).toContain('charger ended with exit code 1, 3 times');
    expect(await machine.state()).toEqual(before);
  });

  it('uses an interface of the machine and changes nothing about it', async () => {
    await machine.run('ip', ['link', 'add', 'kbtev', 'type', 'veth', 'peer', 'kbtfar']);
    for (const name of ['kbtev', 'kbtfar']) await machine.run('ip', ['link', 'set', name, 'up']);
    await eventually('its address', async () =>
      /fe80/.test(await machine.run('ip', ['-6', '-o', 'addr', 'show', 'dev', 'kbtev'])),
    );
    const shown = async (): Promise<string> =>
      (await machine.run('ip', ['-o', 'addr', 'show', 'dev', 'kbtev']))
        .replace(/ tentative/, '')
        .replaceAll(/\s+/g, ' ');
    const untouched = await shown();
    const args =
      '--no-vehicle --no-csms --evse 1=kbtev --uplink kbtfar --id CP9 --csms ws://127.0.0.1:1/x';
    const running = await bench.started(args.split(' '));
    const [charger] = await bench.ask(['http://127.0.0.1:8080/']);
    expect(charger?.interfaces).toEqual(['kbtev', 'kbtfar', 'lo']);
    expect(charger?.env).toMatchObject({
      KERBSIDE_NETWORK_MODE: 'caller',
      KERBSIDE_EVSES: '1=kbtev',
      KERBSIDE_UPLINK: 'kbtfar',
      KERBSIDE_CP_ID: 'CP9',
      KERBSIDE_CSMS_URL: 'ws://127.0.0.1:1/x',
    });
    running.kill('SIGINT');
    expect(await running.ended()).toBe(0);
    expect(await shown()).toBe(untouched);
    await machine.run('ip', ['link', 'delete', 'kbtev']);
    expect(await machine.state()).toEqual(before);

    const unknown = bench.start(['--evse', '1=kbtev']);
    expect(await unknown.ended()).toBe(1);
    expect(unknown.output()).toContain('there is no interface kbtev here');
    const noUplink = bench.start(['--evse', '1=lo', '--uplink', 'kbtup']);
    expect(await noUplink.ended()).toBe(1);
    expect(noUplink.output()).toContain('there is no interface kbtup here');
  });

  it('reaches a CSMS of the caller through a relay', async () => {
    const server = machine.spawn(process.execPath, [
      '-e',
      `require('http').createServer((q, r) => r.end(JSON.stringify({ name: q.url }))).listen(9911)`,
    ]);
    const running = await bench.started(['--csms', 'ws://127.0.0.1:9911/cs/']);
    expect(bench.facts('charger').env['KERBSIDE_CSMS_URL']).toBe('ws://198.18.0.1:9000/cs');
    const charger = (await namespaces()).find((name) => name.endsWith('-chg'));
    const [answer] = await bench.ask(['http://198.18.0.1:9000/cs/CP1'], charger);
    expect(answer).toEqual({ name: '/cs/CP1' });
    running.kill('SIGINT');
    expect(await running.ended()).toBe(0);
    await machine.run('pkill', ['-f', '9911']);
    expect(server.pid).toBeDefined();
    await eventually('the server ends', async () => (await pidOf('9911')).length === 0);
    expect(await machine.state()).toEqual(before);
  });

  describe('as an ordinary user', () => {
    it('does the same in a user namespace, and leaves nothing', async () => {
      const running = await bench.started(['--data', bench.data('nobody')], NOBODY);
      expect(running.output()).toContain('in a user namespace');
      const [web, csms] = await bench.ask(['http://127.0.0.1:8080/', 'http://127.0.0.1:8081/']);
      expect(web?.interfaces).toEqual(['csms0', 'ev0', 'ev1', 'lo', 'uplink0']);
      expect(csms).toMatchObject({ name: 'csms', which: 'web' });
      expect(await machine.run('ip', ['-o', 'link', 'show'])).not.toContain('kb');
      running.kill('SIGINT');
      expect(await running.ended(5000)).toBe(0);
      expect(await machine.state()).toEqual(before);
    });

    it('leaves no process when killed with -9, and nothing after the next start', async () => {
      const args = ['--data', bench.data('nobody')];
      const running = await bench.started(args, NOBODY);
      running.kill('SIGKILL');
      await running.ended();
      await eventually('all programs end', async () => {
        return (await pidOf('stand-ins')).length === 0;
      });
      const next = await bench.started(args, NOBODY);
      next.kill('SIGTERM');
      expect(await next.ended()).toBe(0);
      expect(await machine.state()).toEqual(before);
      expect(
        (await machine.run('find', ['/tmp', '-maxdepth', '1', '-name', 'kerbside-65534'])).trim(),
      ).toBe('');
    });

    it('goes over sockets, and says so, where namespaces are refused', async () => {
      // `unshare` as it ends on a kernel that forbids user namespaces.
      const refusing = bench.data('refusing');
      await machine.run('mkdir', ['-p', refusing]);
      await machine.run('tee', [`${refusing}/unshare`], {
        input: '#!/bin/sh\necho "unshare: unshare failed: Operation not permitted" >&2\nexit 1\n',
      });
      await machine.run('chmod', ['-R', 'a+rx', refusing]);
      const running = await bench.started(['--data', bench.data('nobody')], NOBODY, {
        PATH: `${refusing}:${process.env['PATH']}`,
      });
      expect(running.output()).toMatch(/network +no namespaces \(.*\): frames over Unix sockets/);
      expect(bench.facts('vehicle', bench.data('nobody')).env).toMatchObject({
        KERBSIDE_NETWORK_MODE: 'sockets',
        KERBSIDE_V2G_LOOPBACK: '1',
      });
      running.kill('SIGINT');
      expect(await running.ended()).toBe(0);
      expect(await machine.state()).toEqual(before);
    });
  });
});
