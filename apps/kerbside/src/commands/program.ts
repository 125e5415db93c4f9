import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { UsageError } from '@kerbside/host';
import { builtPrograms, type ChildName } from '../launcher/programs.ts';
import type { Command } from './command.ts';

/** Turns this process into one of the programs: it reads its arguments and environment itself. */
export async function runProgram(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  if (!existsSync(file)) throw new UsageError(`${file} is not built: npm run build`);
  // What the environment says already stands, so that a service's unit file has the last word.
  for (const [name, value] of Object.entries(env)) process.env[name] ??= value;
  process.argv = [process.argv[0] ?? process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
  return typeof process.exitCode === 'number' ? process.exitCode : 0;
}

/** A command that is one of the programs, with that program's own options. */
export function programCommand(name: ChildName, summary: string): Command {
  return { name, summary, run: (args) => runProgram(builtPrograms[name], args) };
}
