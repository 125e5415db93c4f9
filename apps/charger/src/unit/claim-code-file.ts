import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The claim code of an unclaimed unit, in its data directory, for whoever may read it. */
export class ClaimCodeFile {
  readonly #path: string;

  constructor(directory: string) {
    this.#path = path.join(directory, 'claim-code');
  }

  keep(code: string | undefined): void {
    rmSync(this.#path, { force: true });
    if (code !== undefined) writeFileSync(this.#path, `${code}\n`, { mode: 0o600, flag: 'wx' });
  }
}
