import { z } from 'zod';
import { problem } from '../rest/common.ts';
import { type Route, routes } from '../rest/routes.ts';

type Json = Record<string, unknown>;

const reference = (id: string) => ({ $ref: `#/components/schemas/${id}` });

function makeSchemas() {
  const components: Json = {};
  const put = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const { $defs, $schema, ...rest } = z.toJSONSchema(schema, {
      io,
      target: 'draft-2020-12',
      unrepresentable: 'any',
      reused: 'inline',
    }) as Json;
    void $schema;
    const renamed = JSON.parse(
      JSON.stringify({ $defs, rest }).replaceAll('"#/$defs/', '"#/components/schemas/'),
    ) as { $defs?: Json; rest: Json };
    Object.assign(components, renamed.$defs ?? {});
    const id = renamed.rest['id'];
    if (typeof id !== 'string') return renamed.rest;
    components[id] = renamed.rest;
    return reference(id);
  };
  return { components, put };
}

function parameters(route: Route, put: (schema: z.ZodType, io: 'input') => Json): Json[] {
  const list: Json[] = [];
  for (const where of ['params', 'query'] as const) {
    const shape = route[where]?.shape as Record<string, z.ZodType> | undefined;
    for (const [name, schema] of Object.entries(shape ?? {})) {
      const optional = where === 'query' && z.safeParse(schema, undefined).success;
      list.push({
        name,
        in: where === 'params' ? 'path' : 'query',
        required: !optional,
        schema: put(schema, 'input'),
      });
    }
  }
  return list;
}

function contentOf(
  response: Exclude<Route['response'], 'none'>,
  put: (schema: z.ZodType, io: 'output') => Json,
): Json {
  if (response === 'text') return { 'text/plain': { schema: { type: 'string' } } };
  if (response === 'pcap') return { 'application/vnd.tcpdump.pcap': {} };
  return { 'application/json': { schema: put(response, 'output') } };
}

/** The OpenAPI 3.1 document of the REST API, from the schemas that validate it. */
export function openApiDocument(version: string): Json {
  const { components, put } = makeSchemas();
  const problemRef = put(problem, 'output');
  const paths: Record<string, Json> = {};
  for (const [operationId, entry] of Object.entries(routes)) {
    const route: Route = entry;
    const ok: Json =
      route.response === 'none'
        ? { 204: { description: 'Done' } }
        : {
            200: {
              description: 'OK',
              content: contentOf(route.response, put),
            },
          };
    const list = parameters(route, put);
    (paths[route.path] ??= {})[route.method.toLowerCase()] = {
      operationId,
      summary: route.summary,
      tags: [route.tag],
      'x-permission': route.permission,
      ...(route.bench ? { 'x-bench-only': true } : {}),
      security: route.permission === 'public' ? [] : [{ cookie: [] }, { token: [] }],
      ...(list.length > 0 ? { parameters: list } : {}),
      ...(route.body
        ? {
            requestBody: {
              required: true,
              content: { 'application/json': { schema: put(route.body, 'input') } },
            },
          }
        : {}),
      responses: {
        ...ok,
        default: {
          description: 'Problem details, RFC 9457',
          content: { 'application/problem+json': { schema: problemRef } },
        },
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Kerbside', version, description: 'REST API of one Kerbside charging station.' },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'kerbside_session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
