// A charger made of scripts, for developing the admin UI and testing it without any hardware:
// `node apps/admin/dev/mock-server.mjs [port]` after `npm run build`. It speaks only on loopback.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { answer, MockProblem } from './mock/api.mjs';
import { MockStream } from './mock/stream.mjs';
import { CLAIM_CODE, MockUnit } from './mock/unit.mjs';

export { CLAIM_CODE };
const dist = join(import.meta.dirname, '../dist');
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};
// as the charger sends it: the tests fail on anything that it forbids
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

function serveFile(path, response) {
  const file = join(dist, normalize(path).replace(/^([./\\])+/, ''));
  const exists = file.startsWith(dist) && existsSync(file) && statSync(file).isFile();
  const served = exists ? file : join(dist, 'index.html');
  response.writeHead(200, {
    'Content-Type': types[extname(served)] ?? 'application/octet-stream',
    'Content-Security-Policy': policy,
  });
  createReadStream(served).pipe(response);
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
}

async function serveApi(unit, request, url, response) {
  const send = (status, type, body, headers = {}) => {
    response.writeHead(status, { ...(type ? { 'Content-Type': type } : {}), ...headers });
    response.end(body);
  };
  try {
    const result = answer(unit, {
      method: request.method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      body: await bodyOf(request),
      cookie: request.headers.cookie,
    });
    const headers = result.cookie ? { 'Set-Cookie': result.cookie } : {};
    if (result.kind === 'none') send(204, undefined, undefined, headers);
    else if (result.kind === 'text') send(200, 'text/plain', result.value, headers);
    else send(200, 'application/json', JSON.stringify(result.value), headers);
  } catch (error) {
    const problem =
      error instanceof MockProblem
        ? error.body
        : {
            type: '/problems/internal',
            title: 'Internal error',
            status: 500,
            code: 'internal',
            detail: String(error),
          };
    send(problem.status, 'application/problem+json', JSON.stringify(problem));
  }
}

/**
 * Starts a mock unit. `speed` runs its time faster; `owner` claims it; `history` adds past sessions.
 * Tests drive it by `unit` and break its stream by `stream`.
 */
export async function startMockServer({
  port = 0,
  speed = 1,
  owner,
  history = false,
  minutesAgo = 0,
} = {}) {
  const unit = new MockUnit({ now: Date.now() - minutesAgo * 60_000 });
  if (owner) unit.addAccount(owner.name, 'admin', owner.password);
  if (history) unit.seedHistory();
  const stream = new MockStream(unit);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://mock');
    if (!url.pathname.startsWith('/api/')) return serveFile(url.pathname, response);
    if (stream.cutOff) return request.socket.destroy();
    return void serveApi(unit, request, url, response);
  });
  server.on('upgrade', (request, socket, head) => stream.upgrade(request, socket, head));
  await new Promise((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const ticker = setInterval(() => unit.advance(100 * speed), 100);
  return {
    unit,
    stream,
    url: `http://127.0.0.1:${server.address().port}`,
    close: async () => {
      clearInterval(ticker);
      stream.close();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const mock = await startMockServer({ port: Number(process.argv[2] ?? 8090), history: true });
  console.log(`mock charger: ${mock.url}  claim code ${CLAIM_CODE}`);
}
