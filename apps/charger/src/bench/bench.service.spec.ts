import type { RigState } from '@kerbside/charging';
import type { BenchLink } from '@kerbside/host';
import { collectingLogger, ManualClock } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { LiveHub } from '../live/live-hub.ts';
import { BenchService } from './bench.service.ts';

const unplugged = {
  evse: 1,
  plugged: false,
  faults: [],
  vehicle: { name: 'car', phase: 'idle' },
} as unknown as RigState;

function bench() {
  const requests: unknown[] = [];
  let tell: (state: RigState) => void = () => {};
  const link = {
    connected: true,
    request: async (request: unknown) => void requests.push(request),
    onState: (listener: (state: RigState) => void) => (tell = listener),
    close: () => {},
  } as unknown as BenchLink;
  const service = new BenchService(link, [1], new LiveHub(new ManualClock(), collectingLogger()));
  return { service, requests, tell: (state: RigState) => tell(state) };
}

const order = {
  action: 'plug-in',
  kind: 'iso2-dc',
  batteryWh: 77_000,
  soc: 20,
  internet: false,
} as const;

describe('the bench panel', () => {
  it('passes on all that was asked of the vehicle', async () => {
    const { service, requests } = bench();
    await service.vehicle(1, { ...order, energyWh: 500 });
    expect(requests).toEqual([
      {
        do: 'vehicle',
        evse: 1,
        order: 'plug-in',
        kind: 'dc',
        batteryWh: 77_000,
        soc: 20,
        energyWh: 500,
        internet: false,
      },
    ]);
  });

  it('says what car is plugged in, and of a foreign one nothing', async () => {
    const { service, tell } = bench();
    await service.vehicle(1, order);
    tell(unplugged);
    expect(service.state().evses[0]).not.toHaveProperty('vehicleKind');
    tell({ ...unplugged, plugged: true });
    expect(service.state().evses[0]).toMatchObject({ vehicleKind: 'iso2-dc', batteryWh: 77_000 });
    await service.pilot(1, 'B');
    expect(service.state().evses[0]).not.toHaveProperty('vehicleKind');
  });
});
