import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Permission,
  PERMISSIONS,
  type Role,
  roleHolds,
  type Route,
  routes,
} from '@kerbside/contracts';
import { cookieOf, PASSWORD, startUnit } from './support/unit.ts';

type Unit = Awaited<ReturnType<typeof startUnit>>;

const example = (route: Route) =>
  route.path
    .replace('{id}', '1')
    .replace('{name}', 'nobody')
    .replace(/\{\w+\}/g, '1');

describe('an unclaimed unit', () => {
  let unit: Unit;
  beforeAll(async () => void (unit = await startUnit({ KERBSIDE_BENCH: '1' })));
  afterAll(() => unit.stop());

  it('answers nothing but what is public', async () => {
    for (const route of Object.values(routes) as Route[]) {
      if (route.permission === 'public') continue;
      const answer = await unit.call(route.method, example(route), route.body ? {} : undefined);
      expect(answer.status, route.path).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'unclaimed', status: 403 });
    }
  });

  it('refuses a wrong claim code, an easy password and a short one, and says at which field', async () => {
    const code = await unit.services.access.renewClaimCode();
    const claim = (body: Record<string, unknown>) => unit.call('POST', '/claim', body);
    const wrong = await claim({ code: 'AAAA-BBBB', name: 'owner', password: PASSWORD });
    expect(wrong.status).toBe(403);
    expect(await wrong.json()).toMatchObject({ errors: [{ pointer: '/code' }] });
    const easy = await claim({ code, name: 'owner', password: 'passwordpassword' });
    expect(await easy.json()).toMatchObject({
      code: 'weak-password',
      errors: [{ pointer: '/password' }],
    });
    const short = await claim({ code, name: 'owner', password: 'short', extra: 1 });
    expect(short.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await short.json()) as { errors: { pointer: string }[] };
    expect(problem.errors.map((error) => error.pointer)).toEqual(['/password', '/extra']);
  });

  it('is claimed once, also by two at the same time', async () => {
    const code = await unit.services.access.renewClaimCode();
    const body = { code, name: 'owner', password: PASSWORD };
    const answers = await Promise.all([
      unit.call('POST', '/claim', body),
      unit.call('POST', '/claim', body),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect((await unit.call('POST', '/claim', body)).status).toBe(409);
    expect(JSON.stringify(unit.store.changes)).not.toContain(PASSWORD);
    expect(JSON.stringify(unit.log.lines)).not.toContain(PASSWORD);
  });
});

