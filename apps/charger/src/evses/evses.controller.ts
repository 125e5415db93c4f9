import { Controller, Inject } from '@nestjs/common';
import type { EvseCommand } from '@kerbside/charging';
import type { Evse, EvseCommandRequest } from '@kerbside/contracts';
import { amps } from '@kerbside/kernel';
import { AccessService } from '../access/access.service.ts';
import type { Principal } from '../access/principal.ts';
import { Caller, Endpoint, Input, type Valid } from '../http/endpoint.ts';
import { EvseRegistry } from './evse-registry.ts';

function toCommand(request: EvseCommandRequest): EvseCommand {
  switch (request.command) {
    case 'start':
      return { command: 'start', idToken: request.idTag, by: 'operator' };
    case 'stop':
      return { command: 'stop', reason: 'Local' };
    case 'limit': {
      const limit = request.limit === null ? undefined : amps(request.limit);
      return { command: 'limit', slot: 'technician', limit };
    }
    default:
      return request;
  }
}

@Controller()
export class EvsesController {
  readonly #evses: EvseRegistry;
  readonly #access: AccessService;

  constructor(
    @Inject(EvseRegistry) evses: EvseRegistry,
    @Inject(AccessService) access: AccessService,
  ) {
    this.#evses = evses;
    this.#access = access;
  }

  @Endpoint('listEvses')
  list(): Evse[] {
    return this.#evses.views();
  }

  @Endpoint('getEvse')
  get(@Input() { params }: Valid<'getEvse'>): Evse {
    return this.#evses.view(params.id);
  }

  @Endpoint('commandEvse')
  async command(@Caller() caller: Principal, @Input() { params, body }: Valid<'commandEvse'>) {
    const answer = await this.#evses.command(params.id, toCommand(body));
    this.#access.audit(caller, `evse.${body.command}`, `evse:${params.id}`, {
      accepted: answer.accepted,
    });
    return answer;
  }
}
