import { describe, expect, it } from 'vitest';
import {
  internetService,
  ServiceRegistry,
  type ServiceProvider,
  type VasService,
} from './index.ts';

/** What a depot's own service may look like: the bus asks when it must leave. VDV 261 has such a one. */
function departureService(told: string[]): ServiceProvider {
  const service: VasService = {
    id: 61_000,
    name: 'Departure',
    category: 'OtherCustom',
    free: true,
    parameterSets: [{ id: 1, parameters: [{ name: 'Line', value: 42 }] }],
  };
  return {
    offer: (evse) => (evse === 1 ? service : undefined),
    selected: (evse, sets) =>
      void told.push(`${evse} selected ${sets.map(({ parameterSet }) => parameterSet?.id).join()}`),
    released: (evse, reason) => void told.push(`${evse} released: ${reason}`),
  };
}

function internet(told: string[]): ServiceProvider {
  return {
    offer: () => internetService({ http: true, https: true }),
    selected: (_, sets) =>
      void told.push(`internet ${sets.map(({ parameterSet }) => parameterSet?.id).join()}`),
    released: () => void told.push('internet released'),
  };
}

describe('services that an application registers', () => {
  it('are offered and told of their own selections alone', () => {
    const told: string[] = [];
    const registry = new ServiceRegistry();
    registry.register(internet(told));
    registry.register(departureService(told), [1, 2]);
    const offered = registry.offer(1);
    expect(offered.map(({ id }) => id)).toEqual([3, 61_000]);
    expect(registry.offer(2).map(({ id }) => id)).toEqual([3]);
    registry.select(1, offered, [
      { serviceId: 3, parameterSetId: 3 },
      { serviceId: 61_000, parameterSetId: 1 },
      { serviceId: 3, parameterSetId: 4 },
    ]);
    expect(told).toEqual(['internet 3,4', '1 selected 1']);
    registry.release(1, 'unplugged');
    registry.release(1, 'again');
    expect(told.slice(2)).toEqual(['internet released', '1 released: unplugged']);
  });

  it('are not told of what was never offered', () => {
    const told: string[] = [];
    const registry = new ServiceRegistry();
    registry.register(departureService(told));
    registry.select(1, registry.offer(1), [{ serviceId: 61_000, parameterSetId: 9 }]);
    registry.release(1, 'over');
    expect(told).toEqual([]);
  });

  it('have ids of their own', () => {
    const registry = new ServiceRegistry();
    registry.register(departureService([]), [1]);
    expect(() => registry.register(departureService([]), [1])).toThrow('service 61000');
  });
});
