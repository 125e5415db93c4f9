import { expect } from '@playwright/test';
import { OWNER, screenshot, test } from './fixtures.ts';
import { Journey } from './journey.ts';

// The same journey against a running bench: KERBSIDE_UI_URL is its admin UI, KERBSIDE_CLAIM_CODE the code that it
// printed while it has no owner. KERBSIDE_UI_EVSE chooses the EVSE, 1 if absent.
const url = process.env['KERBSIDE_UI_URL'];
const code = process.env['KERBSIDE_CLAIM_CODE'];
const evse = Number(process.env['KERBSIDE_UI_EVSE'] ?? 1);

test.skip(url === undefined, 'needs a running bench: set KERBSIDE_UI_URL and KERBSIDE_CLAIM_CODE');

for (const kind of ['Basic', 'AC', 'DC'] as const)
  test(`on the bench: plug in (${kind}), watch, stop, history`, async ({ page }, info) => {
    test.slow();
    const journey = new Journey(page, url ?? '', 60_000);
    const claimed = await page.request.get(`${url}/api/v1/claim`);
    if (((await claimed.json()) as { claimed: boolean }).claimed) {
      await page.goto(url ?? '');
      await page.getByLabel('Name', { exact: true }).fill(OWNER.name);
      await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
      await page.getByRole('button', { name: 'Log in' }).click();
      await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    } else await journey.claim(code ?? '', OWNER);
    await journey.openEvse(evse);
    await journey.plugIn(kind, 'KERB-OWNER');
    await journey.inTimeline(/StartTransaction/);
    await journey.energyFlows();
    await screenshot(page, info.project.name, `bench-${kind.toLowerCase()}`);
    await journey.stop();
    await journey.unplug();
    await journey.lastSession();
  });