describe('a claimed unit', () => {
  let unit: Unit;
  let owner: string;
  beforeAll(async () => {
    unit = await startUnit({ KERBSIDE_BENCH: '1' });
    owner = await unit.claim();
  });
  afterAll(() => unit.stop());

  it('logs in and out', async () => {
    const answer = await unit.call('POST', '/login', { name: 'owner', password: PASSWORD });
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
    const cookie = cookieOf(answer);
    const me = await unit.call('GET', '/me', undefined, { cookie });
    expect(await me.json()).toMatchObject({ name: 'owner', role: 'admin' });
    expect((await unit.call('POST', '/logout', undefined, { cookie })).status).toBe(204);
    expect((await unit.call('GET', '/me', undefined, { cookie })).status).toBe(401);
  });

  it('slows guessing down, and never locks the right password out for good', async () => {
    const guess = (name: string) =>
      unit.call('POST', '/login', { name, password: 'wrong password' });
    for (let i = 0; i < 4; i++) await guess('owner');
    const slowed = await guess('owner');
    expect(slowed.status).toBe(429);
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 2200));
    expect((await unit.call('POST', '/login', { name: 'owner', password: PASSWORD })).status).toBe(
      200,
    );
  });

  it.each(['viewer', 'operator', 'technician', 'admin'] as const)(
    'the role %s reaches exactly the routes that it may',
    async (role: Role) => {
      const name = `a-${role}`;
      const made = await unit.call(
        'POST',
        '/accounts',
        { name, role, password: PASSWORD },
        { cookie: owner },
      );
      expect(made.status).toBe(200);
      const cookie = cookieOf(await unit.call('POST', '/login', { name, password: PASSWORD }));
      for (const route of Object.values(routes) as Route[]) {
        if (route.permission === 'public' || route.permission === 'self') continue;
        // an empty body is refused after the permission was checked, so nothing is changed
        const answer = await unit.call(route.method, example(route), route.body ? {} : undefined, {
          cookie,
        });
        const may = roleHolds(role, route.permission);
        if (may)
          expect([200, 204, 400, 404, 503], `${route.method} ${route.path}`).toContain(
            answer.status,
          );
        else expect(answer.status, `${route.method} ${route.path}`).toBe(403);
      }
    },
  );

  it('an API token reaches exactly its scopes, and nothing after it was revoked', async () => {
    const made = await unit.call(
      'POST',
      '/tokens',
      { name: 'scraper', scopes: ['metrics.read'] satisfies Permission[] },
      { cookie: owner },
    );
    const { token, id } = (await made.json()) as { token: string; id: string };
    const bearer = { authorization: `Bearer ${token}` };
    expect((await unit.call('GET', '/metrics', undefined, bearer)).status).toBe(200);
    expect((await fetch(`${unit.base}/metrics`, { headers: bearer })).status).toBe(200);
    expect((await fetch(`${unit.base}/metrics`)).status).toBe(401);
    expect((await unit.call('GET', '/evses', undefined, bearer)).status).toBe(403);
    expect(
      (await unit.call('GET', '/tokens', undefined, { authorization: `Bearer ${token}x` })).status,
    ).toBe(401);
    const listed = await (await unit.call('GET', '/tokens', undefined, { cookie: owner })).text();
    expect(listed).not.toContain(token.replace(/^kbt_[^_]+_/, ''));
    expect((await unit.call('DELETE', `/tokens/${id}`, undefined, { cookie: owner })).status).toBe(
      204,
    );
    expect((await unit.call('GET', '/metrics', undefined, bearer)).status).toBe(401);
  });

  it('refuses what another site makes the browser send', async () => {
    const sent = (headers: Record<string, string>) =>
      unit.call('POST', '/evses/1/commands', { command: 'stop' }, { cookie: owner, ...headers });
    expect((await sent({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await sent({ origin: 'http://evil.example' })).status).toBe(403);
    expect((await sent({ origin: unit.base })).status).toBe(404);
  });

  it('keeps the last admin', async () => {
    await unit.call('DELETE', '/accounts/a-admin', undefined, { cookie: owner });
    const answer = await unit.call('DELETE', '/accounts/owner', undefined, { cookie: owner });
    expect(await answer.json()).toMatchObject({ status: 409, code: 'last-admin' });
  });

  it('an account that could not be written does not exist', async () => {
    unit.store.fail = true;
    const body = { name: 'ghost', role: 'viewer', password: PASSWORD };
    expect((await unit.call('POST', '/accounts', body, { cookie: owner })).status).toBe(500);
    unit.store.fail = false;
    expect((await unit.call('POST', '/login', { name: 'ghost', password: PASSWORD })).status).toBe(
      401,
    );
  });
});

describe('bad requests', () => {
  let unit: Unit;
  let cookie: string;
  beforeAll(async () => {
    unit = await startUnit();
    cookie = await unit.claim();
  });
  afterAll(() => unit.stop());
  const raw = (body: string, type = 'application/json') =>
    fetch(`${unit.base}/api/v1/login`, { method: 'POST', headers: { 'content-type': type }, body });

  it.each([
    ['malformed JSON', '{"name":', 'application/json', 400],
    ['too large', JSON.stringify({ name: 'x'.repeat(100_000) }), 'application/json', 413],
    ['not JSON', 'name=x', 'application/x-www-form-urlencoded', 415],
    ['an array', '[]', 'application/json', 400],
    ['null', 'null', 'application/json', 400],
  ])('%s is a problem document', async (_, body, type, status) => {
    const answer = await raw(body, type);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ status, code: expect.any(String) });
  });

  it('an unknown route, a bench route on a real unit and an unknown EVSE are 404', async () => {
    for (const path of ['/nothing', '/bench', '/evses/9'])
      expect((await unit.call('GET', path, undefined, { cookie })).status, path).toBe(404);
  });

  it('a parameter that is no number is named', async () => {
    const answer = await unit.call('GET', '/evses/abc', undefined, { cookie });
    expect(await answer.json()).toMatchObject({ status: 400, errors: [{ pointer: 'path/id' }] });
  });

  it('a cursor that no page gave is refused, not taken for the first page', async () => {
    for (const address of ['/sessions', '/sessions/s1/timeline', '/audit']) {
      const answer = await unit.call('GET', `${address}?cursor=zzz`, undefined, { cookie });
      expect(answer.status, address).toBe(400);
      expect(await answer.json()).toMatchObject({ errors: [{ pointer: 'query/cursor' }] });
    }
  });

  it('a host name that is not ours is refused (DNS rebinding)', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      const sent = request(
        `${unit.base}/api/v1/health`,
        { headers: { host: 'evil.example' } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      sent.end();
    });
    expect(status).toBe(421);
  });

  it('every answer forbids foreign content', async () => {
    const answer = await unit.call('GET', '/health');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-powered-by')).toBeNull();
  });
});

