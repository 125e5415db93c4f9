import { GUARD_CHAIN } from './firewall-rules.ts';

const OURS = /^KERBSIDE-(EV\d+-[A-Z]+|GUARD)$/;

/**
 * The lines for ip(6)tables-restore that remove our chains, and the jumps to them, from what
 * ip(6)tables-save printed. `evse`: of this one alone; without it all, whoever made them.
 */
export function removalOf(saved: string, evse?: number): string[] {
  const lines: string[] = [];
  let table: string | undefined;
  let own: { jumps: string[]; chains: string[] } = { jumps: [], chains: [] };
  const isOurs = (chain: string) =>
    OURS.test(chain) &&
    (evse === undefined || (chain !== GUARD_CHAIN && chain.startsWith(`KERBSIDE-EV${evse}-`)));
  for (const line of saved.split('\n')) {
    if (line.startsWith('*')) {
      table = line;
      own = { jumps: [], chains: [] };
    } else if (line.startsWith(':')) {
      const chain = line.slice(1).split(' ')[0] ?? '';
      if (isOurs(chain)) own.chains.push(chain);
    } else if (line.startsWith('-A ')) {
      const target = / -j (\S+)$/.exec(line)?.[1] ?? '';
      const from = line.split(' ')[1] ?? '';
      if (isOurs(target) && !OURS.test(from)) own.jumps.push(line.replace(/^-A/, '-D'));
    } else if (line === 'COMMIT' && table && own.chains.length > 0) {
      lines.push(
        table,
        ...own.jumps,
        ...own.chains.map((chain) => `-F ${chain}`),
        ...own.chains.map((chain) => `-X ${chain}`),
        'COMMIT',
      );
    }
  }
  return lines;
}
