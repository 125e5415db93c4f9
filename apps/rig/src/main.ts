import { exitWithParent, systemClock } from '@kerbside/host';
import { ZodError, z } from 'zod';
import { readConfig } from './config.ts';
import { jsonLogger } from './json-logger.ts';
import { openModems } from './modems.ts';
import { openRig } from './rig.ts';

/** EX_CONFIG of sysexits.h: starting again will not help. */
const WILL_NOT_START = 78;

async function main(): Promise<void> {
  const log = jsonLogger((line) => process.stderr.write(`${line}\n`), systemClock);
  const config = readConfig(process.env);
  const ports = { clock: systemClock, log };
  const rig = await openRig(config, ports);
  const modems = await openModems(config, ports);
  exitWithParent(async () => {
    await Promise.all([rig.close(), modems.close()]);
  });
  const ready = {
    event: 'ready',
    evses: config.evses.map(({ evse }) => evse),
    modems: modems.evses,
    pid: process.pid,
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
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
