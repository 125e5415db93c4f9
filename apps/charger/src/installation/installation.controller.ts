import { Controller, Inject } from '@nestjs/common';
import type { Configuration, EvseConfiguration } from '@kerbside/contracts';
import { AccessService } from '../access/access.service.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { Caller, Endpoint, Input, type Valid } from '../http/endpoint.ts';
import { InstallationService } from './installation.service.ts';

@Controller()
export class InstallationController {
  readonly #installation: InstallationService;
  readonly #access: AccessService;

  constructor(
    @Inject(InstallationService) installation: InstallationService,
    @Inject(AccessService) access: AccessService,
  ) {
    this.#installation = installation;
    this.#access = access;
  }

  @Endpoint('getConfiguration')
  configuration(): Configuration {
    return this.#installation.configuration();
  }

  @Endpoint('putUnitSettings')
  async putUnit(@Caller() caller: Principal, @Input() { body }: Valid<'putUnitSettings'>) {
    const answer = await this.#installation.putUnit(body, actorOf(caller));
    this.#access.audit(caller, 'installation.settings', 'unit', { ...body });
    return answer;
  }

  @Endpoint('getSlacSettings')
  slac(@Input() { params }: Valid<'getSlacSettings'>): EvseConfiguration {
    return this.#installation.evse(params.id);
  }

  @Endpoint('putSlacSettings')
  async putSlac(@Caller() caller: Principal, @Input() { params, body }: Valid<'putSlacSettings'>) {
    const answer = await this.#installation.putSlac(params.id, body, actorOf(caller));
    this.#access.audit(caller, 'installation.slac', `evse:${params.id}`, { settings: body });
    return answer;
  }

  @Endpoint('importPyslac')
  async importPyslac(@Caller() caller: Principal, @Input() { body }: Valid<'importPyslac'>) {
    const answer = await this.#installation.importPyslac(body, actorOf(caller));
    this.#access.audit(caller, 'installation.import-pyslac', 'unit', { evses: answer.evses });
    return answer;
  }
}
