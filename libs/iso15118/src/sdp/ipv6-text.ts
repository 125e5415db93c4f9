import { WireError } from '@kerbside/kernel';

/** The 16 bytes of an IPv6 address in text; a zone (`%eth0`) is passed over. Throws `WireError`. */
export function ipv6FromText(text: string): Uint8Array {
  const bare = text.split('%', 1)[0] as string;
  const halves = bare.split('::');
  const fail = () => new WireError('ipv6.text', `"${text}" is not an IPv6 address`, { offset: 0 });
  if (halves.length > 2) throw fail();
  const groups = (half: string | undefined) =>
    half
      ? half.split(':').map((group) => {
          if (!/^[0-9a-f]{1,4}$/i.test(group)) throw fail();
          return Number.parseInt(group, 16);
        })
      : [];
  const head = groups(halves[0]);
  const tail = groups(halves[1]);
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) throw fail();
  const all = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

/** Eight groups without leading zeros; no group is left out, which every parser accepts. */
export function ipv6ToText(address: Uint8Array): string {
  const groups: string[] = [];
  for (let i = 0; i < 16; i += 2) {
    groups.push((((address[i] ?? 0) << 8) | (address[i + 1] ?? 0)).toString(16));
  }
  return groups.join(':');
}
