import { expect, it } from 'vitest';
import { launcherOf, namesFor } from './names.ts';

it('names carry the pid, are told back, and fit an interface', () => {
  const names = namesFor(4_194_303);
  for (const name of Object.values(names)) {
    expect(name.length).toBeLessThanOrEqual(15);
    expect(launcherOf(name)).toBe(4_194_303);
  }
  expect(new Set(Object.values(names)).size).toBe(4);
});

it.each(['kb-veh', 'kb12', 'kb12-eth', 'kb012-veh', 'akb12-veh', 'kb12-veh2', 'docker0'])(
  'does not take %s for ours',
  (name) => {
    expect(launcherOf(name)).toBeUndefined();
  },
);
