import type { Session } from '@kerbside/contracts';

/** Sessions read over REST, overlaid by what the stream has said since; newest first. */
export function mergeSessions(
  read: readonly Session[],
  live: readonly Session[],
  evse?: number,
): Session[] {
  const merged = new Map(read.map((session) => [session.id, session]));
  for (const session of live)
    if (evse === undefined || session.evse === evse) merged.set(session.id, session);
  return [...merged.values()].toSorted((a, b) => b.began.localeCompare(a.began));
}
