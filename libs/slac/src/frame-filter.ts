const HEADER = 14;

/** Whether a host with this address takes a frame: for it, or for a group, and not its own. */
export function isForUs(frame: Uint8Array, mac: Uint8Array): boolean {
  if (frame.length < HEADER || isFrom(frame, mac)) return false;
  if (((frame[0] as number) & 1) === 1) return true;
  for (let i = 0; i < 6; i++) if (frame[i] !== mac[i]) return false;
  return true;
}

/** Whether this address sent the frame. */
export function isFrom(frame: Uint8Array, mac: Uint8Array): boolean {
  for (let i = 0; i < 6; i++) if (frame[6 + i] !== mac[i]) return false;
  return true;
}
