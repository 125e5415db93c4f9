// @vitest-environment jsdom
import '../../testing/browser.ts';
import { MantineProvider } from '@mantine/core';
import type { BenchEvse } from '@kerbside/contracts';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { setLanguage, startI18n } from '../../i18n/i18n.ts';
import { PluggedVehicle } from './plugged-vehicle.tsx';

const sent = vi.hoisted(() => [] as unknown[]);
vi.mock('./use-bench-command.ts', () => ({
  useBenchCommand: () => ({ pending: false, send: (order: unknown) => void sent.push(order) }),
}));

beforeAll(() => startI18n('en'));
afterEach(() => {
  cleanup();
  sent.length = 0;
});

const car: BenchEvse = {
  id: 2,
  rig: true,
  vehicle: true,
  plugged: true,
  vehicleKind: 'iso2-ac',
  vehicleState: 'charging',
  faults: [],
};
const show = (evse: BenchEvse) =>
  render(
    <MantineProvider>
      <PluggedVehicle evse={evse} />
    </MantineProvider>,
  );

describe('a vehicle at the plug', () => {
  it('pauses, and wakes up once it sleeps', async () => {
    const user = userEvent.setup();
    show(car);
    await user.click(screen.getByRole('button', { name: 'Vehicle pauses' }));
    expect(sent).toEqual([{ params: { id: 2 }, body: { action: 'pause' } }]);
    cleanup();
    show({ ...car, vehicleState: 'paused' });
    expect(screen.queryByRole('button', { name: 'Vehicle pauses' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Vehicle wakes up' }));
    expect(sent.at(-1)).toEqual({ params: { id: 2 }, body: { action: 'wake' } });
  });

  it('says in words what it does, and the word itself where there are none', () => {
    show({ ...car, vehicleState: 'charge-parameters' });
    expect(screen.getByText('negotiates the charge')).toBeTruthy();
    cleanup();
    show({ ...car, vehicleState: 'something-new' });
    expect(screen.getByText('something new')).toBeTruthy();
  });

  it('that speaks no ISO 15118 has nothing to pause', () => {
    show({ ...car, vehicleKind: 'basic' });
    expect(screen.getAllByRole('button')).toHaveLength(2);
  });

  it('speaks German', async () => {
    await setLanguage('de');
    show({ ...car, vehicleState: 'paused' });
    expect(screen.getByRole('button', { name: 'Fahrzeug wacht auf' })).toBeTruthy();
    await setLanguage('en');
  });
});
