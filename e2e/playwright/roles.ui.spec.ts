import { axeFindings, expect, logIn, screenshot, test, VIEWER } from './fixtures.ts';

test('a viewer sees everything, may do nothing, and is told why', async ({
  watched,
  unit,
}, info) => {
  unit.unit.addAccount(VIEWER.name, 'viewer', VIEWER.password);
  await logIn(watched, unit.url, VIEWER, '/evses/1');
  await expect(
    watched.getByText('Needs the role operator or higher. You are viewer.').first(),
  ).toBeVisible();
  for (const name of ['Start charging', 'Limit current', 'Unlock plug', 'Out of service'])
    await expect(watched.getByRole('button', { name })).toHaveAttribute('aria-disabled', 'true');
  await expect(watched.getByRole('button', { name: 'Plug in' })).toBeDisabled();
  await watched.getByRole('button', { name: 'Unlock plug' }).click({ force: true });
  await expect(watched.getByRole('dialog')).toHaveCount(0);
  await screenshot(watched, info.project.name, 'viewer');
  expect(await axeFindings(watched)).toEqual([]);
});

test('a page that the role does not open says which role it needs', async ({ watched, unit }) => {
  unit.unit.addAccount(VIEWER.name, 'viewer', VIEWER.password);
  await logIn(watched, unit.url, VIEWER, '/system/accounts');
  await expect(watched.getByText('Your role does not open this page')).toBeVisible();
  await expect(watched.getByText(/Needs the role admin or higher/).first()).toBeVisible();
});

test('a wrong password is refused, a login that ended says so', async ({ watched, unit }) => {
  await watched.goto(unit.url);
  await watched.getByLabel('Name', { exact: true }).fill('Anna Weber');
  await watched.getByLabel('Password', { exact: true }).fill('wrong');
  await watched.getByRole('button', { name: 'Log in' }).click();
  await expect(watched.getByRole('alert')).toHaveText('Name or password is wrong.');
  await logIn(watched, unit.url);
  unit.unit.logins.clear();
  unit.stream.cut();
  unit.stream.restore();
  await expect(watched.getByText('Your login has ended. Please log in again.')).toBeVisible();
});

test('accounts and tokens: made, shown once, revoked, audited', async ({ watched, unit }) => {
  await logIn(watched, unit.url, undefined, '/system/accounts');
  await watched.getByRole('button', { name: 'Add account' }).click();
  const dialog = watched.getByRole('dialog', { name: 'Add account' });
  await dialog.getByLabel('Name').fill('Carla');
  await dialog.getByLabel('Password', { exact: true }).fill('nine small anchors');
  await dialog.getByRole('button', { name: 'Add account' }).click();
  await expect(watched.getByText('Carla')).toBeVisible();
  await watched.getByRole('button', { name: 'Remove Carla' }).click();
  await watched.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(watched.getByText('Carla')).toHaveCount(0);

  await watched.getByRole('link', { name: 'API tokens' }).click();
  await watched.getByRole('button', { name: 'Make token' }).click();
  await watched.getByRole('dialog').getByLabel('Name').fill('monitoring');
  await watched.getByRole('dialog').getByRole('button', { name: 'Make token' }).click();
  await expect(watched.getByTestId('token-secret')).toHaveText(/^ks_.{20,}$/);
  await watched.getByRole('button', { name: 'I have stored it' }).click();
  await watched.getByRole('button', { name: 'Revoke monitoring' }).click();
  await watched.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(watched.getByText('No API tokens')).toBeVisible();

  await watched.getByRole('link', { name: 'Audit' }).click();
  await expect(watched.getByRole('row')).not.toHaveCount(1);
  await expect(watched.getByRole('cell', { name: 'token revoked' })).toBeVisible();
});
