// @vitest-environment jsdom
import '../../testing/browser.ts';
import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { newQueryClient, queryKey } from '../../api/query.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { ClaimPage } from './claim-page.tsx';

const unit = { claimed: false, bench: true, unit: 'KERB-0001', version: '0.1.0' };
const me = { name: 'Anna', role: 'admin', permissions: [], expires: '2026-01-01T00:00:00.000Z' };

beforeAll(() => startI18n('en'));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function show(status: number, body: unknown) {
  const fetched = vi
    .spyOn(globalThis, 'fetch')
    .mockResolvedValue(new Response(JSON.stringify(body), { status }));
  const queries = newQueryClient();
  render(
    <MantineProvider>
      <QueryClientProvider client={queries}>
        <ClaimPage unit={unit} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { fetched, queries };
}

async function fill(password: string) {
  const user = userEvent.setup();
  await user.type(screen.getByLabelText('Claim code'), '7KQM');
  await user.type(screen.getByLabelText('Your name'), 'Anna');
  await user.type(screen.getByLabelText('Password'), password);
  await user.click(screen.getByRole('button', { name: 'Claim and log in' }));
}

describe('ClaimPage', () => {
  it('does not send a password that is too short, and says so at the field', async () => {
    const { fetched } = show(200, me);
    await fill('short');
    expect(await screen.findByText('At least 12 characters.')).toBeTruthy();
    expect(fetched).not.toHaveBeenCalled();
  });

  it('shows the charger’s field errors at their fields', async () => {
    show(403, {
      type: '/problems/wrong-claim-code',
      title: 'Wrong',
      status: 403,
      code: 'wrong-claim-code',
      errors: [{ pointer: '/code', message: 'This is not the code.' }],
    });
    await fill('seven quiet herons');
    expect(await screen.findByText('This is not the code.')).toBeTruthy();
    expect(screen.getByLabelText('Claim code').getAttribute('aria-invalid')).toBe('true');
  });

  it('logs the owner in', async () => {
    const { fetched, queries } = show(200, me);
    await fill('seven quiet herons');
    await waitFor(() => expect(queries.getQueryData(queryKey('getMe', {}))).toEqual(me));
    expect(JSON.parse(String(fetched.mock.calls[0]?.[1]?.body))).toEqual({
      code: '7KQM',
      name: 'Anna',
      password: 'seven quiet herons',
    });
    expect(queries.getQueryData(queryKey('getClaim', {}))).toMatchObject({ claimed: true });
  });
});
