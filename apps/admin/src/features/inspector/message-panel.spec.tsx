// @vitest-environment jsdom
import '../../testing/browser.ts';
import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { QueryClientProvider } from '@tanstack/react-query';
import type { TimelineEntry } from '@kerbside/contracts';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newQueryClient } from '../../api/query.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { EntryDetails } from '../timeline/entry-details.tsx';
import { rowsOf } from '../timeline/rows.ts';

beforeAll(() => startI18n('en'));
afterEach(cleanup);

const currentDemand =
  '809802157799790e187b3a50d1000a01860021006101f4020414300f800030819006102802080640';

function show(source: 'v2g' | 'slac', ...raws: readonly string[]) {
  const entries = raws.map((raw, id) => ({
    id,
    at: '2026-01-01T00:00:00.000Z',
    source,
    type: `${source}.message`,
    data: { name: id === 0 ? 'CurrentDemandReq' : 'CurrentDemandRes', raw },
  })) satisfies TimelineEntry[];
  const [row] = rowsOf(entries);
  render(
    <MantineProvider>
      <QueryClientProvider client={newQueryClient()}>
        <EntryDetails row={row} previous={undefined} close={() => undefined} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

describe('the details of a V2G message', () => {
  it('show it read from its bytes, quantities with their unit, their parts on demand', async () => {
    show('v2g', currentDemand);
    const tree = await screen.findByRole('list', { name: 'Message' }, { timeout: 10_000 });
    expect(tree.textContent).toContain('EVTargetVoltage 500 V');
    expect(tree.textContent).toContain('EVRESSSOC 20 %');
    expect(tree.textContent).not.toContain('Multiplier');
    const target = within(tree).getByRole('button', { name: /EVTargetVoltage/ });
    expect(target.getAttribute('aria-expanded')).toBe('false');
    await userEvent.setup().click(target);
    expect(tree.textContent).toContain('Multiplier 1');
    expect(target.closest('li')?.title).toMatch(/^PhysicalValueType, \d+\.\d \+\d+$/);
  });

  it('show a request and its answer, which are one line', async () => {
    show('v2g', currentDemand, '80980239a8205325beb5');
    const trees = await waitFor(
      () => {
        const found = screen.getAllByRole('list', { name: 'Message' });
        expect(found).toHaveLength(2);
        return found;
      },
      { timeout: 10_000 },
    );
    expect(trees[0]?.textContent).toContain('CurrentDemandReq');
  });

  it('show a broken one as far as it goes, and say why', async () => {
    show('v2g', '80980239a8205325beb5');
    const tree = await screen.findByRole('list', { name: 'Message' }, { timeout: 10_000 });
    expect(tree.textContent).toContain('SessionID');
    expect(screen.getByText(/length 8, 54 bits left/)).toBeTruthy();
  });

  it('say so where the bytes tell no protocol, and leave other sources alone', async () => {
    show('v2g', '80ffffffffff');
    expect(
      await screen.findByText('The bytes do not tell the protocol.', {}, { timeout: 10_000 }),
    ).toBeTruthy();
    cleanup();
    show('slac', currentDemand);
    expect(screen.queryByRole('tab', { name: 'Message' })).toBeNull();
    expect(screen.getByRole('tab', { name: 'Fields' })).toBeTruthy();
  });
});
