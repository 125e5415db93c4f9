import { exitWithParent, systemClock } from '@kerbside/host';
import { ZodError, z } from 'zod';
import { readConfig } from './config.ts';
import { jsonLogger } from './json-logger.ts';
import { openRig } from './rig.ts';

/** EX_CONFIG of sysexits.h: starting again will not help. */
const WILL_NOT_START = 78;

async function main(): Promise<void> {
  const log = jsonLogger((line) => process.stderr.write(`${line}\n`), systemClock);
  const config = readConfig(process.env);
  const rig = await openRig(config, { clock: systemClock, log });
  exitWithParent(() => rig.close());
  const evses = config.evses.map(({ evse }) => evse);
  process.stdout.write(`${JSON.stringify({ event: 'ready', evses, pid: process.pid })}\n`);
}

main().catch((error: unknown) => {
  const text =
    error instanceof ZodError
      ? z.prettifyError(error)
      : error instanceof Error
        ? error.message
        : String(error);
  process.stderr.write(`rig: ${text}\n`);
  process.exit(error instanceof ZodError ? WILL_NOT_START : 1);
});
