import { exitWithParent } from '@kerbside/host';
import { KerbsideError } from '@kerbside/kernel';
import { ConfigError, parseConfig } from './config.ts';
import { startUnit, type Unit } from './unit/start-unit.ts';
import { pinoLogger } from './wiring/pino-logger.ts';

/** Starting again will not help (EX_CONFIG of sysexits.h): the supervisor must not try. */
const WILL_NOT_START = 78;
const WONT_START = new Set([
  'store.newer',
  'store.damaged',
  'store.foreign',
  'store.locked',
  'store.migration',
]);

function refuse(error: unknown): never {
  const known = error instanceof KerbsideError;
  process.stderr.write(
    `kerbside: ${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  const final = error instanceof ConfigError || (known && WONT_START.has(error.code));
  process.exit(final ? WILL_NOT_START : 1);
}

// the database holds tokens and hashes of passwords: nobody else on this machine reads what we write
process.umask(0o077);

let unit: Unit | undefined;
let log = pinoLogger('info');

// A bug must not leave energy flowing: open everything, say why, and let the supervisor start us anew.
function die(kind: string) {
  return (error: unknown): void => {
    log.error(kind, { error: error instanceof Error ? error.stack : String(error) });
    setTimeout(() => process.exit(1), 500);
    unit?.emergencyOpen();
    setTimeout(() => process.exit(1), 50);
  };
}
process.on('uncaughtException', die('process.uncaught-exception'));
process.on('unhandledRejection', die('process.unhandled-rejection'));

try {
  const config = parseConfig(process.env);
  log = pinoLogger(config.logLevel);
  unit = await startUnit(config, log, async () => {
    await unit?.stop();
    process.exit(0);
  });
  const { claimed, claimCode, address } = unit;
  process.stdout.write(
    `${JSON.stringify({ event: 'ready', address, claimed, ...(claimCode ? { claimCode } : {}) })}\n`,
  );
} catch (error) {
  refuse(error);
}
exitWithParent(async () => unit?.stop());
