import { GUARD_CHAIN } from './firewall-rules.ts';

const OURS = /^KERBSIDE-(EV\d+-[A-Z]+|GUARD)$/;

/** Whether a chain bears a name that this program gives. */
export const isOurChain = (chain: string): boolean => OURS.test(chain) || chain === GUARD_CHAIN;

/**
 * The lines for ip(6)tables-restore that remove chains, and the jumps to them from others, out of what
 * ip(6)tables-save printed; empty where there is nothing.
 */
export function removalOf(saved: string, isGone: (chain: string) => boolean): string[] {
  const lines: string[] = [];
  let table: string | undefined;
  let own: { jumps: string[]; chains: string[] } = { jumps: [], chains: [] };
  for (const line of saved.split('\n')) {
    if (line.startsWith('*')) {
      table = line;
      own = { jumps: [], chains: [] };
    } else if (line.startsWith(':')) {
      const chain = line.slice(1).split(' ')[0] ?? '';
      if (isGone(chain)) own.chains.push(chain);
    } else if (line.startsWith('-A ')) {
      const target = / -j (\S+)$/.exec(line)?.[1] ?? '';
      const from = line.split(' ')[1] ?? '';
      if (isGone(target) && !isGone(from)) own.jumps.push(line.replace(/^-A/, '-D'));
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
