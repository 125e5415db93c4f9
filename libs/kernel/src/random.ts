export interface Random {
  /** `length` bytes; from a cryptographic source outside of tests. */
  bytes(length: number): Uint8Array;
}
