import { networkNamespace, runInNamespace } from '@kerbside/host';
import { seconds } from '@kerbside/kernel';
import { expect, type Page } from '@playwright/test';
import { inRepository } from '../support/repository.ts';
import { OWNER, screenshot, test } from './fixtures.ts';
import { Journey } from './journey.ts';

// The same journey against a running bench: KERBSIDE_UI_URL is its admin UI, KERBSIDE_CLAIM_CODE the code that it
// printed while it has no owner. KERBSIDE_UI_EVSE chooses the EVSE, 1 if absent.
const url = process.env['KERBSIDE_UI_URL'];
const code = process.env['KERBSIDE_CLAIM_CODE'];
const evse = Number(process.env['KERBSIDE_UI_EVSE'] ?? 1);

const namespace = process.env['KERBSIDE_UI_VEHICLE_NAMESPACE'];

test.skip(url === undefined, 'needs a running bench: set KERBSIDE_UI_URL and KERBSIDE_CLAIM_CODE');

async function enter(page: Page): Promise<void> {
  const claimed = await page.request.get(`${url}/api/v1/claim`);
  if (((await claimed.json()) as { claimed: boolean }).claimed) {
    await page.goto(url ?? '');
    await page.getByLabel('Name', { exact: true }).fill(OWNER.name);
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  } else await new Journey(page, url ?? '', 60_000).claim(code ?? '', OWNER);
}

for (const kind of ['Basic', 'AC', 'DC'] as const)
  test(`on the bench: plug in (${kind}), watch, stop, history`, async ({ page }, info) => {
    test.slow();
    const journey = new Journey(page, url ?? '', 60_000);
    await enter(page);
    await journey.openEvse(evse);
    await journey.plugIn(kind, 'KERB-OWNER');
    await journey.inTimeline(/StartTransaction/);
    await journey.energyFlows();
    await screenshot(page, info.project.name, `bench-${kind.toLowerCase()}`);
    await journey.stop();
    await journey.unplug();
    await journey.lastSession();
  });

/** The state word of SLAC. */
const stateOf = (page: Page) =>
  page.getByRole('region', { name: 'Vehicle communication' }).getByRole('status');
const PATIENCE = { timeout: 60_000 };
const post = (page: Page, path: string, body: object) =>
  page.evaluate(
    async ([where, what]) => {
      const answer = await fetch(`/api/v1${where}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(what),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    [path, body] as const,
  );

test('on the bench: a plug-in shows a matched attempt, ten sounds, each message', async ({
  page,
}, info) => {
  test.slow();
  await enter(page);
  await page.goto(`${url}/evses/${evse}/slac`);
  await post(page, `/bench/evses/${evse}/vehicle`, { action: 'plug-in', kind: 'iso2-ac' });
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(stateOf(page)).toHaveText('Matched', PATIENCE);
  await expect(verdict).toContainText('The car is matched');
  await expect(page.getByText('10 of 10').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^10 sounds and 10 profiles/ })).toBeVisible();
  for (const name of ['CM_SLAC_PARM.REQ', 'CM_ATTEN_CHAR.IND', 'CM_SLAC_MATCH.CNF'])
    await expect(page.getByRole('button', { name: new RegExp(`^${name},`) }).first()).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'Attempts' }).getByRole('link').first(),
  ).toContainText('matched', PATIENCE);
  await page.waitForTimeout(300);
  await screenshot(page, info.project.name, 'bench-slac-matched');
  const pcap = await page.request.get(
    `${url}${await page.getByRole('link', { name: 'Download pcap' }).getAttribute('href')}`,
  );
  expect((await pcap.body()).subarray(0, 4)).toEqual(Buffer.from('d4c3b2a1', 'hex'));
  await post(page, `/bench/evses/${evse}/vehicle`, { action: 'unplug' });
  await expect(stateOf(page)).toHaveText('No car to match', PATIENCE);
});

for (const [knobs, cause, words] of [
  [{ sounds: 0 }, 'no-sounds', 'The car announced its sounds, but none was heard'],
  [{ noMatchReq: true }, 'no-match-req', 'did not send CM_SLAC_MATCH.REQ'],
] as const)
  test(`on the bench: a car that does wrong is explained (${cause})`, async ({ page }, info) => {
    test.skip(namespace === undefined, 'needs root, for a car in the namespace of the vehicle');
    test.slow();
    await enter(page);
    await page.goto(`${url}/evses/2/slac`);
    await expect(stateOf(page)).toBeVisible();
    await post(page, '/bench/evses/2/pilot', { state: 'B' });
    await expect(stateOf(page)).toHaveText('Waiting for the car', PATIENCE);
    const told = await runInNamespace(
      networkNamespace(namespace ?? ''),
      process.execPath,
      [inRepository('e2e/support/bad-car.mjs'), 'ev1', 'slac', JSON.stringify(knobs)],
      { limit: seconds(50) },
    );
    expect(JSON.parse(told)).toMatchObject({ kind: 'failed' });
    const verdict = page.getByRole('region', { name: 'Verdict' });
    await expect(verdict).toContainText(words, PATIENCE);
    await expect(verdict.getByRole('listitem').first()).toBeVisible();
    await page.waitForTimeout(300);
    await screenshot(page, info.project.name, `bench-slac-${cause}`);
    await post(page, '/bench/evses/2/pilot', { state: 'A' });
    await expect(stateOf(page)).toHaveText('No car to match', PATIENCE);
  });
