import { chmodSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { PortError } from '@kerbside/kernel';
import { readMessages, writeMessage } from './frame-stream.ts';

/** A wire in a Unix socket: what one member sends, all others get. */
export interface FrameHub {
  readonly path: string;
  /** Addresses of those that have said hello. */
  readonly members: readonly string[];
  close(): Promise<void>;
}

/** Opens a hub; a socket file that nobody serves any more is replaced, a served one is a `PortError`. */
export async function openFrameHub(path: string): Promise<FrameHub> {
  const members = new Map<Socket, string | undefined>();
  const server = createServer((socket) => {
    members.set(socket, undefined);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => members.delete(socket));
    readMessages(socket, (message) => {
      if (members.get(socket) === undefined) {
        if (message.length === 6) members.set(socket, Buffer.from(message).toString('hex'));
        else socket.destroy();
        return;
      }
      for (const [other, hello] of members)
        if (other !== socket && hello !== undefined) writeMessage(other, message);
    });
  });
  try {
    await listen(server, path);
  } catch (cause) {
    const taken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    if (!taken || (await isServed(path)))
      throw new PortError('frame-hub.listen', `cannot serve ${path}`, { cause });
    unlinkSync(path);
    await listen(server, path);
  }
  chmodSync(path, 0o600);
  return {
    path,
    get members() {
      return [...members.values()].filter((mac) => mac !== undefined);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of members.keys()) socket.destroy();
      }),
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function isServed(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
