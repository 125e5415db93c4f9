import { exitWithParent } from '@kerbside/host';
import { KerbsideError, type Logger } from '@kerbside/kernel';
import { parseConfig } from './config.ts';
import { die } from './unit/die.ts';
import { exitCodeOf } from './unit/exit-code.ts';
import { leave } from './unit/leave.ts';
import { startUnit, type Unit } from './unit/start-unit.ts';
import { pinoLogger } from './wiring/pino-logger.ts';

let store: Parameters<typeof leave>[1];
function exit(code: number): never {
  leave(code, store);
}

function refuse(error: unknown): never {
  const known = error instanceof KerbsideError;
  process.stderr.write(
    `kerbside: ${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  exit(exitCodeOf(error));
}

// the database holds tokens and hashes of passwords: nobody else on this machine reads what we write
process.umask(0o077);

let unit: Unit | undefined;
let log: Logger = pinoLogger('info');

let emergencyOpen: (() => void) | undefined;
const dies = (kind: string) => (error: unknown) => die(kind, error, { log, emergencyOpen }, exit);
process.on('uncaughtException', dies('process.uncaught-exception'));
process.on('unhandledRejection', dies('process.unhandled-rejection'));

try {
  const config = parseConfig(process.env);
  const unitLog = pinoLogger(config.logLevel ?? 'info');
  log = unitLog;
  unit = await startUnit(config, log, {
    async restart() {
      await unit?.stop();
      exit(0);
    },
    logLevel: (level) => unitLog.setLevel(level),
    energised: (open) => (emergencyOpen = open),
    stored: (opened) => (store = opened),
  });
  const { claimed, claimCode, address } = unit;
  process.stdout.write(
    `${JSON.stringify({ event: 'ready', address, claimed, ...(claimCode ? { claimCode } : {}) })}\n`,
  );
} catch (error) {
  refuse(error);
}
exitWithParent(async () => unit?.stop(), { exit });