it('every permission guards at least one route or is kept for configuration', () => {
  const used = new Set((Object.values(routes) as Route[]).map((route) => route.permission));
  const later: Permission[] = ['config.read', 'config.write', 'messages.read'];
  for (const permission of Object.keys(PERMISSIONS) as Permission[])
    expect(used.has(permission) || later.includes(permission), permission).toBe(true);
});

describe('logins at the same time', () => {
  let unit: Unit;
  let owner: string;
  beforeAll(async () => {
    unit = await startUnit();
    owner = await unit.claim();
  });
  afterAll(() => unit.stop());

  it('two admins who remove each other do not leave the unit without one', async () => {
    const body = { name: 'second', role: 'admin', password: PASSWORD };
    await unit.call('POST', '/accounts', body, { cookie: owner });
    const second = cookieOf(
      await unit.call('POST', '/login', { name: 'second', password: PASSWORD }),
    );
    await Promise.all([
      unit.call('DELETE', '/accounts/second', undefined, { cookie: owner }),
      unit.call('DELETE', '/accounts/owner', undefined, { cookie: second }),
    ]);
    expect(unit.services.access.accounts().map((account) => account.role)).toEqual(['admin']);
  });

  it('a login that began before the password changed is refused, and undoes nothing', async () => {
    const { access } = unit.services;
    const name = access.accounts()[0]?.name ?? '';
    const cookie = cookieOf(await unit.call('POST', '/login', { name, password: PASSWORD }));
    const hashBefore = access.accounts()[0]?.passwordHash;
    const next = 'staple battery horse';
    const change = unit.call('PUT', '/me/password', { current: PASSWORD, next }, { cookie });
    const late = unit.call('POST', '/login', { name, password: PASSWORD });
    expect((await change).status).toBe(204);
    await late;
    expect(access.accounts()[0]?.passwordHash).not.toBe(hashBefore);
    expect((await unit.call('POST', '/login', { name, password: PASSWORD })).status).toBe(401);
    expect((await unit.call('POST', '/login', { name, password: next })).status).toBe(200);
  });

  it('a burst of guesses is slowed down like guesses one by one, and a flood is turned away', async () => {
    const guesses = Array.from({ length: 60 }, () =>
      unit.call('POST', '/login', { name: 'nobody', password: 'wrong password' }),
    );
    const statuses = (await Promise.all(guesses)).map((answer) => answer.status);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(4);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(56);
  });

  it('a token passes on no scope that it does not hold', async () => {
    const { access } = unit.services;
    const made = await access.tokens.create('local', 'issuer', ['tokens.manage', 'status.read']);
    const bearer = { authorization: `Bearer ${made.token}` };
    const ask = (scopes: string[]) =>
      unit.call('POST', '/tokens', { name: 'x', scopes }, bearer).then((answer) => answer.status);
    expect(await ask(['status.read'])).toBe(200);
    expect(await ask(['status.read', 'users.manage'])).toBe(403);
  });
});

describe('addresses beside the API', () => {
  let unit: Unit;
  beforeAll(async () => {
    const ui = mkdtempSync(path.join(tmpdir(), 'kerbside-ui-'));
    mkdirSync(path.join(ui, 'assets'));
    writeFileSync(path.join(ui, 'index.html'), '<!doctype html><title>page</title>');
    unit = await startUnit({ KERBSIDE_ADMIN_UI: ui });
    await unit.claim();
  });
  afterAll(() => unit.stop());

  it('pages get the one page, files that are not there and the API never do', async () => {
    const kind = async (address: string) => {
      const answer = await fetch(unit.base + address);
      return `${answer.status} ${answer.headers.get('content-type')?.split(';')[0]}`;
    };
    for (const page of ['/', '/evses/1', '/sessions/75512b6ab8ed05ba-1'])
      expect(await kind(page), page).toBe('200 text/html');
    for (const other of ['/api', '/api/', '/api/v2/x', '/favicon.png', '/.env', '/assets/x.js'])
      expect(await kind(other), other).toBe('404 application/problem+json');
  });

  it('/metrics is where Prometheus looks for it, for who may read it', async () => {
    expect((await fetch(`${unit.base}/metrics`)).status).toBe(401);
    const { token } = await unit.services.access.tokens.create('local', 'p', ['metrics.read']);
    const answer = await fetch(`${unit.base}/metrics`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain');
  });

  it('a problem names the address as it was asked for, and no answer of the API is kept', async () => {
    const answer = await unit.call('GET', '/nope?x=1');
    expect(await answer.json()).toMatchObject({ instance: '/api/v1/nope' });
    expect((await unit.call('GET', '/health')).headers.get('cache-control')).toBe('no-store');
    expect((await unit.call('GET', '/evses')).headers.get('www-authenticate')).toBe('Bearer');
  });
});
