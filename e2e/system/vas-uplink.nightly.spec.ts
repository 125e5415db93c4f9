import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inNamespace, type NetworkNamespace } from '@kerbside/host';
import { describe, expect, it } from 'vitest';
import { cleanup } from '../support/cleanup.ts';
import { inRepository, noNamespaces } from '../support/repository.ts';
import { eventually, follow, type Running } from '../support/running.ts';
import { programsIn } from '../support/vas-bench.ts';
import { fetchPage, ownersRules, slaacAddress, vasWorld, WEB } from '../support/vas-world.ts';

describe.skipIf(noNamespaces)(
  'internet for a car on a real interface, by `--uplink` (needs root, for network namespaces)',
  () => {
    const clean = cleanup();

    it('a car of its own gets it by the uplink that is named, and the machine is as before afterwards', async () => {
      const world = await vasWorld(clean, 1);
      await ownersRules(world.charger);
      const before = await world.state();
      const data = mkdtempSync(join(tmpdir(), 'kbt-uplink-'));
      clean.add(() => rmSync(data, { recursive: true, force: true }));
      const password = join(data, 'password');
      writeFileSync(password, 'system test of the uplink', { mode: 0o600 });
      const kerbside = (namespace: NetworkNamespace, ...args: string[]): Running => {
        const child = spawn(
          ...inNamespace(namespace, process.execPath, [inRepository('bin/kerbside.mjs'), ...args]),
          {
            stdio: ['ignore', 'pipe', 'pipe'],
            env: {
              ...process.env,
              KERBSIDE_OWNER: 'owner',
              KERBSIDE_OWNER_PASSWORD_FILE: password,
            },
          },
        );
        clean.add(() => child.kill('SIGKILL'));
        return follow(child);
      };
      const options = `--no-csms --verbose --evse 1=ev0 --uplink up0 --port 8095 --data ${data}`;
      const launcher = kerbside(world.charger, 'start', '--bench', ...options.split(' '));
      await launcher.printed(/Kerbside is ready/, 60_000);
      expect(launcher.output()).toContain('internet for cars by up0');
      const charger = programsIn(world.charger).find(({ command }) =>
        command.includes('apps/charger/dist/main.js'),
      );
      const sockets = /(?<=KERBSIDE_RIG_SOCKET=)[^\0]+/.exec(
        readFileSync(`/proc/${charger?.pid}/environ`, 'latin1'),
      )?.[0];
      const order = `--interface ev0 --rig ${sockets} --internet 3,4 --token KERB-OWNER --json`;
      const car = kerbside(world.cars[0] as NetworkNamespace, 'vehicle', ...order.split(' '));
      await car.printed(/"event":"internet","evse":1,"detail":"SLAAC fd/, 60_000);
      await slaacAddress(world, 1);
      const page = await fetchPage(
        (command, ...args) => world.inCar(1, command, ...args),
        `http://[${WEB.v6}]/`,
      );
      expect(page).toContain('the small internet, port 80');
      car.kill('SIGTERM');
      await car.ended(20_000);
      launcher.kill('SIGINT');
      await launcher.ended(20_000);
      await eventually('no program is left', () => programsIn(world.charger).length === 0);
      expect(await world.state()).toEqual(before);
    }, 180_000);
  },
);
