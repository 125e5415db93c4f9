import { beforeEach, describe, expect, it } from 'vitest';
import { bench, begin, configure, at, statuses } from '../testing/station-scenario.ts';

describe('status', () => {
  beforeEach(() => begin());

  it.each([
    ['Available', false, 'Available'],
    ['Preparing', false, 'Preparing'],
    ['Authorizing', false, 'Preparing'],
    ['Matching', false, 'Preparing'],
    ['Communicating', false, 'Preparing'],
    ['Ready', false, 'Preparing'],
    ['Communicating', true, 'SuspendedEV'],
    ['Ready', true, 'SuspendedEV'],
    ['Charging', true, 'Charging'],
    ['SuspendedEV', true, 'SuspendedEV'],
    ['SuspendedEVSE', true, 'SuspendedEVSE'],
    ['Stopping', true, 'Finishing'],
    ['Finishing', false, 'Finishing'],
    ['Faulted', false, 'Faulted'],
    ['Unavailable', false, 'Unavailable'],
  ] as const)('%s, transaction %s: %s', async (state, transaction, status) => {
    bench.show({ evse: 1, state: state === 'Available' ? 'Preparing' : 'Available' });
    await bench.run(200);
    bench.show({
      evse: 1,
      state,
      ...(transaction ? { transaction: { key: 't', idToken: 'A' } } : {}),
    });
    await bench.run(200);
    expect(statuses().at(-1)).toEqual([1, status]);
  });

  it('carries the time of the change and the fault', async () => {
    bench.show({
      evse: 2,
      state: 'Faulted',
      since: at,
      faults: [
        {
          code: 'contactor-welded',
          text: 'The contactor does not open although it was told to do so',
        },
      ],
    });
    await bench.run(200);
    expect(bench.payloads('StatusNotification').at(-1)).toEqual({
      connectorId: 2,
      status: 'Faulted',
      errorCode: 'PowerSwitchFailure',
      info: 'The contactor does not open although it was told t',
      vendorErrorCode: 'contactor-welded',
      timestamp: '2026-01-01T00:00:00.000Z',
    });
  });

  it('that passes within MinimumStatusDuration is not sent', async () => {
    await configure('MinimumStatusDuration', '5');
    const before = statuses().length;
    bench.show({ evse: 1, state: 'Preparing' });
    await bench.run(3_000);
    bench.show({ evse: 1, state: 'Available' });
    await bench.run(10_000);
    expect(statuses()).toHaveLength(before);
    bench.show({ evse: 1, state: 'Preparing' });
    await bench.run(6_000);
    expect(statuses().at(-1)).toEqual([1, 'Preparing']);
  });

  it('is sent again when the connection was lost under it', async () => {
    bench.network.fate = ({ text }) => (text.includes('Preparing') ? 'lost' : 'delivered');
    bench.show({ evse: 1, state: 'Preparing' });
    await bench.run(500);
    bench.network.fate = () => 'delivered';
    await bench.run(3_000);
    expect(statuses().at(-1)).toEqual([1, 'Preparing']);
  });
});
