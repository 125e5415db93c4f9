/** Sends and receives Ethernet frames of EtherType 0x88E1 on one interface. */
export interface FrameLink {
  /** The host's own address on this link, six bytes. */
  readonly mac: Uint8Array;
  /** Sends one whole frame, header included; throws `PortError` when the link cannot. */
  send(frame: Uint8Array): void;
  /** Calls back with each frame that others sent; returns the end of the subscription. */
  onFrame(receive: (frame: Uint8Array) => void): () => void;
  close(): void;
}

/** SHA-256 of bytes, 32 bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;
