// What must hold for the lock file, so that any registry can serve it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/steps.mjs';

/** Names every place where the lock file ties the project to a host. */
export function lockFileProblems(text = readFileSync(join(root, 'package-lock.json'), 'utf8')) {
  const problems = [];
  for (const [path, entry] of Object.entries(JSON.parse(text).packages)) {
    if (/^[a-z+]+:\/\//.test(entry.resolved ?? '')) {
      problems.push(`${path} is resolved to an address: ${entry.resolved}`);
    }
    if (
      entry.version &&
      !entry.link &&
      path.startsWith('node_modules/') &&
      !entry.integrity &&
      !entry.inBundle
    ) {
      problems.push(`${path} has no integrity hash`);
    }
  }
  return problems;
}
