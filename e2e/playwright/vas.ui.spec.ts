import { axeFindings, expect, logIn, OWNER, screenshot, test } from './fixtures.ts';

test.describe('internet for vehicles', () => {
  test.use({ unitOptions: { owner: OWNER, speed: 10 } });

  test('the self-test tells each check in words', async ({ watched, unit }, info) => {
    await logIn(watched, unit.url, OWNER, '/internet');
    await expect(watched.getByText('Not installed: conntrack')).toBeVisible();
    await expect(watched.getByText('apt-get install conntrack')).toBeVisible();
    await watched.getByRole('button', { name: 'Run the self-test' }).click();
    await expect(watched.getByText('Can’t reach another vehicle')).toBeVisible();
    await expect(watched.getByText('raw-socket is not there', { exact: false })).toBeVisible();
    await screenshot(watched, info.project.name, 'internet-self-test');
    expect(await axeFindings(watched)).toEqual([]);
  });

  test('settings are checked before they are sent, then kept; off is off at once', async ({
    watched,
    unit,
  }, info) => {
    await logIn(watched, unit.url, OWNER, '/internet');
    const line = watched.getByRole('region', { name: 'EVSE 1' });
    await expect(line.getByText('Announced')).toBeVisible();
    await watched.getByLabel('Uplink interface').fill('wwan0 -j ACCEPT');
    await watched.getByRole('button', { name: 'Save settings' }).click();
    await expect(watched.getByText('a name of an interface')).toBeVisible();
    await screenshot(watched, info.project.name, 'internet-settings-wrong');
    expect(await axeFindings(watched)).toEqual([]);
    await watched.getByLabel('Uplink interface').fill('');
    await watched.getByLabel('Resolvers', { exact: true }).fill('2001:db8::53\n203.0.113.53');
    await watched.getByLabel('Volume of a session').fill('250');
    await watched.getByRole('switch', { name: 'Offer internet to vehicles' }).click();
    await watched.getByRole('button', { name: 'Save settings' }).click();
    await expect(watched.getByText('Settings saved')).toBeVisible();
    await watched.reload();
    await expect(line.getByText('Off', { exact: true })).toBeVisible();
    await expect(line.getByText('switched off in the settings', { exact: false })).toBeVisible();
    await expect(watched.getByLabel('Resolvers', { exact: true })).toHaveValue(
      '2001:db8::53\n203.0.113.53',
    );
    await expect(watched.getByLabel('Volume of a session')).toHaveValue('250 MB');
  });

  test('the plan shows every step with its inverse', async ({ watched, unit }, info) => {
    await logIn(watched, unit.url, OWNER, '/internet');
    await watched.getByRole('button', { name: 'Show what would be changed' }).click();
    await expect(watched.getByText('taken back by: stop radvd, delete its files')).toBeVisible();
    await expect(watched.getByText('-j DROP', { exact: false }).first()).toBeVisible();
    await screenshot(watched, info.project.name, 'internet-plan');
    expect(await axeFindings(watched)).toEqual([]);
  });
});
