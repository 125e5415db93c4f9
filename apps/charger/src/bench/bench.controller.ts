import { Controller, Inject } from '@nestjs/common';
import type { BenchState } from '@kerbside/contracts';
import { Endpoint, Input, type Valid } from '../http/endpoint.ts';
import { BenchService } from './bench.service.ts';

@Controller()
export class BenchController {
  readonly #bench: BenchService;

  constructor(@Inject(BenchService) bench: BenchService) {
    this.#bench = bench;
  }

  @Endpoint('getBench')
  state(): BenchState {
    return this.#bench.state();
  }

  @Endpoint('benchPilot')
  pilot(@Input() { params, body }: Valid<'benchPilot'>): Promise<void> {
    return this.#bench.pilot(params.id, body.state);
  }

  @Endpoint('benchToken')
  token(@Input() { params, body }: Valid<'benchToken'>): Promise<void> {
    return this.#bench.token(params.id, body.idTag);
  }

  @Endpoint('benchVehicle')
  vehicle(@Input() { params, body }: Valid<'benchVehicle'>): Promise<void> {
    return this.#bench.vehicle(params.id, body);
  }

  @Endpoint('benchFault')
  fault(@Input() { params, body }: Valid<'benchFault'>): Promise<void> {
    return this.#bench.fault(params.id, body.fault, body.active);
  }
}
