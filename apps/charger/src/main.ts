import { exitWithParent } from '@kerbside/host';
import { KerbsideError, type Logger } from '@kerbside/kernel';
import { ConfigError, parseConfig } from './config.ts';
import { die } from './unit/die.ts';
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
let log: Logger = pinoLogger('info');

let emergencyOpen: (() => void) | undefined;
const dies = (kind: string) => (error: unknown) =>
  die(kind, error, { log, emergencyOpen }, (code) => process.exit(code));
process.on('uncaughtException', dies('process.uncaught-exception'));
process.on('unhandledRejection', dies('process.unhandled-rejection'));

try {
  const config = parseConfig(process.env);
  const unitLog = pinoLogger(config.logLevel ?? 'info');
  log = unitLog;
  unit = await startUnit(config, log, {
    async restart() {
      await unit?.stop();
      process.exit(0);
    },
    logLevel: (level) => unitLog.setLevel(level),
    energised: (open) => (emergencyOpen = open),
  });
  const { claimed, claimCode, address } = unit;
  process.stdout.write(
    `${JSON.stringify({ event: 'ready', address, claimed, ...(claimCode ? { claimCode } : {}) })}\n`,
  );
} catch (error) {
  refuse(error);
}
exitWithParent(async () => unit?.stop());
