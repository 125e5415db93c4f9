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

interface Program {
  readonly pid: number;
  readonly parent: number | undefined;
  /** With spaces between its words. */
  readonly command: string;
}

export function programsIn(namespace: NetworkNamespace): Program[] {
  return processesIn(namespace).map((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return { pid, parent: Number(parent), command };
    } catch {
      return { pid, parent: undefined, command: '' };
    }
  });
}
