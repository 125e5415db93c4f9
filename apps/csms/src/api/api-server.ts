import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@kerbside/kernel';
import type { Gateway } from '@kerbside/ocpp';
import { z } from 'zod';
import type { Queries } from '../store/queries.ts';
import type { SqliteCsmsStore } from '../store/sqlite-csms-store.ts';
import { COMMANDS, sendCommand } from './commands.ts';
import { Problem, sendJson, sendProblem } from './problem.ts';

const MAX_BODY = 64 * 1024;

export interface ApiParts {
  readonly gateway: Gateway;
  readonly queries: Queries;
  readonly store: SqliteCsmsStore;
  readonly log: Logger;
  /** Writes frames that still wait, so that the log is complete when it is read. */
  flushMessages(): void;
}

interface Call {
  readonly method: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  body(): Promise<Readonly<Record<string, unknown>>>;
}

const paging = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  before: z.coerce.number().int().optional(),
  after: z.coerce.number().int().optional(),
  station: z.string().optional(),
  open: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
});

const tokenBody = z
  .object({
    status: z.enum(['Accepted', 'Blocked']),
    expiryDate: z.iso.datetime({ offset: true }).optional(),
    parentIdTag: z.string().min(1).max(20).optional(),
  })
  .strict();

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Problem(400, 'validation', 'the request is not valid', {
    errors: parsed.error.issues.map(({ path, message }) => ({
      pointer: `/${path.join('/')}`,
      message,
    })),
  });
}

async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  // A form of another site can't send this type without asking first.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw new Problem(415, 'media-type', 'the body must be application/json');
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_BODY) throw new Problem(413, 'too-large', `more than ${MAX_BODY} bytes`);
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString('utf8');
  let value: unknown;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new Problem(400, 'json', 'the body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Problem(400, 'json', 'the body is not an object');
  return value as Readonly<Record<string, unknown>>;
}

const notFound = (what: string) => new Problem(404, 'not-found', `${what} is not known`);

function only(call: Call, ...methods: readonly string[]): void {
  if (!methods.includes(call.method))
    throw new Problem(405, 'method', `${call.method} is not possible here`, { allow: methods });
}

async function stations(parts: ApiParts, call: Call): Promise<unknown> {
  const { queries, gateway } = parts;
  const [id, part] = call.path;
  const connected = (row: Readonly<Record<string, unknown>>) => ({
    ...row,
    connected: gateway.isConnected(String(row['id'])),
  });
  if (id === undefined) {
    only(call, 'GET');
    return { items: queries.stations().map(connected) };
  }
  const action = part !== undefined && Object.hasOwn(COMMANDS, part) ? COMMANDS[part] : undefined;
  if (action) {
    only(call, 'POST');
    return sendCommand(gateway, id, action, await call.body());
  }
  only(call, 'GET');
  const station = queries.station(id);
  if (!station) throw notFound(`station ${id}`);
  if (part === undefined) return connected(station);
  if (part !== 'messages') throw notFound(part);
  parts.flushMessages();
  const { limit, after } = checked(paging, Object.fromEntries(call.query));
  return { items: queries.messages(id, limit, after) };
}

function transactions({ queries }: ApiParts, call: Call): unknown {
  only(call, 'GET');
  const [id] = call.path;
  if (id === undefined) {
    const filter = checked(paging, Object.fromEntries(call.query));
    return { items: queries.transactions(filter) };
  }
  const transaction = /^\d{1,9}$/.test(id) ? queries.transaction(Number(id)) : undefined;
  if (!transaction) throw notFound(`transaction ${id}`);
  return transaction;
}

function orphanStops({ queries }: ApiParts, call: Call): unknown {
  only(call, 'GET');
  if (call.path.length > 0) throw notFound(call.path.join('/'));
  return { items: queries.orphanStops(checked(paging, Object.fromEntries(call.query))) };
}

async function tokens({ queries, store }: ApiParts, call: Call): Promise<unknown> {
  const [idTag] = call.path;
  if (idTag === undefined) {
    only(call, 'GET');
    return { items: queries.tokens() };
  }
  only(call, 'PUT', 'DELETE');
  if (idTag.length > 20) throw new Problem(400, 'validation', 'an idTag has at most 20 characters');
  if (call.method === 'DELETE') {
    if (!store.removeToken(idTag)) throw notFound(`token ${idTag}`);
    return {};
  }
  const { status, expiryDate, parentIdTag } = checked(tokenBody, await call.body());
  store.putToken({
    idTag,
    status,
    expiry: expiryDate === undefined ? null : Date.parse(expiryDate),
    parentIdTag: parentIdTag ?? null,
  });
  return queries.tokens().find((token) => token['idTag'] === idTag.toUpperCase());
}

/** For whoever opens the address that the bench prints. */
const INDEX = {
  name: 'Kerbside CSMS',
  stations: '/api/v1/stations',
  transactions: '/api/v1/transactions',
  orphanStops: '/api/v1/orphan-stops',
  tokens: '/api/v1/tokens',
  health: '/api/v1/health',
};

async function route(parts: ApiParts, call: Call): Promise<unknown> {
  const [api, version, resource, ...rest] = call.path;
  if (api === undefined) {
    only(call, 'GET');
    return INDEX;
  }
  if (api !== 'api' || version !== 'v1' || rest.length > 2)
    throw notFound(`/${call.path.join('/')}`);
  const inner: Call = { ...call, path: rest };
  switch (resource) {
    case 'health':
      only(inner, 'GET');
      return { status: 'ok', stations: parts.queries.stations().length };
    case 'stations':
      return stations(parts, inner);
    case 'transactions':
      return transactions(parts, inner);
    case 'orphan-stops':
      return orphanStops(parts, inner);
    case 'tokens':
      return tokens(parts, inner);
    default:
      throw notFound(String(resource));
  }
}

function callOf(request: IncomingMessage): Call {
  let path: string[];
  const url = new URL(request.url ?? '/', 'http://csms');
  try {
    path = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    throw new Problem(400, 'path', 'the path is not valid');
  }
  return {
    method: request.method ?? 'GET',
    path,
    query: url.searchParams,
    body: () => readBody(request),
  };
}

/** Answers REST requests: JSON, errors as problem documents. */
export function createApi(parts: ApiParts) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      sendJson(response, 200, await route(parts, callOf(request)));
    } catch (error) {
      if (!(error instanceof Problem))
        parts.log.error('csms.api-failed', { url: request.url, error: String(error) });
      const problem =
        error instanceof Problem ? error : new Problem(500, 'internal', 'it is in the log');
      if (response.headersSent) response.destroy();
      else sendProblem(response, problem, request.url ?? '/');
      // What is left of a body that nobody reads.
      request.resume();
    }
  };
}
