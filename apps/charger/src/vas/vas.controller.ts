import { Controller, Inject } from '@nestjs/common';
import type { VasSelfTest, VasSettings, VasStatus } from '@kerbside/contracts';
import { AccessService } from '../access/access.service.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { Caller, Endpoint, Input, type Valid } from '../http/endpoint.ts';
import { VasSelfTestService } from './self-test.service.ts';
import { VasService } from './vas.service.ts';

@Controller()
export class VasController {
  readonly #vas: VasService;
  readonly #selfTest: VasSelfTestService;
  readonly #access: AccessService;

  constructor(
    @Inject(VasService) vas: VasService,
    @Inject(VasSelfTestService) selfTest: VasSelfTestService,
    @Inject(AccessService) access: AccessService,
  ) {
    this.#vas = vas;
    this.#selfTest = selfTest;
    this.#access = access;
  }

  @Endpoint('getVas')
  status(): VasStatus {
    return this.#vas.status();
  }

  @Endpoint('planVas')
  plan(@Input() { body }: Valid<'planVas'>) {
    return this.#vas.plan(body.evse, body.ports);
  }

  @Endpoint('getVasSettings')
  settings(): VasSettings {
    return this.#vas.settings();
  }

  @Endpoint('putVasSettings')
  async configure(
    @Caller() caller: Principal,
    @Input() { body }: Valid<'putVasSettings'>,
  ): Promise<VasSettings> {
    const settings = await this.#vas.configure(body, actorOf(caller));
    this.#access.audit(caller, 'vas.settings', 'vas', { ...settings });
    return settings;
  }

  @Endpoint('testVas')
  async test(@Caller() caller: Principal): Promise<VasSelfTest> {
    const result = await this.#selfTest.run();
    this.#access.audit(caller, 'vas.self-test', 'vas', { passed: result.passed });
    return result;
  }
}
