import type { LogLevel } from '@kerbside/contracts';
import type { LogFields, Logger } from '@kerbside/kernel';
import { destination, pino, type Logger as Pino } from 'pino';

function wrap(log: Pino): Logger {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}): void =>
      log[level](fields, event);
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (fields) => wrap(log.child(fields)),
  };
}

/** Bytes that may wait for whoever reads the log; past that lines are dropped. */
const MAX_WAITING = 1_048_576;

/**
 * Structured log, one JSON line an event, to standard error: standard output is for the supervisor. Never waits
 * for its reader: a log that nobody empties must not hold up an answer to a car, nor the boards' heartbeat.
 */
export function pinoLogger(level: LogLevel): Logger & { setLevel(level: LogLevel): void } {
  const log = pino(
    { level, base: null, messageKey: 'event', timestamp: pino.stdTimeFunctions.isoTime },
    destination({ fd: 2, sync: false, maxLength: MAX_WAITING }),
  );
  return {
    ...wrap(log),
    /** For itself, and for what is made of it by `with` from now on. */
    setLevel(next) {
      log.level = next;
    },
  };
}

/** Nest's own messages, as events of ours: only warnings and errors. */
export function nestLogger(log: Logger) {
  const say =
    (level: 'warn' | 'error') =>
    (message: unknown, ...rest: unknown[]): void =>
      log[level]('nest', { message: String(message), context: rest.map(String) });
  return {
    log: () => {},
    debug: () => {},
    verbose: () => {},
    warn: say('warn'),
    error: say('error'),
  };
}
