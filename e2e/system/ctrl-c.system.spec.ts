import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTool } from '@kerbside/host';
import { afterAll, describe, expect, it } from 'vitest';
import { beginCharge, type Bench, startBench } from '../support/bench.ts';
import { bookErrors, journalTransactions } from '../support/books.ts';
import { noNamespaces } from '../support/repository.ts';
import { eventually } from '../support/running.ts';

const PROGRAMS = ['charger', 'rig', 'vehicle', 'csms'] as const;

describe.skipIf(noNamespaces)('Ctrl-C in mid-charge (needs root, for network namespaces)', () => {
  const data = mkdtempSync(path.join(tmpdir(), 'kbt-ctrl-c-'));
  let bench: Bench | undefined;
  afterAll(async () => {
    await bench?.close();
    rmSync(data, { recursive: true, force: true });
  }, 60_000);

  it('the charge is closed before the end, nothing is left, and the next start goes on with the same data', async () => {
    bench = await startBench([], { data });
    const { launcher, pid } = bench;
    await beginCharge(bench.api, { evse: 2, kind: 'iso2-dc' });
    const key = (await bench.api.evse(2)).transaction?.key;
    expect(key).toBeDefined();
    launcher.child.kill('SIGINT');
    expect(await launcher.ended(20_000)).toBe(0);
    expect(PROGRAMS.filter((program) => pid(program) !== undefined)).toEqual([]);
    const left = await runTool('ip', ['netns', 'list']);
    expect(left).not.toContain(`kb${launcher.child.pid}-`);
    expect(await runTool('ip', ['-o', 'link'])).not.toContain(`kb${launcher.child.pid}-`);

    bench = await startBench([], { data });
    const { api } = bench;
    await eventually(
      'the stop of before is delivered',
      async () =>
        (await journalTransactions(api)).some(
          (one) =>
            // the launcher ends the car first; a killed charger would say PowerLoss
            one.key === key && one.reason === 'EVDisconnected' && one.delivered,
        ),
      30_000,
    );
    expect(bookErrors(await journalTransactions(api), await bench.transactions())).toEqual([]);
  }, 120_000);
});
