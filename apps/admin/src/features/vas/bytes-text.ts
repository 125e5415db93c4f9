/** Bytes in the unit that people read. */
export function bytesText(
  bytes: number,
  number: (value: number, digits?: number) => string,
): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let at = 0;
  let value = bytes;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at += 1;
  }
  return `${number(value, at === 0 ? 0 : 1)} ${units[at]}`;
}
