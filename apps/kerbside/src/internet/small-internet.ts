import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { INTERNET } from './addresses.ts';
import { serveResolver, type Zone } from './resolver.ts';
import { selfSigned } from './self-signed.ts';

const ZONE: Zone = {
  [INTERNET.name]: INTERNET.web,
  'maps.example': INTERNET.web,
  'router.example': INTERNET.private,
};

const page: RequestListener = (request, response) => {
  const { remoteAddress = '', localPort = 0 } = request.socket;
  const length = Number(/^\/bytes\/(\d{1,8})$/.exec(request.url ?? '')?.[1] ?? 0);
  response.setHeader('content-type', 'text/plain');
  response.end(
    length > 0
      ? Buffer.alloc(length, 'kerbside ')
      : `the small internet, port ${localPort}, to ${remoteAddress.replace('::ffff:', '')}\n`,
  );
};

/** Web servers on four ports and a resolver, on all addresses of the namespace. Root, or port 22 is refused. */
export async function serveSmallInternet(): Promise<() => void> {
  const servers = INTERNET.ports.map((port) => {
    const server =
      port === 443 ? createSecureServer(selfSigned('www.example'), page) : createServer(page);
    return { port, server };
  });
  const closeResolver = await serveResolver(ZONE, Object.values(INTERNET.resolver));
  await Promise.all(
    servers.map(
      ({ port, server }) =>
        new Promise<void>((resolve, reject) => {
          server.once('error', reject);
          server.listen(port, '::', resolve);
        }),
    ),
  );
  return () => {
    closeResolver();
    for (const { server } of servers) {
      server.closeAllConnections();
      server.close();
    }
  };
}
