import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addVethPair, inNamespace, type NetworkNamespace, runInNamespace } from '@kerbside/host';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanup } from '../support/cleanup.ts';
import { inRepository, noNamespaces } from '../support/repository.ts';
import { advertisementsReach, learnedOn, rogueRouter } from '../support/rogue-router.ts';
import { eventually } from '../support/running.ts';

describe.skipIf(noNamespaces)(
  'EV interfaces beside a car that plays the router (needs root, for network namespaces)',
  () => {
    const clean = cleanup('test');
    let charger: NetworkNamespace;
    let car: NetworkNamespace;
    let directory: string;
    let running: ChildProcess[];

    const cable = () =>
      addVethPair(
        { namespace: car, name: 'ev0', linkLocal: 'at-once' },
        { namespace: charger, name: 'ev0', linkLocal: 'at-once' },
      );
    const accepts = async () =>
      (await runInNamespace(charger, 'cat', ['/proc/sys/net/ipv6/conf/ev0/accept_ra'])).trim();
    const learned = () => learnedOn(charger, 'ev0');
    async function guard(): Promise<ChildProcess> {
      const child = spawn(
        ...inNamespace(charger, process.execPath, [
          inRepository('e2e/support/ev-guard.mjs'),
          directory,
          'ev0',
        ]),
        { stdio: ['pipe', 'pipe', 'inherit'] },
      );
      running.push(child);
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      return child;
    }
    const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));

    beforeEach(async () => {
      charger = await clean.namespace('chg');
      car = await clean.namespace('car');
      directory = mkdtempSync(join(tmpdir(), 'kbt-guard-'));
      clean.add(() => rmSync(directory, { recursive: true, force: true }));
      running = [];
      await cable();
    });
    afterEach(async () => {
      for (const child of running) child.kill('SIGKILL');
    });

    it('take no route and no address from it, lose what it gave before, and not even when they come back', async () => {
      let router = await rogueRouter(car, 'ev0', directory);
      running.push(router);
      await eventually('an interface by itself takes both', async () => {
        const now = (await learned()).join('\n');
        return now.includes('default via fe80') && now.includes('dynamic');
      });
      await guard();
      await eventually('what was learned is gone', async () => (await learned()).length === 0);
      await advertisementsReach(charger, 'ev0', 1);
      expect(await learned()).toEqual([]);

      router.kill('SIGTERM');
      await ended(router);
      await runInNamespace(charger, 'ip', ['link', 'delete', 'ev0']);
      await cable();
      router = await rogueRouter(car, 'ev0', directory);
      running.push(router);
      await advertisementsReach(charger, 'ev0', 2);
      await eventually('it is closed again', async () => (await learned()).length === 0, 5000);
      await advertisementsReach(charger, 'ev0', 1);
      expect(await learned()).toEqual([]);
    }, 60_000);

    it('are as before when the charger has stopped, after a crash too', async () => {
      await runInNamespace(charger, 'sysctl', ['-q', '-w', 'net.ipv6.conf.ev0.accept_ra=2']);
      const first = await guard();
      expect(await accepts()).toBe('0');
      first.kill('SIGKILL');
      await ended(first);
      expect(await accepts()).toBe('0');
      const second = await guard();
      second.stdin?.end();
      await ended(second);
      expect(await accepts()).toBe('2');
    }, 30_000);
  },
);
