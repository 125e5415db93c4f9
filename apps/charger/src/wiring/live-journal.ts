import type { JournalRecord } from '@kerbside/store';
import type { SessionsService } from '../sessions/sessions.service.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { toTimelineEntry } from './history.ts';

/** Shows each entry of the journal to the browsers as it happens, and sessions as they begin and end. */
export function showLive(hub: LiveHub, sessions: () => SessionsService | undefined) {
  const changed = new Set([
    'session.began',
    'session.ended',
    'transaction.stopped',
    'session.kind',
  ]);
  return (entry: JournalRecord): void => {
    if (entry.evse === undefined) return;
    const { session } = entry;
    if (hub.hasSubscribers('timeline', entry.evse))
      hub.publish(
        'timeline',
        { ...(session === undefined ? {} : { session }), entries: [toTimelineEntry(entry)] },
        entry.evse,
      );
    if (session === undefined || !changed.has(entry.type) || !hub.hasSubscribers('sessions'))
      return;
    // the entry is known before it is on disk: let the commit land first
    void sessions()?.announce(session);
  };
}
