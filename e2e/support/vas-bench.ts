import { readFileSync } from 'node:fs';
import type { VasEvse, VasStatus } from '@kerbside/contracts';
import { type NetworkNamespace, processesIn } from '@kerbside/host';
import type { Bench } from './bench.ts';
import { eventually } from './running.ts';

/** The internet service of one EVSE, as the API has it. */
export async function vasOf(bench: Bench, evse: number): Promise<VasEvse> {
  const status = await bench.api.call<VasStatus>('GET', '/vas');
  return status.evses.find((one) => one.evse === evse) as VasEvse;
}

export const untilState = (bench: Bench, evse: number, state: VasEvse['state'], limit = 20_000) =>
  eventually(
    `EVSE ${evse} is ${state}`,
    async () => (await vasOf(bench, evse)).state === state,
    limit,
  );

/** The programs in a namespace: pid, and command line with spaces between its words. */
export function programsIn(namespace: NetworkNamespace): { pid: number; command: string }[] {
  return processesIn(namespace).map((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return { pid, command };
    } catch {
      return { pid, command: '' };
    }
  });
}
