import type { NetworkLook } from '@kerbside/host';
import { seconds } from '@kerbside/kernel';
import { ManualClock } from '@kerbside/kernel/testing';
import { expect, it } from 'vitest';
import type { HealthReport } from '../diagnostics/health.service.ts';
import { ofNetwork, watchNetwork } from './network-health.ts';

const look = (more: Partial<Record<keyof NetworkLook, readonly string[]>> = {}): NetworkLook => {
  const { present, running, linkLocal, uplinks } = {
    present: ['lo', 'plc0', 'eth0'],
    running: ['lo', 'plc0', 'eth0'],
    linkLocal: ['plc0', 'eth0'],
    uplinks: ['eth0'],
    ...more,
  };
  return {
    present: new Set(present),
    running: new Set(running),
    linkLocal: new Set(linkLocal),
    uplinks: new Set(uplinks),
  };
};
const needs = { evInterfaces: ['plc0'], uplink: true };

it.each<[string, NetworkLook, HealthReport]>([
  ['all is there', look(), { status: 'ok', detail: 'plc0, eth0' }],
  [
    'the EV interface is missing',
    look({ present: ['lo', 'eth0'], linkLocal: ['eth0'] }),
    { status: 'degraded', reason: 'interface-missing', detail: 'plc0' },
  ],
  [
    'it is down',
    look({ running: ['lo', 'eth0'], linkLocal: ['eth0'] }),
    { status: 'degraded', reason: 'interface-down', detail: 'plc0' },
  ],
  [
    'no route leads out',
    look({ uplinks: [] }),
    { status: 'degraded', reason: 'no-uplink', detail: 'plc0' },
  ],
  [
    'the route is there, its cable is not',
    look({ running: ['lo', 'plc0'] }),
    { status: 'degraded', reason: 'no-uplink', detail: 'eth0' },
  ],
  [
    'a route by way of a car is no uplink',
    look({ uplinks: ['plc0'] }),
    { status: 'degraded', reason: 'no-uplink', detail: 'plc0' },
  ],
])('%s', (_, seen, report) => expect(ofNetwork(seen, needs)).toEqual(report));

it('an uplink that nobody needs may be missing', () => {
  const local = { evInterfaces: [], uplink: false };
  expect(ofNetwork(look({ uplinks: [] }), local)).toEqual({ status: 'ok' });
});

it('sees the interface go and come back', async () => {
  const clock = new ManualClock();
  const seen: (string | undefined)[] = [];
  let now = look();
  const stop = watchNetwork(
    clock,
    () => now,
    needs,
    ({ reason }) => seen.push(reason),
  );
  now = look({ present: ['lo'] });
  await clock.run(seconds(5), 100);
  now = look();
  await clock.run(seconds(5), 100);
  stop();
  await clock.run(seconds(60), 100);
  expect(seen).toEqual([undefined, 'interface-missing', undefined]);
});
