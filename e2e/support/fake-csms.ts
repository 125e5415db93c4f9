import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A back-end that says what the test wants; calls of the charger are accepted. */
export interface FakeCsms {
  readonly url: string;
  /** Actions that the charger called, in order. */
  readonly actions: readonly string[];
  /** CALLRESULTs and CALLERRORs of the charger. */
  readonly answers: readonly unknown[];
  send(frame: string | Buffer): void;
  close(): Promise<void>;
}

const accepted = { idTagInfo: { status: 'Accepted' } };
const ANSWERS: Readonly<Record<string, () => object>> = {
  BootNotification: () => ({
    status: 'Accepted',
    currentTime: new Date().toISOString(),
    interval: 300,
  }),
  Heartbeat: () => ({ currentTime: new Date().toISOString() }),
  Authorize: () => accepted,
  StartTransaction: () => ({ ...accepted, transactionId: 7 }),
  StopTransaction: () => accepted,
};

export async function startFakeCsms(): Promise<FakeCsms> {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    handleProtocols: () => 'ocpp1.6',
  });
  await once(server, 'listening');
  const actions: string[] = [];
  const answers: unknown[] = [];
  let station: WebSocket | undefined;
  server.on('connection', (socket) => {
    station = socket;
    socket.on('message', (text: Buffer) => {
      const frame = JSON.parse(text.toString('utf8')) as [number, string, string];
      const [type, id, action] = frame;
      if (type !== 2) return void answers.push(frame);
      actions.push(action);
      socket.send(JSON.stringify([3, id, ANSWERS[action]?.() ?? {}]));
    });
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ocpp`,
    actions,
    answers,
    send: (frame) => station?.send(frame),
    async close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}
