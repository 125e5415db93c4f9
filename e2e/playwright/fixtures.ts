import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test as base } from '@playwright/test';
import { type MockServer, startMockServer } from '../../apps/admin/dev/mock-server.mjs';

export const OWNER = { name: 'Anna Weber', password: 'seven quiet herons' };
export const VIEWER = { name: 'Ben Vogel', password: 'four loud kettles' };

export interface MockOptions {
  /** How the mock unit starts; undefined: the test needs none. */
  unitOptions: NonNullable<Parameters<typeof startMockServer>[0]>;
}

export interface Fixtures {
  /** A charger of its own for this test. */
  unit: MockServer;
  /** A page that fails its test for a script error, a breach of the content policy or a request elsewhere. */
  watched: Page;
}

/** What the page did that it must not; looked at when the test ends. */
function watch(page: Page, url: string): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    // a refused login or a lost charger is logged by the browser itself
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      if (!message.text().startsWith('WebSocket connection')) complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
      complaints.push(`request to ${request.url()}`);
  });
  return complaints;
}

export const test = base.extend<MockOptions & Fixtures>({
  unitOptions: [{ owner: OWNER, speed: 10 }, { option: true }],
  unit: async ({ unitOptions }, use) => {
    const server = await startMockServer(unitOptions);
    await use(server);
    await server.close();
  },
  watched: async ({ page, unit }, use) => {
    const complaints = watch(page, unit.url);
    await use(page);
    expect(complaints).toEqual([]);
  },
});

test.skip(!existsSync('/usr/bin/chromium'), 'needs /usr/bin/chromium');

export { expect };

export async function logIn(page: Page, url: string, who = OWNER, path = '/'): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.getByLabel('Name', { exact: true }).fill(who.name);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
}

/** Serious and critical findings of axe, as one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    );
}

/** Takes a picture, named after the device that the project plays: the first word of its name. */
export async function screenshot(page: Page, project: string, name: string): Promise<void> {
  const [device = ''] = project.split(' ');
  await page.screenshot({ path: `test-results/screenshots/${device}-${name}.png` });
}
