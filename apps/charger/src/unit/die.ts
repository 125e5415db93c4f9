import type { Logger } from '@kerbside/kernel';

/** What a process holds that cannot go on. */
export interface Dying {
  readonly log: Logger;
  /** Opens every contactor; undefined while there is none. */
  readonly emergencyOpen: (() => void) | undefined;
}

/** Time for the order to the boards and the last log line to leave, milliseconds. */
const LAST_MOMENT = 50;

/**
 * A bug must not leave energy flowing: opens everything, says why, and ends with exit code 1, so that the
 * supervisor starts us anew. Nothing that fails on the way keeps it from ending. `exit` may hold up this
 * thread, so everything is opened once more before it: an actor may have closed something meanwhile.
 */
export function die(
  kind: string,
  error: unknown,
  dying: Dying,
  exit: (code: number) => void,
): void {
  setTimeout(() => {
    try {
      dying.emergencyOpen?.();
    } catch {
      // told the first time
    }
    exit(1);
  }, LAST_MOMENT);
  const fields: Record<string, string> = { error: textOf(error) };
  try {
    dying.emergencyOpen?.();
  } catch (failure) {
    fields['open'] = textOf(failure);
  }
  dying.log.error(kind, fields);
}

const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
