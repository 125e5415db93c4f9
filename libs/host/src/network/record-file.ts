import { readFileSync, rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EMPTY_RECORD, type NetworkRecord } from '@kerbside/vas';
import { boot, namespace } from './this-machine.ts';

interface Kept {
  readonly boot: string;
  readonly namespace: string;
  readonly record: NetworkRecord;
}

/** What is applied on the machine, on disk: valid in this boot and this network namespace alone. */
export class RecordFile {
  readonly #file: string;

  constructor(directory: string) {
    this.#file = join(directory, 'applied.json');
  }

  /** What an earlier run left; empty where the machine was started anew since. */
  read(): NetworkRecord {
    try {
      const kept = JSON.parse(readFileSync(this.#file, 'utf8')) as Kept;
      return kept.boot === boot() && kept.namespace === namespace() ? kept.record : EMPTY_RECORD;
    } catch {
      return EMPTY_RECORD;
    }
  }

  async write(record: NetworkRecord): Promise<void> {
    if (Object.keys(record.own).length === 0 && record.shared.length === 0)
      return rm(this.#file, { force: true });
    const kept: Kept = { boot: boot(), namespace: namespace(), record };
    const file = await open(`${this.#file}.new`, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(kept));
      await file.sync();
    } finally {
      await file.close();
    }
    return rename(`${this.#file}.new`, this.#file);
  }

  clear(): void {
    rmSync(this.#file, { force: true });
    rmSync(`${this.#file}.new`, { force: true });
  }
}
