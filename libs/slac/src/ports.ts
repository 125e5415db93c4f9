/** Sends and receives Ethernet frames of EtherType 0x88E1 on one interface. */
export interface FrameLink {
  /** The host's own address on this link, six bytes. */
  readonly mac: Uint8Array;
  /** Sends one whole frame, header included, and leaves its bytes as they are; throws `PortError` when the link cannot. */
  send(frame: Uint8Array): void;
  /** Calls back with each frame that others sent, whose bytes are the receiver's; returns the end of the subscription. */
  onFrame(receive: (frame: Uint8Array) => void): () => void;
  /** Calls back when the interface goes or comes back, once each; returns the end of the subscription. */
  onStatus?(listen: (status: FrameLinkStatus) => void): () => void;
  close(): void;
}

/** The state of a link's interface. */
export interface FrameLinkStatus {
  readonly state: 'up' | 'down' | 'gone';
  readonly what: string;
}

/** SHA-256 of bytes, 32 bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;
