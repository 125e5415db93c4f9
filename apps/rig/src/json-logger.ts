import type { Clock, LogFields, Logger } from '@kerbside/kernel';

/** Writes each event as one JSON line; `debug` is left out. */
export function jsonLogger(
  write: (line: string) => void,
  clock: Clock,
  base: LogFields = {},
): Logger {
  const at =
    (level: string) =>
    (event: string, fields: LogFields = {}): void =>
      write(
        JSON.stringify({
          time: new Date(clock.now()).toISOString(),
          level,
          event,
          ...base,
          ...fields,
        }),
      );
  return {
    debug: () => {},
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (fields) => jsonLogger(write, clock, { ...base, ...fields }),
  };
}
