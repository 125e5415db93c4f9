/** A login ends this long after its last request. */
export const IDLE_MS = 30 * 60_000;
/** A login ends this long after it began. */
export const ABSOLUTE_MS = 12 * 3_600_000;
/** Last-seen times are written no more often. */
export const SEEN_STEP_MS = 60_000;
