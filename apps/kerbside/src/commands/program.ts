import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type OptionPlan, optionHelp, parseCommandLine, UsageError } from '@kerbside/host';
import { builtPrograms, type ChildName } from '../launcher/programs.ts';
import type { Command } from './command.ts';

/** Environment of a program, by how much it counts. */
export interface ProgramEnvironment {
  /** What the person wrote: before the environment. */
  readonly given?: Readonly<Record<string, string>>;
  /** Where neither the person nor the environment says anything. */
  readonly otherwise?: Readonly<Record<string, string>>;
}

/** Turns this process into one of the programs: it reads its arguments and environment itself. */
export async function runProgram(
  file: string,
  args: readonly string[],
  { given = {}, otherwise = {} }: ProgramEnvironment = {},
): Promise<number> {
  if (!existsSync(file)) throw new UsageError(`${file} is not built: npm run build`);
  Object.assign(process.env, given);
  for (const [name, value] of Object.entries(otherwise)) process.env[name] ??= value;
  process.argv = [process.argv[0] ?? process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
  return typeof process.exitCode === 'number' ? process.exitCode : 0;
}

/** A command that is one of the programs, with that program's own options. */
export function programCommand(name: ChildName, summary: string): Command {
  return { name, summary, run: (args) => runProgram(builtPrograms[name], args) };
}

/** An option that stands for a variable of the program's environment. */
export type VariableOption = OptionPlan & { readonly variable: string };

/** The variables that these arguments give, or the help for them. */
export function variablesOf(
  name: string,
  options: Readonly<Record<string, VariableOption>>,
  args: readonly string[],
): { readonly given: Readonly<Record<string, string>> } | { readonly help: string } {
  const plans = { ...options, help: { help: 'show this' } };
  const { options: said, words } = parseCommandLine(args, plans);
  if (words.length > 0) throw new UsageError(`${name} takes no words, not ${words.join(' ')}`);
  const values = said as Readonly<Record<string, string | boolean | undefined>>;
  if (values['help']) {
    const variables = Object.entries(options).map(
      ([option, { variable }]) => `  ${variable.padEnd(26)} --${option}\n`,
    );
    return {
      help: `kerbside ${name}\n\n${optionHelp(plans)}\nThe same by environment:\n${variables.join('')}`,
    };
  }
  const given = Object.entries(options).flatMap(([option, { variable }]) => {
    const value = values[option];
    return value === undefined ? [] : [[variable, value === true ? '1' : String(value)]];
  });
  return { given: Object.fromEntries(given) as Record<string, string> };
}

/** A command that is one of the programs which read their environment only. */
export function variableCommand(
  name: ChildName,
  summary: string,
  options: Readonly<Record<string, VariableOption>>,
): Command {
  return {
    name,
    summary,
    async run(args, io) {
      const read = variablesOf(name, options, args);
      if ('given' in read) return await runProgram(builtPrograms[name], [], read);
      io.out(read.help);
      return 0;
    },
  };
}
