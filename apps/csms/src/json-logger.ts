import type { LogFields, Logger } from '@kerbside/kernel';

/** One JSON line per event. */
export function jsonLogger(write: (line: string) => void, base: LogFields = {}): Logger {
  const at =
    (level: string) =>
    (event: string, fields: LogFields = {}) =>
      write(JSON.stringify({ time: new Date().toISOString(), level, event, ...base, ...fields }));
  return {
    debug: () => {},
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (fields) => jsonLogger(write, { ...base, ...fields }),
  };
}
