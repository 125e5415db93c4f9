import { randomBytes } from 'node:crypto';
import { PERMISSIONS, permissionsOf, ROLES, routes } from '@kerbside/contracts';
import { summaryOf } from './slac.mjs';
import { CLAIM_CODE } from './unit.mjs';
import { vasHandlers } from './vas.mjs';

export class MockProblem extends Error {
  constructor(status, code, detail, more = {}) {
    super(detail);
    this.body = { type: `/problems/${code}`, title: detail, status, code, detail, ...more };
  }
}

const page = (items, { limit, cursor }) => {
  const from = cursor ? Number(cursor) : 0;
  const next = from + limit < items.length ? { next: String(from + limit) } : {};
  return { items: items.slice(from, from + limit), ...next };
};
const found = (value, what) => {
  if (value === undefined) throw new MockProblem(404, 'not-found', `There is no ${what}.`);
  return value;
};
/** The median, where there is one. */
const medianOf = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [(sorted.length - 1) >> 1, sorted.length >> 1].map((at) => sorted[at]);
  return sorted.length === 0 ? {} : { medianMs: (low + high) / 2 };
};
const normalize = (code) => code.toUpperCase().replace(/[^0-9A-Z]/g, '');

function login(unit, account, context) {
  const id = randomBytes(16).toString('hex');
  const expires = new Date(unit.now + 12 * 3_600_000).toISOString();
  unit.logins.set(id, { name: account.name, expires });
  context.cookie = `kerbside=${id}; Path=/; HttpOnly; SameSite=Strict`;
  return meOf(account, expires);
}
const meOf = ({ name, role }, expires) => ({
  name,
  role,
  permissions: permissionsOf(role),
  expires,
});
const publicAccount = ({ name, role, created, lastLogin }) => ({
  name,
  role,
  created,
  ...(lastLogin ? { lastLogin } : {}),
});

function command(unit, evse, body) {
  switch (body.command) {
    case 'start':
      if (!evse.session) return { accepted: false, code: 'no-vehicle' };
      evse.token = body.idTag;
      return { accepted: true };
    case 'stop':
      if (!evse.transaction)
        return { accepted: false, code: 'no-transaction', reason: 'No charge is running.' };
      evse.stopAsked = 'Local';
      return { accepted: true };
    case 'limit':
      evse.technicianLimit = body.limit ?? undefined;
      evse.fact('energy', 'limit.changed', { limits: evse.limits, effective: evse.offered });
      evse.changed();
      return { accepted: true };
    case 'availability':
      if (body.operative) evse.show('Available', 'no-vehicle', 'vehicle', 'plug-in');
      else evse.show('Unavailable', 'out-of-service', 'operator', 'put-into-service');
      return { accepted: true };
    case 'wake-up':
      return { accepted: false, code: 'not-paused', reason: 'No car sleeps here.' };
    case 'reset-fault':
      for (const fault of Array.from(evse.injected)) evse.inject(fault, false);
      return { accepted: true };
    default:
      evse.lock = 'unlocked';
      evse.changed();
      return { accepted: true };
  }
}

