import type { AuditEntry, Session, TimelineEntry, TimelineSource } from '@kerbside/contracts';

export interface Page<T> {
  readonly items: T[];
  readonly next?: string;
}

/** What is on disk, already masked for people. Rejects with a PortError when the store can't be read. */
export interface History {
  sessions(query: {
    limit: number;
    cursor?: string | undefined;
    evse?: number | undefined;
  }): Promise<Page<Session>>;
  session(id: string): Promise<Session | undefined>;
  /** The newest session of an EVSE. */
  lastSession(evse: number): Promise<Session | undefined>;
  timeline(
    session: string,
    query: { limit: number; cursor?: string | undefined; source?: TimelineSource | undefined },
  ): Promise<Page<TimelineEntry>>;
  /** The newest `limit` entries of a session, oldest first. */
  recent(session: string, limit: number): Promise<TimelineEntry[]>;
  /** The journal of everything, newest first. */
  journal(query: {
    limit: number;
    cursor?: string | undefined;
    evse?: number | undefined;
  }): Promise<Page<TimelineEntry>>;
  audit(query: { limit: number; cursor?: string | undefined }): Promise<Page<AuditEntry>>;
}
