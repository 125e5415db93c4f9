import { axeFindings, expect, logIn, screenshot, test } from './fixtures.ts';

test('a dead link: amber, then an overlay with cause and retry, then back by itself', async ({
  watched,
  unit,
}, info) => {
  await logIn(watched, unit.url, undefined, '/evses/1');
  await expect(watched.getByRole('link', { name: 'Live link: live' })).toBeVisible();
  unit.stream.silent = true;
  await expect(watched.getByRole('link', { name: /Live link: no news for \d+ s/ })).toBeVisible();
  const overlay = watched.getByRole('dialog', { name: 'No connection to the charger' });
  await expect(overlay).toBeVisible();
  await expect(overlay.getByText(/Last heard \d+ s ago/)).toBeVisible();
  await expect(overlay.getByRole('button', { name: 'Try now' })).toBeFocused();
  await screenshot(watched, info.project.name, 'lost');
  expect(await axeFindings(watched)).toEqual([]);
  unit.stream.restore();
  await expect(overlay).toHaveCount(0);
  await expect(watched.getByText(/^Back after /)).toBeVisible();
});

test('a charger that is gone: the overlay offers to try now', async ({ watched, unit }) => {
  await logIn(watched, unit.url);
  unit.stream.cut();
  const overlay = watched.getByRole('dialog', { name: 'No connection to the charger' });
  await expect(overlay).toBeVisible();
  // by now the next try of its own is seconds away
  await expect.poll(() => unit.stream.refused).toBeGreaterThanOrEqual(3);
  const { refused } = unit.stream;
  await overlay.getByRole('button', { name: 'Try now' }).click();
  await expect.poll(() => unit.stream.refused).toBeGreaterThan(refused);
  await expect(overlay).toBeVisible();
  unit.stream.restore();
  await expect(overlay).toHaveCount(0);
});

test('a gap in the stream heals: the page shows what it missed', async ({ watched, unit }) => {
  await logIn(watched, unit.url, undefined, '/evses/2');
  unit.stream.gap('evse.2.timeline');
  unit.unit.evse(2).plugIn({
    action: 'plug-in',
    kind: 'basic',
    batteryWh: 40_000,
    soc: 50,
    internet: false,
  });
  const timeline = watched.getByRole('list', { name: 'Time line' });
  await expect(timeline.getByText(/Session began/)).toBeVisible();
});

test('a refused token says so and the charge goes on waiting', async ({ watched, unit }) => {
  await logIn(watched, unit.url, undefined, '/evses/2');
  await watched.getByRole('radiogroup', { name: 'Vehicle' }).getByText('Basic').click();
  await watched.getByRole('button', { name: 'Plug in' }).click();
  await watched.getByRole('button', { name: 'Start charging' }).click();
  const dialog = watched.getByRole('dialog', { name: 'Start charging' });
  await dialog.getByRole('button', { name: 'Start charging' }).click();
  await expect(dialog.getByText('A token is needed.')).toBeVisible();
  await dialog.getByLabel('Token (idTag)').fill('KERB-BLOCKED');
  await dialog.getByRole('button', { name: 'Start charging' }).click();
  await expect(watched.getByText(/The token was refused: Blocked/)).toBeVisible();
  await expect(
    watched
      .getByRole('list', { name: 'Time line' })
      .getByText(/Blocked/)
      .first(),
  ).toBeAttached();
});

test('a fault in mid-charge: state, text, next step, and on the status page', async ({
  watched,
  unit,
}, info) => {
  const evse = unit.unit.evse(1);
  evse.plugIn({ action: 'plug-in', kind: 'iso2-dc', batteryWh: 60_000, soc: 30, internet: false });
  evse.token = 'KERB-OWNER';
  unit.unit.advance(60_000);
  await logIn(watched, unit.url, undefined, '/evses/1');
  await expect(watched.getByRole('main').getByRole('status').first()).toHaveText('Charging');
  await watched.getByText('Faults', { exact: true }).click();
  await watched.getByLabel('Emergency stop').click({ force: true });
  await expect(watched.getByRole('main').getByRole('status').first()).toHaveText('Fault');
  await expect(watched.getByRole('alert').getByText('Emergency stop pressed')).toBeVisible();
  await screenshot(watched, info.project.name, 'fault');
  expect(await axeFindings(watched)).toEqual([]);
  await watched
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Status' })
    .click();
  await expect(watched.getByText('EVSE 1: Emergency stop pressed')).toBeVisible();
  await expect(watched.getByText('Remove the cause, then reset the fault.')).toBeVisible();
});

