import { ocppStatus } from '@kerbside/contracts';
import type { StationStatus } from '@kerbside/ocpp';
import { expect, it } from 'vitest';
import { toOcppStatus } from './ocpp.ts';

const status: StationStatus = {
  version: '1.6',
  url: 'ws://csms.test/ocpp/CP-1',
  identity: 'CP-1',
  phase: 'accepted',
  since: 0,
  reason: undefined,
  nextRetry: undefined,
  heartbeatInterval: 300,
  queueLength: 0,
  attempts: [],
};

it('shows the messages that were given up as the contract wants them', () => {
  const outcome = 'given up after 10 attempts: InternalError';
  const message = {
    at: 1_000,
    action: 'StartTransaction',
    evse: 1,
    session: 's',
    transaction: 't',
  };
  const shown = toOcppStatus(status, {
    oldest: undefined,
    givenUp: { count: 21, newest: [{ ...message, doneAt: 61_000, outcome }] },
  });
  expect(ocppStatus.strict().parse(shown).givenUp).toEqual({
    count: 21,
    newest: [
      {
        ...message,
        at: '1970-01-01T00:00:01.000Z',
        givenUp: '1970-01-01T00:01:01.000Z',
        reason: outcome,
      },
    ],
  });
});
