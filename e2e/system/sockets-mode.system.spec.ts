import { existsSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import type { Health } from '@kerbside/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, OWNER, startBench } from '../support/bench.ts';
import { bookErrors, journalTransactions } from '../support/books.ts';
import { chargeAndCompare } from '../support/compared-charge.ts';
import { userWithoutNamespaces } from '../support/ordinary-user.ts';
import { noNamespaces } from '../support/repository.ts';

const CHROMIUM = '/usr/bin/chromium';

describe.skipIf(noNamespaces)(
  'an ordinary user whom the kernel refuses namespaces (needs root, to become one)',
  () => {
    const user = userWithoutNamespaces();
    let bench: Bench;

    beforeAll(async () => {
      bench = await startBench([], { as: user.as });
    }, 120_000);
    afterAll(async () => {
      await bench?.close();
      user.remove();
    }, 60_000);

    it('no program runs as root, none has a capability or a network of its own', () => {
      for (const program of ['charger', 'rig', 'vehicle', 'csms'] as const) {
        const pid = bench.pid(program);
        const status = readFileSync(`/proc/${pid}/status`, 'latin1');
        expect(/^Uid:\s+(.*)$/m.exec(status)?.[1], program).toBe(
          ['65534', '65534', '65534', '65534'].join('\t'),
        );
        expect(/^CapEff:\s+(.*)$/m.exec(status)?.[1], program).toBe('0000000000000000');
      }
    });

    it('one line at start says which mode it is, and why; REST says it too', async () => {
      const lines = bench.launcher
        .output()
        .split('\n')
        .filter((line) => line.includes('over Unix sockets'));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(
        /^ *network +no namespaces \(.*not permitted.*\): frames over Unix sockets, V2G over loopback\b/i,
      );
      const health = await bench.api.call<Health>('GET', '/health');
      expect(health).toMatchObject({ networkMode: 'sockets', bench: true });
    });

    it('the UI says it', async (context) => {
      if (!existsSync(CHROMIUM)) return context.skip(`needs ${CHROMIUM}`);
      const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
      try {
        const page = await browser.newPage({ locale: 'en-GB' });
        await page.goto(`${bench.api.base}/system/about`);
        await page.getByLabel('Name', { exact: true }).fill(OWNER.name);
        await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
        await page.getByRole('button', { name: 'Log in' }).click();
        await page
          .getByText('no namespaces: frames over local sockets, V2G over loopback')
          .waitFor({ timeout: 20_000 });
        expect(new URL(page.url()).pathname).toBe('/system/about');
      } finally {
        await browser.close();
      }
    }, 60_000);

    it.each([
      { kind: 'iso2-ac', evse: 1, energyWh: 25 },
      { kind: 'iso2-dc', evse: 2, energyWh: 60 },
      { kind: 'basic', evse: 1, energyWh: 20 },
    ] as const)(
      '$kind: the energies of vehicle, meter, journal, StopTransaction and CSMS agree',
      async (plan) => {
        const session = await chargeAndCompare(bench, { ...plan, internet: false });
        expect(session.transactions).toHaveLength(1);
      },
      120_000,
    );

    it('journal and back-end have the same books', async () => {
      const journal = await journalTransactions(bench.api);
      expect(journal).toHaveLength(3);
      expect(bookErrors(journal, await bench.transactions())).toEqual([]);
    });
  },
);
