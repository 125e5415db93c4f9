/** Who is called back with received frames. */
export class Receivers {
  readonly #receivers = new Set<(frame: Uint8Array) => void>();

  add(receive: (frame: Uint8Array) => void): () => void {
    const own = (frame: Uint8Array) => receive(frame);
    this.#receivers.add(own);
    return () => void this.#receivers.delete(own);
  }
  give(frame: Uint8Array): void {
    for (const receive of this.#receivers) receive(frame);
  }
  clear(): void {
    this.#receivers.clear();
  }
}
