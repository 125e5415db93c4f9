import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { KerbsideError, PortError } from '@kerbside/kernel';
import { localSocketPath } from '../listen/local-socket.ts';

/** The charger's local socket in its data directory: whoever may open the file may ask. */
export const CONTROL_SOCKET = 'control.sock';

const MAX_LINE = 64 * 1024;
const PATIENCE_MS = 5000;

export type ControlRequest = {
  readonly do: 'token.create';
  readonly name: string;
  readonly scopes: readonly string[];
};
export type ControlReply =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly code: string; readonly message: string };

/**
 * Serves requests, one JSON line each, answered by one JSON line. `handle` may throw a KerbsideError;
 * `refused` is told the code of every request that was not done.
 */
export async function serveControl(
  directory: string,
  handle: (request: unknown) => Promise<ControlReply>,
  refused: (code: string) => void = () => {},
): Promise<{ close(): Promise<void> }> {
  const path = localSocketPath(directory, CONTROL_SOCKET);
  // the data lock says that we are alone: a file that is still there was left by a killed process
  rmSync(path, { force: true });
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > MAX_LINE) {
        refused('control.too-long');
        return void socket.destroy();
      }
      const end = text.indexOf('\n');
      if (end < 0) return;
      const line = text.slice(0, end);
      text = '';
      void answer(line, handle).then((reply) => {
        if (!reply.ok) refused(reply.code);
        socket.end(`${JSON.stringify(reply)}\n`);
      });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function answer(
  line: string,
  handle: (request: unknown) => Promise<ControlReply>,
): Promise<ControlReply> {
  try {
    return await handle(JSON.parse(line));
  } catch (error) {
    if (error instanceof KerbsideError)
      return { ok: false, code: error.code, message: error.message };
    if (error instanceof SyntaxError)
      return { ok: false, code: 'control.json', message: 'The request is not JSON.' };
    return { ok: false, code: 'internal', message: 'Internal error' };
  }
}

/** Asks the running charger of a data directory. Throws a PortError when none runs, or it refuses. */
export function askControl(directory: string, request: ControlRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(localSocketPath(directory, CONTROL_SOCKET));
    let text = '';
    socket.setEncoding('utf8');
    const fail = (code: string, message: string) => {
      socket.destroy();
      reject(new PortError(code, message));
    };
    socket.setTimeout(PATIENCE_MS, () => fail('control.silent', 'The charger does not answer.'));
    socket.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EACCES')
        return fail('control.denied', `No permission for ${directory}: run as the charger's user.`);
      fail('control.no-charger', `No charger runs with the data directory ${directory}.`);
    });
    socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on('data', (chunk: string) => (text += chunk));
    socket.on('end', () => {
      socket.destroy();
      try {
        const reply = JSON.parse(text) as ControlReply;
        if (reply.ok) resolve(reply.token);
        else fail(reply.code, reply.message);
      } catch {
        fail('control.reply', 'The charger gave no answer that can be read.');
      }
    });
  });
}
