import { describe, expect, it } from 'vitest';
import {
  bench,
  begin,
  beginWith,
  answerTo,
  configure,
  result,
} from '../testing/station-scenario.ts';

describe('authorization', () => {
  const authorize = async (idToken: string, evse = 1) => {
    const answer = bench.station.authorize(idToken, evse);
    await bench.run(200);
    return answer;
  };
  const offline = async () => {
    bench.network.up = false;
    bench.network.cut();
    await bench.run(100);
  };

  it('asks the CSMS, remembers the answer without regard to case, and uses it offline', async () => {
    await begin();
    expect(await authorize('good')).toEqual({ status: 'Accepted', from: 'csms' });
    expect(await authorize('BAD')).toEqual({ status: 'Blocked', from: 'csms' });
    await offline();
    expect(await authorize('GOOD')).toEqual({ status: 'Accepted', from: 'cache' });
    expect(await authorize('bad')).toEqual({ status: 'Blocked', from: 'cache' });
    expect(await authorize('NEW')).toEqual({ status: 'Invalid', from: 'offline' });
    await bench.restartStation();
    expect(await authorize('GOOD')).toEqual({ status: 'Accepted', from: 'cache' });
  });

  it('lets unknown cards in offline by AllowOfflineTxForUnknownId, known bad ones never', async () => {
    await begin();
    await configure('AllowOfflineTxForUnknownId', 'true');
    await authorize('BAD');
    await offline();
    expect(await authorize('NEW')).toEqual({ status: 'Accepted', from: 'offline' });
    expect(await authorize('BAD')).toEqual({ status: 'Blocked', from: 'cache' });
  });

  it('does not use the cache offline when LocalAuthorizeOffline is false', async () => {
    await begin();
    await authorize('GOOD');
    await configure('LocalAuthorizeOffline', 'false');
    await offline();
    expect(await authorize('GOOD')).toEqual({ status: 'Invalid', from: 'offline' });
  });

  it('LocalPreAuthorize: a good card starts at once, any other is asked about', async () => {
    await begin();
    await configure('LocalPreAuthorize', 'true');
    await authorize('GOOD');
    await authorize('BAD');
    const asked = bench.received.length;
    expect(await authorize('GOOD')).toEqual({ status: 'Accepted', from: 'cache' });
    expect(bench.received).toHaveLength(asked);
    await authorize('BAD');
    expect(bench.received).toHaveLength(asked + 1);
  });

  it('a card whose expiry has passed is Expired, and asked about again online', async () => {
    await begin();
    const expiry = bench.clock.now() + 60_000;
    bench.csmsDisk.tokens.set('SOON', { idTag: 'SOON', status: 'Accepted', expiry });
    expect((await authorize('SOON')).status).toBe('Accepted');
    await bench.run(61_000, 1_000);
    await offline();
    expect(await authorize('SOON')).toEqual({ status: 'Expired', from: 'cache' });
  });

  it.each<[string, (id: string) => string | undefined, number]>([
    ['CALLERROR', (id) => `[4,"${id}","InternalError","",{}]`, 500],
    ['a malformed answer', result({ idTagInfo: {} }), 500],
    ['no answer', () => undefined, 36_000],
  ])(
    '%s counts as offline for this card, and the next card is asked about',
    async (_, answer, wait) => {
      await beginWith('Authorize', answer);
      const first = bench.station.authorize('GOOD', 1);
      await bench.run(wait, 500);
      expect(await first).toEqual({ status: 'Invalid', from: 'offline' });
      const second = bench.station.authorize('OTHER', 1);
      await bench.run(wait, 500);
      expect((await second).from).toBe('offline');
      expect(bench.received.filter((action) => action === 'Authorize')).toHaveLength(2);
    },
  );

  it('answers within MessageTimeout also while another message is stuck', async () => {
    await beginWith('StatusNotification', () => undefined);
    await bench.run(100_000, 500);
    bench.show({ evse: 1, state: 'Preparing' });
    const answer = bench.station.authorize('GOOD', 1);
    await bench.run(30_000, 500);
    expect(await answer).toEqual({ status: 'Invalid', from: 'offline' });
  });

  it('refuses what is no idTag of 1.6', async () => {
    await begin();
    expect((await authorize('x'.repeat(21))).status).toBe('Invalid');
    expect(bench.received).not.toContain('Authorize');
  });

  it('ClearCache empties the cache, and is Rejected when there is none', async () => {
    await begin();
    await authorize('GOOD');
    expect(bench.disk.cards.size).toBe(1);
    expect(await answerTo('ClearCache', {})).toEqual({ status: 'Accepted' });
    expect(bench.disk.cards.size).toBe(0);
    await configure('AuthorizationCacheEnabled', 'false');
    expect(await answerTo('ClearCache', {})).toEqual({ status: 'Rejected' });
  });
});
