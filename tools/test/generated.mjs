// Files in the repository that a command makes: they must be what it makes now.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from '../setup/steps.mjs';

const GENERATED = [{ file: 'docs/openapi.json', command: ['bin/kerbside.mjs', 'openapi'] }];

/** Names the files that are out of date, with the command that makes them anew. */
export async function generatedProblems() {
  const problems = [];
  for (const { file, command } of GENERATED) {
    const path = join(root, file);
    const { code, output } = await run(process.execPath, command);
    const made = code === 0 ? JSON.stringify(JSON.parse(output)) : output;
    if (
      code === 0 &&
      existsSync(path) &&
      made === JSON.stringify(JSON.parse(readFileSync(path, 'utf8')))
    )
      continue;
    problems.push(`${file} is not what it should be: node ${command.join(' ')} > ${file}`);
    if (code !== 0) problems.push(output);
  }
  return problems;
}
