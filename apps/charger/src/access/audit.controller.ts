import { Controller, Inject } from '@nestjs/common';
import { Endpoint, Input, type Valid } from '../http/endpoint.ts';
import { SessionsService } from '../sessions/sessions.service.ts';

@Controller()
export class AuditController {
  readonly #records: SessionsService;

  constructor(@Inject(SessionsService) records: SessionsService) {
    this.#records = records;
  }

  @Endpoint('listAudit')
  list(@Input() { query }: Valid<'listAudit'>) {
    return this.#records.audit(query.limit, query.cursor);
  }
}
