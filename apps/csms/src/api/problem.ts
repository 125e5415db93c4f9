import type { ServerResponse } from 'node:http';

/** An answer that is a problem document. RFC 9457 */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    detail: string,
    extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.extra = extra;
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  500: 'Internal error',
  502: 'The station answered with an error',
  504: 'The station did not answer',
};

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}

export function sendProblem(response: ServerResponse, problem: Problem, instance: string): void {
  const { status, code, message, extra } = problem;
  sendJson(response, status, {
    type: `urn:kerbside:problem:${code}`,
    title: titles[status] ?? 'Error',
    status,
    detail: message,
    instance,
    code,
    ...extra,
  });
}
