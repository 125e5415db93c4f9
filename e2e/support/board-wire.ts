import { renameSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { eventually } from './running.ts';

/** The wire between the rig's board and the charger, in the test's hands. */
export interface BoardWire {
  /** To the charger, as if the board had sent it. */
  say(...lines: readonly string[]): void;
  /** From now on the charger gets this in place of every line of the board; undefined: the lines themselves. */
  garble(line: string | undefined): void;
  /** Heartbeats of the charger that came through so far. */
  readonly heartbeats: number;
  close(): void;
}

/**
 * Puts itself in place of a board's socket, and has the charger connect anew: to the rig a second charger
 * came, so that it lets go of the first.
 */
export async function tapBoard(sockets: string, evse: number): Promise<BoardWire> {
  const front = path.join(sockets, `board-${evse}.sock`);
  const behind = path.join(sockets, `board-${evse}.rig.sock`);
  renameSync(front, behind);
  const open = new Set<Socket>();
  let charger: Socket | undefined;
  let heartbeats = 0;
  let garbage: string | undefined;
  const server = createServer((socket) => {
    const board = connect(behind);
    charger = socket;
    for (const end of [socket, board]) {
      open.add(end);
      end.on('error', () => {});
      end.on('close', () => {
        open.delete(end);
        socket.destroy();
        board.destroy();
      });
    }
    socket.on('data', (chunk: Buffer) => {
      heartbeats += chunk.toString('latin1').split('"heartbeat"').length - 1;
      board.write(chunk);
    });
    board.on('data', (chunk: Buffer) => {
      if (garbage === undefined) return socket.write(chunk);
      const lines = chunk.toString('latin1').split('\n').length - 1;
      return socket.write(`${garbage}\n`.repeat(lines));
    });
  });
  await new Promise<void>((resolve) => server.listen(front, resolve));
  const second = connect(behind);
  await eventually('the charger is here', () => charger !== undefined && heartbeats > 0);
  second.destroy();
  return {
    say: (...lines) => void charger?.write(lines.map((line) => `${line}\n`).join('')),
    garble: (line) => void (garbage = line),
    get heartbeats() {
      return heartbeats;
    },
    close() {
      server.close();
      for (const socket of open) socket.destroy();
      renameSync(behind, front);
    },
  };
}
