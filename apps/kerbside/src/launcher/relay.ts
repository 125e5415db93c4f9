import { once } from 'node:events';
import {
  connect,
  createServer,
  type ListenOptions,
  type NetConnectOpts,
  type Socket,
} from 'node:net';

export interface Relay {
  close(): void;
}

/** Passes each connection that comes in on to `target`, both ways, until one side ends. */
export async function relay(listen: ListenOptions, target: NetConnectOpts): Promise<Relay> {
  const open = new Set<Socket>();
  const keep = (socket: Socket, other: () => Socket): void => {
    open.add(socket);
    socket.on('close', () => {
      open.delete(socket);
      other().destroy();
    });
    // What went wrong shows at the other end as the connection's end.
    socket.on('error', () => {});
  };
  const server = createServer((inner) => {
    const outer = connect(target);
    keep(inner, () => outer);
    keep(outer, () => inner);
    inner.pipe(outer);
    outer.pipe(inner);
  });
  server.listen(listen);
  await once(server, 'listening');
  return {
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
