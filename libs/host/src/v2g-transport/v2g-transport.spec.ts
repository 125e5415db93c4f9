import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Cancel } from '@kerbside/kernel';
import type {
  V2gConnection,
  V2gConnectionListener,
  V2gEndpoint,
  V2gTransportListener,
} from '@kerbside/iso15118';
import { systemClock } from '../system/system-clock.ts';
import { connectV2g } from './connect-v2g.ts';
import { createTcpV2gTransport } from './tcp-v2g-transport.ts';

const clean: Cancel[] = [];
afterEach(() => {
  for (const cancel of clean.splice(0)) cancel();
});

async function serve(onConnection: V2gTransportListener['onConnection']): Promise<V2gEndpoint> {
  const transport = createTcpV2gTransport({ host: '::1' }, systemClock);
  clean.push(() => transport.close());
  return new Promise((resolve, reject) =>
    transport.open({
      onEndpoint: (endpoint) => endpoint && resolve(endpoint),
      onConnection,
      onFailure: reject,
    }),
  );
}

const deaf: V2gConnectionListener = { onBytes: () => {}, onClosed: () => {} };

describe('V2G over TCP', () => {
  it('carries bytes both ways and tells both sides of the end', async () => {
    const closed: string[] = [];
    const { port } = await serve((connection) => ({
      onBytes: (bytes) => connection.send(bytes.map((byte) => byte + 1)),
      onClosed: (reason) => closed.push(`charger: ${reason}`),
    }));
    const got = await new Promise<number[]>((resolve, reject) => {
      connectV2g('::1', port, (connection) => ({
        onBytes: (bytes) => {
          resolve([...bytes]);
          connection.close();
        },
        onClosed: (reason) => closed.push(`car: ${reason}`),
      })).then((connection) => connection.send(Uint8Array.of(1, 2, 3)), reject);
    });
    expect(got).toEqual([2, 3, 4]);
    await expect
      .poll(() => closed.toSorted())
      .toEqual(['car: closed by this side', 'charger: closed by the peer']);
  });

  it('closes a connection that its owner refuses', async () => {
    const { port } = await serve(() => undefined);
    const reason = await new Promise<string>((onClosed, reject) => {
      connectV2g('::1', port, () => ({ onBytes: () => {}, onClosed })).catch(reject);
    });
    expect(reason).toMatch(/closed by the peer|ECONNRESET/);
  });

  it('gives up on a peer that does not read', async () => {
    let connection: V2gConnection | undefined;
    const ended = new Promise<string>((onClosed) => {
      void serve((made) => {
        connection = made;
        return { onBytes: () => {}, onClosed };
      }).then(({ port }) => {
        const socket = connect({ host: '::1', port });
        socket.on('error', () => {});
        socket.pause();
        clean.push(() => socket.destroy());
      });
    });
    await expect.poll(() => connection).toBeDefined();
    const block = new Uint8Array(64 * 1024);
    for (let sent = 0; sent < 400; sent++) {
      connection?.send(block);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await ended).toBe('the peer does not read');
  });

  it('hands over the last bytes when it is closed right after they were sent', async () => {
    const transport = createTcpV2gTransport({ host: '::1' }, systemClock);
    const last = new Uint8Array(32 * 1024).fill(7);
    const endpoint = await new Promise<V2gEndpoint>((resolve, reject) =>
      transport.open({
        onEndpoint: (place) => place && resolve(place),
        onConnection: (connection) => ({
          onBytes() {
            connection.send(last);
            transport.close();
          },
          onClosed: () => {},
        }),
        onFailure: reject,
      }),
    );
    let got = 0;
    const ended = new Promise<string>((onClosed, reject) => {
      connectV2g('::1', endpoint.port, () => ({
        onBytes: (bytes) => (got += bytes.length),
        onClosed,
      })).then((connection) => connection.send(Uint8Array.of(1)), reject);
    });
    expect(await ended).toBe('closed by the peer');
    expect(got).toBe(last.length);
  });

  it('closes its connections when it closes', async () => {
    const transport = createTcpV2gTransport({ host: '::1' }, systemClock);
    const endpoint = await new Promise<V2gEndpoint>((resolve, reject) =>
      transport.open({
        onEndpoint: (place) => place && resolve(place),
        onConnection: () => deaf,
        onFailure: reject,
      }),
    );
    const ended = new Promise<string>((onClosed, reject) => {
      connectV2g('::1', endpoint.port, () => ({ onBytes: () => {}, onClosed })).then(
        () => setImmediate(() => transport.close()),
        reject,
      );
    });
    expect(await ended).toMatch(/closed by the peer|ECONNRESET/);
    await expect(connectV2g('::1', endpoint.port, () => deaf)).rejects.toMatchObject({
      code: 'v2g.connect',
    });
  });
});
