import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { millis } from '@kerbside/kernel';
import { ManualClock } from '@kerbside/kernel/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tellBrokenRequests } from './broken-requests.ts';
import type { Refusal } from './refusals.ts';

let server: Server;
let clock: ManualClock;
let told: Refusal[];
let sockets: Set<Socket>;
beforeEach(async () => {
  server = createServer((_, response) => response.end('ok'));
  clock = new ManualClock();
  told = [];
  sockets = new Set();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  tellBrokenRequests(server, clock, (refusal) => told.push(refusal));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  for (const socket of sockets) socket.destroy();
  server.close();
});

/** Keeps its own side open, whatever the server does. */
async function peer() {
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let answer = '';
  socket.on('data', (piece: Buffer) => (answer += piece.toString('latin1')));
  socket.on('error', () => {});
  const ended = once(socket, 'end');
  await once(socket, 'connect');
  return { socket, ended, answer: () => answer };
}
async function received(socket: Socket, bytes: number): Promise<void> {
  const ours = () => [...sockets].find((one) => one.remotePort === socket.localPort);
  await expect.poll(() => ours()?.bytesRead).toBe(bytes);
}

describe('a peer that speaks no HTTP', () => {
  it('and keeps talking reads its answer, then loses the connection', async () => {
    const { socket, ended, answer } = await peer();
    socket.write('JUNK\r\n\r\n');
    await ended;
    expect(answer()).toMatch(/^HTTP\/1.1 400 /);
    for (let dripped = 1; dripped <= 3; dripped++) {
      clock.advance(millis(300));
      socket.write('x');
      await received(socket, 8 + dripped);
    }
    clock.advance(millis(100));
    const stillOpen = () => {
      socket.write('x');
      return sockets.size;
    };
    await expect.poll(stillOpen, { timeout: 3000 }).toBe(0);
    expect(told).toHaveLength(1);
  });

  it('and goes by itself leaves no timer behind', async () => {
    const { socket, ended } = await peer();
    socket.write('JUNK\r\n\r\n');
    await ended;
    expect(clock.pending).toBe(1);
    socket.end();
    await expect.poll(() => clock.pending).toBe(0);
    expect(sockets.size).toBe(0);
  });

  it('and sends the rest of its request in pieces still reads its answer', async () => {
    const { socket, ended, answer } = await peer();
    socket.write('JUNK\r\n\r\n');
    for (let piece = 0; piece < 5; piece++) socket.write('y'.repeat(1000));
    await ended;
    expect(answer()).toMatch(/^HTTP\/1.1 400 /);
    await received(socket, 8 + 5000);
    expect(told).toHaveLength(1);
  });
});
