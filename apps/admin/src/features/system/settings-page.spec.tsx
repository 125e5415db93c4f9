// @vitest-environment jsdom
import '../../testing/browser.ts';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Configuration, Permission, Setting } from '@kerbside/contracts';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MeProvider } from '../../access/use-access.tsx';
import { newQueryClient, queryKey } from '../../api/query.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { SettingsPage } from './settings-page.tsx';

const setting = (name: string, more: Partial<Setting>): Setting => ({
  name,
  source: 'default',
  overridden: [],
  meaning: `what ${name} means`,
  applies: 'next-matching',
  ...more,
});
const init = setting('timers.TT_EVSE_SLAC_init', {
  value: 50_000,
  default: 40_000,
  least: 20_000,
  most: 50_000,
  unit: 'ms',
  source: 'environment',
  variable: 'SLAC_INIT_TIMEOUT',
  overridden: [{ source: 'store', value: 45_000 }],
});
const configuration: Configuration = {
  origin: 'file',
  unit: [setting('logLevel', { value: 'info', choices: ['debug', 'info'], applies: 'next-start' })],
  evses: [
    {
      evse: 1,
      evseId: 'DE*KRB*E1',
      interface: 'plc0',
      settings: [
        init,
        setting('validation', { value: 'lenient', choices: ['lenient', 'strict'] }),
        setting('statistics', { value: true, choices: [false, true] }),
      ],
    },
  ],
};

beforeAll(() => startI18n('en'));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function show(permissions: readonly Permission[] = ['config.read', 'config.write'], status = 200) {
  const answer =
    status === 200
      ? configuration.evses[0]
      : {
          type: '',
          title: 'Wrong',
          status,
          code: 'invalid-request',
          detail: 'validation may not be so',
        };
  const fetched = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async (_, init) =>
      init?.method === 'PUT'
        ? new Response(JSON.stringify(answer), { status })
        : new Response(JSON.stringify(configuration)),
    );
  const queries = newQueryClient();
  queries.setQueryData(queryKey('getConfiguration', {}), configuration);
  render(
    <MantineProvider>
      <QueryClientProvider client={queries}>
        <MeProvider
          me={{
            name: 'Anna',
            role: 'technician',
            permissions: [...permissions],
            expires: '2036-01-01T00:00:00.000Z',
          }}
        >
          <SettingsPage />
        </MeProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { fetched, user: userEvent.setup() };
}
const puts = (fetched: ReturnType<typeof show>['fetched']) =>
  fetched.mock.calls.filter(([, init]) => init?.method === 'PUT');

describe('SettingsPage', () => {
  it('shows what differs from the default, and that the environment overrides the store', async () => {
    const { user } = show();
    expect(screen.getByText('timers.TT_EVSE_SLAC_init')).toBeTruthy();
    expect(screen.getByText('SLAC_INIT_TIMEOUT of the environment')).toBeTruthy();
    expect(screen.getByText(/overrides 45,000 ms, set here/)).toBeTruthy();
    expect(screen.queryByText('validation')).toBeNull();
    await user.click(screen.getByLabelText('Show defaults too'));
    expect(screen.getByText('validation')).toBeTruthy();
    expect(screen.getByText('logLevel')).toBeTruthy();
  });

  it('sends what the store holds together with the setting that changes', async () => {
    const { user, fetched } = show();
    await user.click(screen.getByLabelText('Show defaults too'));
    await user.click(screen.getByRole('button', { name: 'Change validation' }));
    await user.selectOptions(await screen.findByRole('combobox', { name: 'validation' }), 'strict');
    await user.click(screen.getByRole('button', { name: 'Apply' }));
    await waitFor(() => expect(puts(fetched)).toHaveLength(1));
    const [url, request] = puts(fetched)[0] ?? [];
    expect(String(url)).toContain('/installation/evses/1/slac');
    expect(JSON.parse(String(request?.body))).toEqual({
      timers: { TT_EVSE_SLAC_init: 45_000 },
      validation: 'strict',
    });
  });

  it('says why the charger refuses, and keeps the dialog', async () => {
    const { user } = show(undefined, 400);
    await user.click(screen.getByRole('button', { name: 'Change timers.TT_EVSE_SLAC_init' }));
    expect(await screen.findByText(/SLAC_INIT_TIMEOUT of the environment overrides/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Apply' }));
    expect(await screen.findByText(/validation may not be so/)).toBeTruthy();
  });

  it('offers no change to who may not make one', () => {
    show(['config.read']);
    expect(screen.queryByRole('button', { name: /^Change/ })).toBeNull();
  });
});