test('health that suffers shows at once: word, reason, next step', async ({
  watched,
  unit,
}, info) => {
  await logIn(watched, unit.url);
  await expect(watched.getByText('Everything works')).toBeVisible();
  unit.unit.problems['store'] = { status: 'failed', reason: 'disk-full', detail: '0 bytes free' };
  unit.unit.publishHealth();
  await expect(watched.getByText('1 problem')).toBeVisible();
  await expect(watched.getByText('Storage: Failed')).toBeVisible();
  await expect(watched.getByText(/No new charge starts until facts can be stored/)).toBeVisible();
  await expect(watched.getByRole('link', { name: 'Health: Failed' })).toBeVisible();
  await screenshot(watched, info.project.name, 'problem');
  expect(await axeFindings(watched)).toEqual([]);
});

test('a back-end that does not answer: phase, reason, next try, queue', async ({
  watched,
  unit,
}) => {
  const status = {
    ...unit.unit.ocpp,
    phase: 'waiting',
    reason: 'refused',
    nextRetry: new Date(Date.now() + 600_000).toISOString(),
    queue: { length: 7, oldest: new Date(Date.now() - 90_000).toISOString() },
  };
  unit.unit.ocpp = status;
  await logIn(watched, unit.url, undefined, '/ocpp');
  const main = watched.getByRole('main');
  await expect(main.getByRole('status').first()).toHaveText('Waiting to try again');
  await expect(main.getByText('7 messages wait for delivery')).toBeVisible();
  await expect(main.getByText(/^in \d+:\d\d$/)).toBeVisible();
  expect(await axeFindings(watched)).toEqual([]);
});

test('the time line filters by source, and shows what is behind a line', async ({
  watched,
  unit,
}) => {
  const evse = unit.unit.evse(1);
  evse.plugIn({ action: 'plug-in', kind: 'iso2-dc', batteryWh: 60_000, soc: 30, internet: true });
  evse.token = 'KERB-OWNER';
  unit.unit.advance(30_000);
  await logIn(watched, unit.url, undefined, '/evses/1');
  const timeline = watched.getByRole('list', { name: 'Time line' });
  await expect(timeline.getByText('CM_MNBC_SOUND.IND')).toBeAttached();
  await watched.getByRole('button', { name: /^SLAC \d+/ }).click();
  await expect(timeline.getByText('CM_MNBC_SOUND.IND')).toHaveCount(0);
  await timeline.getByRole('button', { name: /SessionSetup/ }).click();
  const details = watched.getByRole('dialog', { name: 'SessionSetup' });
  // read from the bytes, by a part of the page that comes only now
  const messages = details.getByRole('list', { name: 'Message' });
  await expect(messages).toHaveCount(2);
  await expect(messages.nth(1).getByText('OK_NewSessionEstablished')).toBeVisible();
  await details.getByRole('tab', { name: 'Fields' }).click();
  await expect(details.getByText('responseCode')).toBeVisible();
  await details.getByRole('tab', { name: 'JSON' }).click();
  await expect(details.getByText('"responseCode": "OK"')).toBeVisible();
  await details.getByRole('tab', { name: 'Bytes' }).click();
  await expect(details.getByText(/^0000 {2}80 98 02/)).toBeVisible();
});

test('German, and it stays', async ({ watched, unit }) => {
  await logIn(watched, unit.url);
  await watched.getByRole('button', { name: 'Account Anna Weber' }).click();
  await watched.getByRole('menuitem', { name: 'Deutsch' }).click();
  await expect(watched.getByRole('link', { name: 'Sitzungen', exact: true })).toBeVisible();
  await watched.reload();
  await expect(watched.getByText('Alles in Ordnung')).toBeVisible();
  await expect(watched.locator('html')).toHaveAttribute('lang', 'de');
});

test('by keyboard alone: skip link, navigation, card', async ({ watched, unit }) => {
  await logIn(watched, unit.url);
  await watched.reload();
  await expect(watched.getByRole('link', { name: /^Open EVSE 1/ })).toBeVisible();
  await watched.keyboard.press('Tab');
  await expect(watched.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await watched.keyboard.press('Enter');
  await watched.keyboard.press('Tab');
  await expect(watched.getByRole('link', { name: /^Open EVSE 1/ })).toBeFocused();
  await watched.keyboard.press('Enter');
  await expect(watched.getByRole('heading', { name: 'EVSE 1', level: 1 })).toBeVisible();
});
