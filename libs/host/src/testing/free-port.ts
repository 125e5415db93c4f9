import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below what the kernel gives to those that ask for any port, so that only another caller of this can take it. */
const FIRST = 20_000;
const COUNT = 12_000;

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    const socket = createSocket('udp6');
    const done = (free: boolean) => {
      server.close();
      socket.close(() => resolve(free));
    };
    server.on('error', () => done(false));
    socket.on('error', () => done(false));
    server.listen(port, '127.0.0.1', () => socket.bind(port, '::1', () => done(true)));
  });
}

/** A port of TCP on 127.0.0.1 and of UDP on ::1 that nobody has; at random, for other programs look too. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
}
