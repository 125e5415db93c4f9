import { Controller, Inject } from '@nestjs/common';
import type { OcppStatus } from '@kerbside/contracts';
import { Endpoint } from '../http/endpoint.ts';
import { OcppStatusService } from './ocpp-status.service.ts';

@Controller()
export class OcppController {
  readonly #status: OcppStatusService;

  constructor(@Inject(OcppStatusService) status: OcppStatusService) {
    this.#status = status;
  }

  @Endpoint('getOcppStatus')
  status(): OcppStatus {
    return this.#status.get();
  }
}
