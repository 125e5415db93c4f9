// @vitest-environment jsdom
import '../testing/browser.ts';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { lazy, Suspense } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { newQueryClient } from '../api/query.ts';
import { startI18n } from '../i18n/i18n.ts';
import { Gate } from './gate.tsx';
import { LoadBoundary } from './load-boundary.tsx';

beforeAll(() => startI18n('en'));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** A charger that answers by path. */
function show(answers: Readonly<Record<string, { status: number; body: unknown }>>) {
  vi.spyOn(globalThis, 'fetch').mockImplementation((input) => {
    const url = input instanceof Request ? input.url : String(input);
    const [, answer] = Object.entries(answers).find(([path]) => url.endsWith(path)) ?? [];
    return answer
      ? Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status }))
      : Promise.reject(new TypeError('nothing there'));
  });
  render(
    <MantineProvider>
      <QueryClientProvider client={newQueryClient()}>
        <Gate>inside</Gate>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
const claim = (claimed: boolean) => ({
  status: 200,
  body: { claimed, bench: true, unit: 'KERB-0001', version: '0.1.0' },
});
const patience = { timeout: 10_000 };

describe('Gate', () => {
  it('asks for the claim code of a unit without an owner', async () => {
    show({ '/claim': claim(false) });
    expect(await screen.findByLabelText('Claim code', undefined, patience)).toBeTruthy();
    expect(screen.queryByText('inside')).toBeNull();
  });

  it('asks who is not logged in to log in', async () => {
    const body = { type: 'about:blank', title: 'x', status: 401, code: 'unauthorized' };
    show({ '/claim': claim(true), '/me': { status: 401, body } });
    expect(await screen.findByLabelText('Password', undefined, patience)).toBeTruthy();
    expect(screen.queryByText('inside')).toBeNull();
  });
});

it('a part that can not be loaded is told of', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const Gone = lazy(() => Promise.reject(new TypeError('Failed to fetch')));
  render(
    <LoadBoundary failed={<p>reload</p>}>
      <Suspense fallback={<p>loading</p>}>
        <Gone />
      </Suspense>
    </LoadBoundary>,
  );
  expect(await screen.findByText('reload')).toBeTruthy();
});
