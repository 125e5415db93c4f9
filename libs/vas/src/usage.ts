import { chainPrefix } from './firewall-rules.ts';

/** What passed between a car and the internet. */
export interface Usage {
  readonly packetsUp: number;
  readonly bytesUp: number;
  readonly packetsDown: number;
  readonly bytesDown: number;
  /** Packets from the car that were dropped. */
  readonly refused: number;
}

export const NO_USAGE: Usage = {
  packetsUp: 0,
  bytesUp: 0,
  packetsDown: 0,
  bytesDown: 0,
  refused: 0,
};

const LINE = /^\[(\d+):(\d+)\] -A (\S+) .*-j (ACCEPT|DROP)/;

/** Sums the counters of one EVSE's rules, from what `iptables-save -c` and `ip6tables-save -c` print. */
export function usageOf(evse: number, saved: readonly string[]): Usage {
  const prefix = chainPrefix(evse);
  const sum = { ...NO_USAGE };
  for (const line of saved.flatMap((text) => text.split('\n'))) {
    const [, packets, bytes, chain, target] = LINE.exec(line) ?? [];
    if (!chain?.startsWith(prefix)) continue;
    if (chain === `${prefix}FWD` && target === 'ACCEPT') {
      sum.packetsUp += Number(packets);
      sum.bytesUp += Number(bytes);
    } else if (chain === `${prefix}BACK` && target === 'ACCEPT') {
      sum.packetsDown += Number(packets);
      sum.bytesDown += Number(bytes);
    } else if (chain !== `${prefix}BACK` && target === 'DROP') sum.refused += Number(packets);
  }
  return sum;
}

/** The rules of one EVSE, for people: without counters. */
export function rulesOf(evse: number, saved: readonly string[]): string[] {
  const prefix = chainPrefix(evse);
  return saved
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.includes(prefix) && !line.startsWith(':'))
    .map((line) => line.replace(/^\[\d+:\d+\] /, ''));
}
