import { unknownWord, UsageError } from '@kerbside/host';
import { KerbsideError } from '@kerbside/kernel';
import { version } from './version.ts';
import type { Command, CommandIo } from './commands/command.ts';

const HELP = `kerbside: an EV charging station in software

`;

/** Picks the command and runs it. Errors go to `io.err`; wrong use is exit code 2, failure is 1. */
export async function runCommand(
  args: readonly string[],
  commands: readonly Command[],
  io: CommandIo,
): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      io.out(helpText(commands));
      return name === undefined ? 2 : 0;
    }
    if (name === '--version') {
      io.out(`${version}\n`);
      return 0;
    }
    const command = commands.find((candidate) => candidate.name === name);
    if (command) return await command.run(rest, io);
    const known = commands.map((candidate) => candidate.name);
    throw new UsageError(unknownWord(name.startsWith('-') ? 'option' : 'command', name, known));
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`kerbside: ${error.message}\n`);
      return error.exitCode;
    }
    if (error instanceof KerbsideError) io.err(`kerbside: ${error.message}\n`);
    else io.err(`${error instanceof Error ? error.stack : String(error)}\n`);
    return 1;
  }
}

function helpText(commands: readonly Command[]): string {
  const width = Math.max(9, ...commands.map(({ name }) => name.length));
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(width)} ${summary}\n`);
  return `${HELP}${rows.join('')}\nkerbside COMMAND --help shows the options of a command.\n`;
}
