import { expect, type Page } from '@playwright/test';

export type Vehicle = 'Basic' | 'AC' | 'DC';

/** Steps of a technician at a unit, the same against the mock and the real bench. */
export class Journey {
  readonly #page: Page;
  readonly #url: string;
  /** How long one step of the charger may take. */
  readonly #patience: number;

  constructor(page: Page, url: string, patience: number) {
    this.#page = page;
    this.#url = url;
    this.#patience = patience;
  }

  /** The state word of the EVSE on its live page. */
  get #state() {
    return this.#page.getByRole('main').getByRole('status').first();
  }

  async claim(code: string, owner: { name: string; password: string }): Promise<void> {
    const page = this.#page;
    await page.goto(this.#url);
    await expect(page.getByRole('heading', { name: 'Claim this charger' })).toBeVisible();
    await page.getByLabel('Claim code').fill(code);
    await page.getByLabel('Your name').fill(owner.name);
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.getByRole('button', { name: 'Claim and log in' }).click();
    await expect(page.getByRole('heading', { name: 'Status', level: 1 })).toBeVisible();
  }

  async openEvse(id: number): Promise<void> {
    const page = this.#page;
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'EVSEs' })
      .click();
    await page.getByRole('link', { name: `Open EVSE ${id}` }).click();
    await expect(page.getByRole('heading', { name: `EVSE ${id}`, level: 1 })).toBeVisible();
    await this.stateIs('Available');
  }

  async stateIs(word: string | RegExp): Promise<void> {
    await expect(this.#state).toHaveText(word, { timeout: this.#patience });
  }

  async plugIn(kind: Vehicle, token: string): Promise<void> {
    const page = this.#page;
    await page
      .getByRole('radiogroup', { name: 'Vehicle' })
      .getByText(kind, { exact: true })
      .click();
    await page.getByRole('button', { name: 'Plug in', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Unplug', exact: true })).toBeVisible({
      timeout: this.#patience,
    });
    await this.inTimeline(/Session began/);
    await page
      .getByRole('combobox', { name: 'Token' })
      .or(page.getByLabel('Token', { exact: true }))
      .first()
      .fill(token);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Present token' }).click();
    await this.stateIs('Charging');
  }

  /** An entry of the time line; the list is long, so the filter is not touched and the list is scrolled. */
  async inTimeline(text: string | RegExp): Promise<void> {
    const entry = this.#page
      .getByRole('list', { name: 'Time line' })
      .getByRole('button')
      .filter({ hasText: text });
    await expect(entry.first()).toBeAttached({ timeout: this.#patience });
  }

  async energyFlows(): Promise<void> {
    await expect(
      this.#page.getByRole('figure', { name: /Power of EVSE \d+ over the last 15 minutes/ }),
    ).toBeVisible();
    await expect(this.#page.locator('dl > div').filter({ hasText: 'Power' }).first()).toContainText(
      /[1-9]/,
      { timeout: this.#patience },
    );
  }

  async stop(): Promise<void> {
    const page = this.#page;
    await page.getByRole('button', { name: 'Stop charging' }).click();
    const dialog = page.getByRole('dialog', { name: /Stop the charge/ });
    await dialog.getByRole('button', { name: 'Stop charging' }).click();
    await this.stateIs('Finished');
    await this.inTimeline(/Transaction stopped/);
  }

  async unplug(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Unplug', exact: true }).click();
    await this.stateIs('Available');
  }

  /** The newest session of the history: its energy, its transaction, its time line. */
  async lastSession(): Promise<void> {
    const page = this.#page;
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'Sessions' })
      .click();
    await page
      .getByRole('link', { name: /^Session on EVSE/ })
      .first()
      .click();
    await expect(page.getByRole('heading', { name: /^Session / })).toBeVisible();
    await expect(page.getByText('Confirmed by the back-end')).toBeVisible({
      timeout: this.#patience,
    });
    const energy = page.getByRole('region', { name: 'Summary' }).locator('dl > div').first();
    await expect(energy).toContainText(/Energy\s*[\d.,]*[1-9][\d.,]*\s*k?Wh/);
    await this.inTimeline(/Session ended/);
  }
}
