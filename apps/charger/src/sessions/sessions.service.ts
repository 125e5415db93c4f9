import type { Session, SessionPage, TimelinePage, TimelineSource } from '@kerbside/contracts';
import { notFound } from '../http/problem.ts';
import type { LiveHub } from '../live/live-hub.ts';
import type { History } from './history.ts';

const LIVE_ENTRIES = 300;

/** History for the API, and the snapshots of the live time line. */
export class SessionsService {
  readonly #history: History;
  readonly #hub: LiveHub;

  constructor(history: History, hub: LiveHub, evses: () => readonly number[]) {
    this.#history = history;
    this.#hub = hub;
    hub.provide('sessions', async () => ({
      items: (await history.sessions({ limit: 20 })).items,
    }));
    hub.provide('timeline', async (id) => {
      if (id === undefined || !evses().includes(id)) return undefined;
      const last = await history.lastSession(id);
      if (!last) return { entries: [] };
      return { session: last.id, entries: await history.recent(last.id, LIVE_ENTRIES) };
    });
  }

  /** Tells the browsers of a session that changed. */
  async announce(id: string): Promise<void> {
    const session = await this.#history.session(id).catch(() => undefined);
    if (session) this.#hub.publish('sessions', { items: [session] });
  }

  list(limit: number, cursor?: string, evse?: number): Promise<SessionPage> {
    return this.#history.sessions({ limit, cursor, evse });
  }

  async get(id: string): Promise<Session> {
    const session = await this.#history.session(id);
    if (!session) throw notFound(`session ${id}`);
    return session;
  }

  async timeline(
    id: string,
    limit: number,
    cursor?: string,
    source?: TimelineSource,
  ): Promise<TimelinePage> {
    await this.get(id);
    return this.#history.timeline(id, { limit, cursor, source });
  }

  journal(limit: number, cursor?: string, evse?: number): Promise<TimelinePage> {
    return this.#history.journal({ limit, cursor, evse });
  }

  audit(limit: number, cursor?: string) {
    return this.#history.audit({ limit, cursor });
  }
}