/** What each route of the contract does to the mock unit. */
export const handlers = {
  getHealth: (unit) => unit.health,
  getMetrics: () => '# mock\n',
  getOpenApi: () => ({ openapi: '3.1.0' }),
  getClaim: (unit) => ({
    claimed: unit.accounts.size > 0,
    bench: true,
    unit: unit.ocpp.identity,
    version: unit.health.version,
  }),
  claim: (unit, { body }, context) => {
    if (unit.accounts.size > 0)
      throw new MockProblem(409, 'already-claimed', 'This unit has an owner.');
    if (normalize(body.code) !== normalize(CLAIM_CODE))
      throw new MockProblem(403, 'wrong-claim-code', 'The claim code is wrong.', {
        errors: [{ pointer: '/code', message: 'The claim code is wrong.' }],
      });
    unit.addAccount(body.name, 'admin', body.password);
    unit.record(body.name, 'unit.claimed', unit.ocpp.identity);
    return login(unit, unit.accounts.get(body.name), context);
  },
  login: (unit, { body }, context) => {
    const account = unit.accounts.get(body.name);
    if (!account || account.password !== body.password)
      throw new MockProblem(401, 'wrong-credentials', 'Name or password is wrong.');
    account.lastLogin = new Date(unit.now).toISOString();
    unit.record(body.name, 'login', body.name);
    return login(unit, account, context);
  },
  logout: (unit, _, context) => {
    unit.logins.delete(context.loginId);
    context.cookie = 'kerbside=; Path=/; Max-Age=0';
  },
  getMe: (_unit, _request, { account, expires }) => meOf(account, expires),
  changePassword: (unit, { body }, { account }) => {
    if (account.password !== body.current)
      throw new MockProblem(422, 'wrong-password', 'The current password is wrong.', {
        errors: [{ pointer: '/current', message: 'The current password is wrong.' }],
      });
    unit.accounts.get(account.name).password = body.next;
  },
  listAccounts: (unit) => [...unit.accounts.values()].map(publicAccount),
  createAccount: (unit, { body }, { account }) => {
    if (unit.accounts.has(body.name))
      throw new MockProblem(409, 'name-taken', 'This name is taken.', {
        errors: [{ pointer: '/name', message: 'This name is taken.' }],
      });
    unit.addAccount(body.name, body.role, body.password);
    unit.record(account.name, 'account.created', body.name, { role: body.role });
    return publicAccount(unit.accounts.get(body.name));
  },
  deleteAccount: (unit, { params }, { account }) => {
    found(unit.accounts.get(params.name), 'such account');
    unit.accounts.delete(params.name);
    unit.record(account.name, 'account.deleted', params.name);
  },
  listTokens: (unit) => unit.tokens,
  createToken: (unit, { body }, { account }) => {
    const token = {
      id: `k-${unit.tokens.length + 1}`,
      created: new Date(unit.now).toISOString(),
      ...body,
    };
    unit.tokens.push(token);
    unit.record(account.name, 'token.created', body.name, { scopes: body.scopes });
    return { ...token, token: `ks_${randomBytes(16).toString('base64url')}` };
  },
  deleteToken: (unit, { params }, { account }) => {
    unit.tokens = unit.tokens.filter(({ id }) => id !== params.id);
    unit.record(account.name, 'token.revoked', params.id);
  },
  listAudit: (unit, { query }) => page(unit.audit, query),
  listEvses: (unit) => unit.evses.map((evse) => evse.view()),
  getEvse: (unit, { params }) => found(unit.evse(params.id), 'such EVSE').view(),
  commandEvse: (unit, { params, body }, { account }) => {
    const evse = found(unit.evse(params.id), 'such EVSE');
    unit.record(account.name, `evse.${body.command}`, `EVSE ${evse.id}`);
    if (evse.session)
      evse.fact('operator', 'operator.command', { name: body.command, by: account.name });
    return command(unit, evse, body);
  },
  getSlac: (unit, { params }) => unit.slacLive(found(unit.evse(params.id), 'such EVSE')),
  listSlacAttempts: (unit, { params, query }) => {
    found(unit.evse(params.id), 'such EVSE');
    const all = unit.slacAttempts.filter(
      ({ evse, evMac }) =>
        evse === params.id && (query.evMac === undefined || evMac === query.evMac),
    );
    const count = (result) => all.filter((one) => one.result === result).length;
    const from = query.cursor ? Number(query.cursor.split('.')[0]) : 0;
    const next = from + query.limit < all.length ? { next: `${from + query.limit}.x` } : {};
    return {
      items: all.slice(from, from + query.limit).map(summaryOf),
      ...next,
      totals: { matched: count('matched'), failed: count('failed'), ended: count('ended') },
      ...medianOf(all.filter((one) => one.result === 'matched').map((one) => one.lasted)),
    };
  },
  getSlacAttempt: (unit, { params }) =>
    found(
      unit.slacAttempts.find(({ evse, id }) => evse === params.id && id === params.attempt),
      'such attempt',
    ),
  getSlacPcap: () => 'mock',
  getConfiguration: (unit) => unit.installation.configuration(unit.evses.map(({ id }) => id)),
  putUnitSettings: (unit, { body }, { account }) => {
    unit.installation.logLevel = body.logLevel;
    unit.record(account.name, 'installation.settings', 'unit', body);
    return unit.installation.configuration(unit.evses.map(({ id }) => id));
  },
  getSlacSettings: (unit, { params }) =>
    unit.installation.evse(found(unit.evse(params.id), 'such EVSE').id),
  putSlacSettings: (unit, { params, body }, { account }) => {
    const { id } = found(unit.evse(params.id), 'such EVSE');
    unit.installation.slac.set(id, body);
    unit.record(account.name, 'installation.slac', `evse:${id}`, { settings: body });
    return unit.installation.evse(id);
  },
  listSessions: (unit, { query }) =>
    page(
      unit.sessions.filter(({ evse }) => query.evse === undefined || evse === query.evse),
      query,
    ),
  getSession: (unit, { params }) =>
    found(
      unit.sessions.find(({ id }) => id === params.id),
      'such session',
    ),
  getTimeline: (unit, { params, query }) => {
    const running = unit.evses.find(({ session }) => session?.id === params.id);
    const entries = found(running?.entries ?? unit.journal.get(params.id), 'such session');
    return page(
      entries.filter(({ source }) => query.source === undefined || source === query.source),
      query,
    );
  },
  getOcppStatus: (unit) => unit.ocpp,
  ...vasHandlers,
  getBench: (unit) => unit.bench(),
  benchPilot: () => undefined,
  benchToken: (unit, { params, body }) => {
    found(unit.evse(params.id), 'such EVSE').token = body.idTag;
    unit.advance(0);
  },
  benchVehicle: (unit, { params, body }) => {
    const evse = found(unit.evse(params.id), 'such EVSE');
    if (body.action === 'plug-in') evse.plugIn(body);
    else if (body.action === 'unplug') evse.unplug();
    else evse.stopAsked = 'EVStopped';
  },
  benchFault: (unit, { params, body }) =>
    found(unit.evse(params.id), 'such EVSE').inject(body.fault, body.active),
};

