import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { Secret } from '@kerbside/kernel';
import type { OcppSocket, OcppSocketEvent } from '@kerbside/ocpp';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createOcppSocketFactory, type OcppSocketOptions, stationUrl } from './ocpp-socket.ts';

const cleanup: (() => void)[] = [];
afterEach(() => {
  for (const undo of cleanup.splice(0)) undo();
});

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

function connect(port: number, options: Partial<OcppSocketOptions> = {}) {
  const events: OcppSocketEvent[] = [];
  let wake = () => {};
  const socket: OcppSocket = createOcppSocketFactory({
    url: `ws://127.0.0.1:${port}/ocpp`,
    identity: 'CP 1',
    ...options,
  })((event) => {
    events.push(event);
    wake();
  });
  cleanup.push(() => socket.close(1000, 'over'));
  const seen = async (name: OcppSocketEvent['event']): Promise<OcppSocketEvent> => {
    for (;;) {
      const found = events.find(({ event }) => event === name);
      if (found) return found;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { socket, events, seen };
}

async function serve(accept: (socket: WebSocket) => void, protocol: string | false = 'ocpp1.6') {
  const requests: { url: string | undefined; authorization: string | undefined }[] = [];
  const server = createServer();
  const wss = new WebSocketServer({ server, handleProtocols: () => protocol });
  wss.on('connection', (socket, request) => {
    requests.push({ url: request.url, authorization: request.headers.authorization });
    accept(socket);
  });
  return { port: await listening(server), requests };
}

const refusing = (status: number) =>
  listening(
    createServer().on('upgrade', (_, socket) => {
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
    }),
  );

describe('the socket to the CSMS', () => {
  it('opens with subprotocol, encoded identity and Basic credentials, and passes text both ways', async () => {
    const { port, requests } = await serve((socket) => {
      socket.on('message', (data) => socket.send(`echo ${String(data)}`));
    });
    const { socket, seen } = connect(port, { password: new Secret('påss') });
    expect(await seen('open')).toEqual({ event: 'open', protocol: 'ocpp1.6' });
    socket.send('[2]');
    expect(await seen('text')).toEqual({ event: 'text', text: 'echo [2]' });
    socket.ping();
    await seen('pong');
    expect(requests).toEqual([
      {
        url: '/ocpp/CP%201',
        authorization: `Basic ${Buffer.from('CP 1:påss').toString('base64')}`,
      },
    ]);
  });

  it('says that the CSMS closed it, once', async () => {
    const { port } = await serve((socket) => socket.close(4000, 'go away'));
    const { seen, events } = connect(port);
    expect(await seen('closed')).toEqual({
      event: 'closed',
      opened: true,
      code: 4000,
      reason: 'go away',
    });
    expect(events.filter(({ event }) => event === 'closed')).toHaveLength(1);
  });

  it('gives a binary frame on as text that is no frame', async () => {
    const { port } = await serve((socket) => socket.send(Buffer.from([1, 2, 3])));
    expect(await connect(port).seen('text')).toEqual({ event: 'text', text: '' });
  });

  it.each([
    [401, /other credentials \(401/],
    [404, /does not know \/ocpp\/CP%201 \(404/],
    [302, /not followed/],
    [503, /refused the WebSocket \(503/],
  ])('explains the status %i', async (status, reason) => {
    const closed = await connect(await refusing(status)).seen('closed');
    expect(closed).toMatchObject({
      opened: false,
      reason: expect.stringMatching(reason) as string,
    });
  });

  it('explains a refused connection', async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await connect(port).seen('closed')).toMatchObject({
      opened: false,
      reason: `nothing listens at 127.0.0.1:${port} (connection refused)`,
    });
  });

  it('explains a missing subprotocol', async () => {
    const { port } = await serve(() => {}, false);
    expect(await connect(port).seen('closed')).toMatchObject({
      opened: false,
      reason: expect.stringContaining('does not speak ocpp1.6') as string,
    });
  });

  it('ends on a message beyond the limit', async () => {
    const { port } = await serve((socket) => socket.send('x'.repeat(5_000)));
    expect(await connect(port, { maxPayload: 1_000 }).seen('closed')).toMatchObject({
      reason: expect.stringContaining('too long') as string,
    });
  });

  it('gives up a CSMS that does not read', async () => {
    const { port } = await serve((csms) => csms.pause());
    const { socket, seen, events } = connect(port);
    await seen('open');
    const text = 'x'.repeat(256 * 1024);
    for (let sent = 0; sent < 200 && events.length === 1; sent++) {
      socket.send(text);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await seen('closed')).toMatchObject({
      opened: true,
      reason: 'the CSMS does not read what it is sent',
    });
  });

  it('can be given up while it connects', async () => {
    const silent = createTcpServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    cleanup.push(() => silent.close());
    const { socket, seen } = connect((silent.address() as AddressInfo).port);
    socket.close(1000, 'never mind');
    expect(await seen('closed')).toMatchObject({ opened: false });
    socket.send('nothing happens');
  });
});

describe('the address', () => {
  it.each([
    ['ws://h:1/ocpp/', 'A', 'ws://h:1/ocpp/A'],
    ['ws://h', 'A/B', 'ws://h/A%2FB'],
    ['wss://h/x?y=1', 'A', 'wss://h/x/A?y=1'],
  ])('of %s and %s', (url, identity, expected) => {
    expect(stationUrl(url, identity).href).toBe(expected);
  });

  it.each([
    ['http://h', 'A'],
    ['h:80', 'A'],
    ['ws://u:p@h', 'A'],
    ['ws://h', 'A:B'],
    ['ws://h', ''],
  ])('is refused for %s and "%s"', (url, identity) => {
    expect(() => stationUrl(url, identity)).toThrow(/URL|identity/);
  });
});
