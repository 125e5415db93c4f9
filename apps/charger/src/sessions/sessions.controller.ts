import { Controller, Inject } from '@nestjs/common';
import type { Session, SessionPage, TimelinePage } from '@kerbside/contracts';
import { Endpoint, Input, type Valid } from '../http/endpoint.ts';
import { SessionsService } from './sessions.service.ts';

@Controller()
export class SessionsController {
  readonly #sessions: SessionsService;

  constructor(@Inject(SessionsService) sessions: SessionsService) {
    this.#sessions = sessions;
  }

  @Endpoint('listSessions')
  list(@Input() { query }: Valid<'listSessions'>): Promise<SessionPage> {
    return this.#sessions.list(query.limit, query.cursor, query.evse);
  }

  @Endpoint('getSession')
  get(@Input() { params }: Valid<'getSession'>): Promise<Session> {
    return this.#sessions.get(params.id);
  }

  @Endpoint('listJournal')
  journal(@Input() { query }: Valid<'listJournal'>): Promise<TimelinePage> {
    return this.#sessions.journal(query.limit, query.cursor, query.evse);
  }

  @Endpoint('getTimeline')
  timeline(@Input() { params, query }: Valid<'getTimeline'>): Promise<TimelinePage> {
    return this.#sessions.timeline(params.id, query.limit, query.cursor, query.source);
  }
}
