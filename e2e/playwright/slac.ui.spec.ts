import type { Page } from '@playwright/test';
import { axeFindings, expect, logIn, OWNER, screenshot, test, VIEWER } from './fixtures.ts';

/** The state word of SLAC. */
const stateOf = (page: Page) =>
  page.getByRole('region', { name: 'Vehicle communication' }).getByRole('status');
const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });
const attempts = (page: Page) => page.getByRole('region', { name: 'Attempts' });

test.describe('vehicle communication', () => {
  test.use({ unitOptions: { owner: OWNER, history: true, speed: 10 } });

  test('is reached from the outlet, and shows the newest attempt that is kept', async ({
    watched,
    unit,
  }) => {
    await logIn(watched, unit.url, OWNER, '/evses/1');
    await watched.getByRole('link', { name: 'Vehicle communication' }).click();
    await expect(
      watched.getByRole('heading', { name: 'EVSE 1: vehicle communication', level: 1 }),
    ).toBeVisible();
    await expect(verdict(watched)).toContainText('is poor (over 40 dB)');
    await expect(stateOf(watched)).toHaveText('No car to match');
    await expect(
      watched.getByRole('figure', { name: /Attenuation over 58 carrier groups: mean 47\.7 dB/ }),
    ).toBeVisible();
    await expect(watched.getByText('21.0 dB higher')).toBeVisible();
    const steps = watched.getByRole('region', { name: 'Times against' });
    await expect(steps.getByRole('listitem').filter({ hasText: 'the car chooses' })).toContainText(
      'never came',
    );
  });

  test('a plug-in: the attempt as it is seen, a message with its fields and bytes', async ({
    watched,
    unit,
  }, info) => {
    await logIn(watched, unit.url, OWNER, '/evses/1/slac');
    unit.unit.evse(1).plugIn({
      action: 'plug-in',
      kind: 'iso2-dc',
      batteryWh: 60_000,
      soc: 40,
      internet: false,
    });
    await expect(verdict(watched)).toContainText('The car is matched');
    const ladder = watched.getByRole('list', { name: 'Messages between car, charger and modem' });
    await expect(ladder.getByRole('button')).toHaveCount(10);
    await expect(watched.getByText('10 of 10').first()).toBeVisible();
    await ladder.getByRole('button', { name: /10 sounds and 10 profiles/ }).click();
    await expect(ladder.getByRole('button', { name: /^CM_MNBC_SOUND.IND, Car/ })).toHaveCount(10);
    await ladder.getByRole('button', { name: 'Fold' }).click();
    await ladder.getByRole('button', { name: /^CM_SLAC_MATCH.CNF/ }).click();
    const details = watched.getByRole('dialog', { name: 'CM_SLAC_MATCH.CNF' });
    await expect(details.getByText('***')).toBeVisible();
    await expect(details.getByText(/^0000 {2}02 00 00 00 15 01/)).toBeVisible();
    await details.getByRole('button', { name: 'Close' }).last().click();
    await expect(attempts(watched).getByRole('link')).toHaveCount(5);
    await screenshot(watched, info.project.name, 'slac-live');
  });

  test('the attempts: how many matched, of one car, each opened, and back to the live one', async ({
    watched,
    unit,
  }) => {
    await logIn(watched, unit.url, OWNER, '/evses/1/slac');
    await expect(attempts(watched)).toContainText('50 % matched');
    await attempts(watched).getByText('Only this car').click();
    await expect(attempts(watched).getByRole('link')).toHaveCount(3);
    await expect(attempts(watched)).toContainText('67 % matched');
    await attempts(watched).getByText('All cars').click();
    await attempts(watched).getByRole('link').last().click();
    await expect(verdict(watched)).toContainText('The car never sent CM_SLAC_PARM.REQ.');
    await expect(watched.getByText('No message was seen.')).toBeVisible();
    await watched.getByRole('link', { name: 'Show the live attempt' }).click();
    await expect(verdict(watched)).toContainText('is poor');
    const download = watched.getByRole('link', { name: 'Download pcap' });
    await expect(download).toHaveAttribute('href', '/api/v1/evses/1/slac/attempts/b3/pcap');
  });

  test('a viewer sees state and verdict, not the messages, and is told why', async ({
    watched,
    unit,
  }) => {
    unit.unit.addAccount(VIEWER.name, 'viewer', VIEWER.password);
    await logIn(watched, unit.url, VIEWER, '/evses/1/slac');
    await expect(verdict(watched)).toContainText('is poor');
    await expect(
      watched.getByText('Frames and captures need the role operator or higher.'),
    ).toBeVisible();
    await expect(watched.getByRole('button', { name: 'Download pcap' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await expect(watched.getByRole('region', { name: 'Messages' })).toHaveCount(0);
    expect(await axeFindings(watched)).toEqual([]);
  });

  test('by keyboard alone: a message is opened and closed', async ({ watched, unit }) => {
    await logIn(watched, unit.url, OWNER, '/evses/1/slac?attempt=b1');
    const request = watched.getByRole('button', { name: /^CM_SLAC_PARM.REQ/ });
    await request.focus();
    await watched.keyboard.press('Enter');
    await expect(watched.getByRole('dialog', { name: 'CM_SLAC_PARM.REQ' })).toBeVisible();
    await watched.keyboard.press('Escape');
    await expect(watched.getByRole('dialog')).toHaveCount(0);
    await expect(request).toBeFocused();
  });
});

test.describe('vehicle communication while it waits', () => {
  test.use({ unitOptions: { owner: OWNER, speed: 0.2 } });

  test('says what for, how long still, and by which timer', async ({ watched, unit }, info) => {
    await logIn(watched, unit.url, OWNER, '/evses/1/slac');
    await expect(watched.getByText('No attempt yet')).toBeVisible();
    await expect(watched.getByText('No attempts are kept yet.')).toBeVisible();
    unit.unit.evse(1).plugIn({
      action: 'plug-in',
      kind: 'iso2-dc',
      batteryWh: 60_000,
      soc: 40,
      internet: false,
    });
    await expect(stateOf(watched)).toHaveText('Waiting for the car');
    await expect(watched.getByText(/^\d+\.\d s left for CM_SLAC_PARM\.REQ$/)).toBeVisible();
    await expect(watched.getByText('TT_EVSE_SLAC_init, 10.0 s')).toBeVisible();
    await screenshot(watched, info.project.name, 'slac-waiting');
    expect(await axeFindings(watched)).toEqual([]);
  });
});

test.describe('vehicle communication in German', () => {
  test.use({ locale: 'de-DE', unitOptions: { owner: OWNER, history: true } });

  test('verdict and next steps are translated', async ({ watched, unit }, info) => {
    await watched.goto(unit.url);
    await watched.getByLabel('Name', { exact: true }).fill(OWNER.name);
    await watched.getByLabel('Passwort', { exact: true }).fill(OWNER.password);
    await watched.getByRole('button', { name: 'Anmelden' }).click();
    await expect(watched.getByRole('navigation')).toBeVisible();
    await watched.goto(`${unit.url}/evses/1/slac`);
    await expect(watched.getByRole('region', { name: 'Befund' })).toContainText(
      'Eine mittlere Dämpfung von 47,7 dB ist schlecht',
    );
    await expect(watched.getByText('Als Nächstes prüfen')).toBeVisible();
    await screenshot(watched, info.project.name, 'slac-german');
    expect(await axeFindings(watched)).toEqual([]);
  });
});
