import { routes } from '@kerbside/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, urlOf } from './client.ts';
import type { ApiError } from './problem.ts';

const answer = (status: number, body: unknown, type = 'application/json') =>
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(
    new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { 'Content-Type': type },
    }),
  );
const failing = async (promise: Promise<unknown>): Promise<ApiError> => {
  try {
    await promise;
  } catch (error) {
    return error as ApiError;
  }
  throw new Error('it did not fail');
};

afterEach(() => vi.restoreAllMocks());

describe('urlOf', () => {
  it('fills in parameters and leaves out what is undefined', () => {
    expect(
      urlOf(routes.getTimeline, {
        params: { id: 'a/b c' },
        query: { limit: 5, source: undefined },
      }),
    ).toBe('/api/v1/sessions/a%2Fb%20c/timeline?limit=5');
  });
});

describe('call', () => {
  it('sends a body as JSON with the cookie, and gives the validated answer', async () => {
    const fetched = answer(200, { accepted: true });
    await expect(
      call('commandEvse', { params: { id: 1 }, body: { command: 'stop' } }),
    ).resolves.toEqual({ accepted: true });
    expect(fetched).toHaveBeenCalledWith(
      '/api/v1/evses/1/commands',
      expect.objectContaining({
        method: 'POST',
        body: '{"command":"stop"}',
        credentials: 'same-origin',
      }),
    );
  });

  it('knows an answer without a body', async () => {
    answer(204, undefined);
    await expect(call('logout', {})).resolves.toBeUndefined();
  });

  it('an answer against the contract is an error that names the place', async () => {
    answer(200, [{ id: 'one' }]);
    const error = await failing(call('listEvses', {}));
    expect(error).toMatchObject({ kind: 'unexpected', code: 'unexpected-answer' });
    expect(error.message).toContain('0.id');
  });

  it('a problem document becomes a typed error with its fields', async () => {
    answer(
      400,
      {
        type: '/problems/invalid',
        title: 'Invalid',
        status: 400,
        code: 'invalid',
        errors: [
          { pointer: '/password', message: 'too short' },
          { pointer: '/body/name', message: 'taken' },
        ],
      },
      'application/problem+json',
    );
    const error = await failing(call('login', { body: { name: 'a', password: 'b' } }));
    expect(error).toMatchObject({ kind: 'problem', status: 400, code: 'invalid' });
    expect(error.fields).toEqual({ password: 'too short', name: 'taken' });
  });

  it('an error that is no problem document is still an error with its status', async () => {
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('<html>', { status: 502 }));
    expect(await failing(call('getMe', {}))).toMatchObject({ status: 502, code: 'http-502' });
  });

  it('no answer is "offline"', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
    expect(await failing(call('getMe', {}))).toMatchObject({ kind: 'offline', code: 'offline' });
  });
});
