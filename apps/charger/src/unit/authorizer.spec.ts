import type { Station } from '@kerbside/ocpp';
import { describe, expect, it } from 'vitest';
import { makeAuthorizer } from './ocpp.ts';
import type { OcppSessions } from './ocpp-sessions.ts';

const sessions = { authorizing: () => {} } as unknown as OcppSessions;

describe('who says whether a token may charge', () => {
  it('the back-end, also on the bench', async () => {
    const station = {
      authorize: async () => ({ status: 'Blocked', from: 'csms' }),
    } as unknown as Station;
    for (const bench of [true, false])
      expect(await makeAuthorizer(() => station, sessions, bench).authorize('TAG', 1)).toEqual({
        status: 'Blocked',
        from: 'csms',
      });
  });

  it('without a back-end nobody: refused on a real unit, accepted on the bench', async () => {
    const ask = (bench: boolean) =>
      makeAuthorizer(() => undefined, sessions, bench).authorize('TAG', 1);
    expect(await ask(false)).toEqual({ status: 'Invalid', from: 'offline' });
    expect(await ask(true)).toEqual({ status: 'Accepted', from: 'offline' });
  });
});
