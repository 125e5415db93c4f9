import type { Page } from '@playwright/test';
import type { MockServer } from '../../apps/admin/dev/mock-server.mjs';
import { axeFindings, expect, logIn, OWNER, screenshot, test } from './fixtures.ts';

const pages = [
  ['status', '/', 'Status'],
  ['evses', '/evses', 'EVSEs'],
  ['evse-charging', '/evses/1', 'EVSE 1'],
  ['evse-available', '/evses/2', 'EVSE 2'],
  ['evse-missing', '/evses/9', 'EVSE 9'],
  ['sessions', '/sessions', 'Sessions'],
  ['session', '/sessions/s-4', /^Session /],
  ['session-missing', '/sessions/none', 'Session'],
  ['ocpp', '/ocpp', 'OCPP'],
  ['internet', '/internet', 'Vehicle internet'],
  ['about', '/system/about', 'System'],
  ['settings', '/system/settings', 'System'],
  ['accounts', '/system/accounts', 'System'],
  ['tokens', '/system/tokens', 'System'],
  ['audit', '/system/audit', 'System'],
  ['nowhere', '/nowhere', 'Nothing is here'],
] as const;
/** Vehicle communication: what its attempts look like, and where there is none. */
const slacPages = [
  ['slac-matched', '/evses/1/slac', 'EVSE 1: vehicle communication'],
  ['slac-failed', '/evses/1/slac?attempt=b3', 'EVSE 1: vehicle communication'],
  ['slac-retries', '/evses/1/slac?attempt=b2', 'EVSE 1: vehicle communication'],
  ['slac-silent', '/evses/1/slac?attempt=b0', 'EVSE 1: vehicle communication'],
  ['slac-empty', '/evses/2/slac', 'EVSE 2: vehicle communication'],
  ['slac-gone', '/evses/1/slac?attempt=none', 'EVSE 1: vehicle communication'],
  ['slac-missing', '/evses/9/slac', 'EVSE 9: vehicle communication'],
] as const;

/** Eleven minutes of a DC charge, then the clock is now. */
function charged(unit: MockServer): void {
  const evse = unit.unit.evse(1);
  unit.unit.advance(60_000);
  evse.plugIn({ action: 'plug-in', kind: 'iso2-dc', batteryWh: 77_000, soc: 34, internet: true });
  unit.unit.advance(8000);
  evse.token = 'KERB-OWNER';
  unit.unit.advance(11 * 60_000 - 8000);
}

async function noWiderThanTheScreen(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}

async function lookAt(
  page: Page,
  url: string,
  list: readonly (readonly [name: string, path: string, heading: string | RegExp])[],
  picture: (name: string) => Promise<void>,
): Promise<void> {
  for (const [name, path, heading] of list) {
    await page.goto(`${url}${path}`);
    await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    await picture(name);
    expect.soft(await axeFindings(page), name).toEqual([]);
    await noWiderThanTheScreen(page);
  }
}

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme, unitOptions: { owner: OWNER, history: true, minutesAgo: 12 } });

    test('every page: axe finds nothing serious, nothing is cut off', async ({
      watched,
      unit,
    }, info) => {
      test.slow();
      charged(unit);
      await logIn(watched, unit.url);
      await lookAt(watched, unit.url, pages, (name) =>
        screenshot(watched, info.project.name, `${name}-${colorScheme}`),
      );
    });

    test('vehicle communication: axe finds nothing serious, nothing is cut off', async ({
      watched,
      unit,
    }, info) => {
      test.slow();
      charged(unit);
      await logIn(watched, unit.url);
      await lookAt(watched, unit.url, slacPages, (name) =>
        screenshot(watched, info.project.name, `${name}-${colorScheme}`),
      );
    });

    test('menus, dialogs and details: axe finds nothing serious', async ({
      watched,
      unit,
    }, info) => {
      test.slow();
      charged(unit);
      await logIn(watched, unit.url, OWNER, '/evses/1');
      const look = async (name: string) => {
        await screenshot(watched, info.project.name, `${name}-${colorScheme}`);
        expect.soft(await axeFindings(watched), name).toEqual([]);
        await watched.keyboard.press('Escape');
      };
      await watched.getByRole('button', { name: 'Account Anna Weber' }).click();
      await expect(watched.getByRole('menuitem', { name: 'Log out' })).toBeVisible();
      await look('menu');
      await watched.getByRole('button', { name: 'Limit current' }).click();
      await expect(watched.getByRole('dialog', { name: 'Limit current' })).toBeVisible();
      await look('limit');
      await expect(watched.getByRole('dialog')).toHaveCount(0);
      await watched
        .getByRole('button', { name: /CurrentDemand/ })
        .first()
        .click();
      await expect(watched.getByRole('dialog', { name: 'CurrentDemand' })).toBeVisible();
      await look('details');
      await watched.goto(`${unit.url}/evses/1/slac?attempt=b1`);
      await watched.getByRole('button', { name: /^CM_SLAC_MATCH.CNF, Charger to Car/ }).click();
      await expect(watched.getByRole('dialog', { name: 'CM_SLAC_MATCH.CNF' })).toBeVisible();
      await look('slac-frame');
      await expect(watched.getByRole('dialog')).toHaveCount(0);
      await watched.goto(`${unit.url}/system/tokens`);
      await watched.getByRole('button', { name: 'Make token' }).click();
      await expect(watched.getByRole('dialog', { name: 'Make token' })).toBeVisible();
      await look('token');
    });

    test('before the login: axe finds nothing serious', async ({ watched, unit }, info) => {
      await watched.goto(unit.url);
      await expect(watched.getByRole('heading', { name: 'Log in' })).toBeVisible();
      await screenshot(watched, info.project.name, `login-${colorScheme}`);
      expect(await axeFindings(watched)).toEqual([]);
    });
  });

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`unclaimed, ${colorScheme}`, () => {
    test.use({ colorScheme, unitOptions: {} });

    test('claim: axe finds nothing serious', async ({ watched, unit }, info) => {
      await watched.goto(unit.url);
      await expect(watched.getByRole('heading', { name: 'Claim this charger' })).toBeVisible();
      await watched.getByRole('button', { name: 'Claim and log in' }).click();
      await expect(watched.getByText('Please fill this in.').first()).toBeVisible();
      await screenshot(watched, info.project.name, `claim-${colorScheme}`);
      expect(await axeFindings(watched)).toEqual([]);
    });
  });

test.describe('empty', () => {
  test('a fresh unit says what will be where', async ({ watched, unit }) => {
    await logIn(watched, unit.url);
    await expect(watched.getByText('No sessions yet')).toBeVisible();
    await watched.goto(`${unit.url}/evses/1`);
    await expect(watched.getByText('Nothing has happened yet')).toBeVisible();
    expect(await axeFindings(watched)).toEqual([]);
  });
});
