import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The meters' registers outlive the rig, as a real meter's do: watt-hours by EVSE. */
export interface MeterMemory {
  read(evse: number): number;
  write(registers: ReadonlyMap<number, number>): void;
}

export function meterMemory(file: string | undefined): MeterMemory {
  const known = new Map<number, number>();
  if (file !== undefined)
    for (const [evse, energy] of Object.entries(readObject(file)))
      if (typeof energy === 'number' && energy >= 0) known.set(Number(evse), energy);
  return {
    read: (evse) => known.get(evse) ?? 0,
    write(registers) {
      if (file === undefined) return;
      mkdirSync(dirname(file), { recursive: true });
      // A torn file would lose the register: the new one takes the place of the old at once.
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(registers)));
      renameSync(`${file}.new`, file);
    },
  };
}

function readObject(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