function principal(unit, cookieHeader) {
  const loginId = /(?:^|;\s*)kerbside=([0-9a-f]+)/.exec(cookieHeader ?? '')?.[1];
  const entry = unit.logins.get(loginId);
  const account = entry && unit.accounts.get(entry.name);
  return account ? { loginId, account, expires: entry.expires } : undefined;
}

/** Who a cookie belongs to, or a 401. */
export function authenticate(unit, cookieHeader) {
  const known = principal(unit, cookieHeader);
  if (!known) throw new MockProblem(401, 'not-logged-in', 'Log in first.');
  return known;
}

export const mayUse = (account, permission) =>
  ROLES.indexOf(account.role) >= ROLES.indexOf(PERMISSIONS[permission]);

function validate(schema, value, where) {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new MockProblem(400, 'invalid-request', 'The request is not valid.', {
    errors: parsed.error.issues.map(({ path, message }) => ({
      pointer: where === 'body' ? `/${path.join('/')}` : `/${where}/${path.join('/')}`,
      message,
    })),
  });
}

const patterns = Object.entries(routes).map(([name, route]) => ({
  name,
  route,
  pattern: new RegExp(
    `^/api/v1${route.path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`,
  ),
}));

/** Answers one request by the contract: route, login, permission, validation, handler, validation of the answer. */
export function answer(unit, { method, path, query, body, cookie }) {
  const match = patterns.find(
    ({ route, pattern }) => route.method === method && pattern.test(path),
  );
  if (!match) throw new MockProblem(404, 'not-found', 'There is no such route.');
  const { name, route, pattern } = match;
  const context =
    route.permission === 'public' ? (principal(unit, cookie) ?? {}) : authenticate(unit, cookie);
  if (!['public', 'self'].includes(route.permission) && !mayUse(context.account, route.permission))
    throw new MockProblem(403, 'forbidden', `Needs the permission ${route.permission}.`);
  const params = Object.fromEntries(
    Object.entries(pattern.exec(path).groups ?? {}).map(([key, value]) => [
      key,
      decodeURIComponent(value),
    ]),
  );
  const request = {
    params: validate(route.params, params, 'params'),
    query: validate(route.query, query, 'query'),
    body: validate(route.body, body, 'body'),
  };
  const result = handlers[name](unit, request, context);
  // a mock that strays from the contract would prove nothing
  const value =
    typeof route.response === 'string'
      ? result
      : route.response.parse(JSON.parse(JSON.stringify(result)));
  return { value, kind: route.response, cookie: context.cookie };
}
