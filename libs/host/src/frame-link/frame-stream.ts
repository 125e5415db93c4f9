import type { Socket } from 'node:net';

/** Longer messages are not frames. */
const MAX_MESSAGE = 2048;
/** Bytes that wait for a slow reader; frames beyond are lost, as on a wire. */
const MAX_WAITING = 256 * 1024;

/** Writes one message: four bytes of length, most significant first, then the bytes. */
export function writeMessage(socket: Socket, message: Uint8Array): void {
  if (socket.writableLength > MAX_WAITING) return;
  const framed = Buffer.alloc(4 + message.length);
  framed.writeUInt32BE(message.length, 0);
  framed.set(message, 4);
  socket.write(framed);
}

/** Calls `take` with each message; a false length destroys the socket. */
export function readMessages(socket: Socket, take: (message: Uint8Array) => void): void {
  let pending: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    let at = 0;
    while (pending.length - at >= 4) {
      const length = pending.readUInt32BE(at);
      if (length > MAX_MESSAGE) {
        socket.destroy();
        return;
      }
      if (pending.length - at - 4 < length) break;
      take(new Uint8Array(pending.subarray(at + 4, at + 4 + length)));
      at += 4 + length;
    }
    pending = pending.subarray(at);
  });
}
