import type { EvseConfig, EvseSnapshot } from '@kerbside/charging';
import { systemClock } from '@kerbside/host';
import { silentLogger } from '@kerbside/kernel';
import { expect, it } from 'vitest';
import { LiveHub } from '../live/live-hub.ts';
import { EvseRegistry } from './evse-registry.ts';

it('the chart goes on when the clock is set back', () => {
  const hub = new LiveHub(systemClock, silentLogger);
  let published = 0;
  hub.publish = (topic) => void (published += Number(topic === 'measurements'));
  const evses = new EvseRegistry(hub);
  let tell: (snapshot: EvseSnapshot) => void = () => {};
  evses.add({
    config: { evse: 1, connector: 1 } as EvseConfig,
    snapshot: () => ({ evse: 1 }) as EvseSnapshot,
    onSnapshot: (listener) => (tell = listener),
    command: async () => ({ accepted: true }),
    configure: () => {},
    emergencyOpen: () => {},
    close: async () => {},
  });
  const at = (time: number) =>
    tell({
      evse: 1,
      meter: { at: time, energy: 1, power: 1, voltage: [], current: [] },
    } as unknown as EvseSnapshot);
  const noon = Date.UTC(2026, 0, 1, 12);
  for (const time of [noon, noon + 100, noon + 1000]) at(time);
  expect(published).toBe(2);
  for (const time of [noon - 86_400_000, noon - 86_399_000]) at(time);
  expect(published).toBe(4);
});
