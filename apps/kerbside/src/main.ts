import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CommandIo } from './commands/command.ts';
import { csms } from './commands/csms.ts';
import { exi } from './commands/exi.ts';
import { installation } from './commands/installation.ts';
import { openapi } from './commands/openapi.ts';
import { programCommand } from './commands/program.ts';
import { rig } from './commands/rig.ts';
import { slac } from './commands/slac.ts';
import { start } from './commands/start.ts';
import { token } from './commands/token.ts';
import { runCommand } from './run-command.ts';

const commands = [
  start,
  programCommand('vehicle', 'a simulated EV on any interface'),
  rig,
  csms,
  exi,
  slac,
  openapi,
  installation,
  token,
];

let written = 0;

/** Resolves when a stream takes more, or takes nothing any more. */
async function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (!stream.writableNeedDrain || !stream.writable)
    return await new Promise((resolve) => setImmediate(resolve));
  const events = ['drain', 'close', 'error'];
  await new Promise<void>((resolve) => {
    const done = (): void => {
      for (const event of events) stream.off(event, done);
      resolve();
    };
    for (const event of events) stream.on(event, done);
  });
}

const standardIo: CommandIo = {
  input: process.stdin,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  async ready() {
    const { stdout } = process;
    // an error of a write is told a turn later
    if (stdout.writableNeedDrain || ++written % 256 === 0) await drained(stdout);
    return stdout.writable;
  },
};

/** Runs one command of `kerbside` and gives its exit code. */
export function main(args: readonly string[]): Promise<number> {
  // A reader that has seen enough (`kerbside ... | head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return runCommand(args, commands, standardIo);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
