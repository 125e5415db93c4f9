import { exitWithParent } from '@kerbside/host';
import { PortError } from '@kerbside/kernel';
import { readConfig } from './config.ts';
import { jsonLogger } from './json-logger.ts';
import { startCsms } from './start-csms.ts';

/** EX_CONFIG of sysexits.h: starting again will not help. */
const WILL_NOT_START = 78;

// the database holds tokens: nobody else on this machine reads what we write
process.umask(0o077);

const log = jsonLogger((line) => void process.stderr.write(`${line}\n`));

try {
  const csms = await startCsms(readConfig(process.env), process.env, log);
  exitWithParent(() => csms.close());
  const { port, ocppPort } = csms;
  process.stdout.write(`${JSON.stringify({ event: 'ready', port, ocppPort })}\n`);
} catch (error) {
  const { message } = error as Error;
  log.error('csms.start-failed', { error: message });
  process.exitCode = error instanceof PortError ? WILL_NOT_START : 1;
}
