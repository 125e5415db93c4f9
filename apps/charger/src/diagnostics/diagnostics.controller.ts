import { Controller, Header, Inject } from '@nestjs/common';
import { type Health, openApiDocument } from '@kerbside/contracts';
import { Endpoint } from '../http/endpoint.ts';
import { VERSION } from '../version.ts';
import { HealthService } from './health.service.ts';
import { Metrics } from './metrics.ts';

@Controller()
export class DiagnosticsController {
  readonly #health: HealthService;
  readonly #metrics: Metrics;

  constructor(@Inject(HealthService) health: HealthService, @Inject(Metrics) metrics: Metrics) {
    this.#health = health;
    this.#metrics = metrics;
  }

  @Endpoint('getHealth')
  health(): Health {
    return this.#health.health();
  }

  @Endpoint('getMetrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): string {
    return this.#metrics.render();
  }

  @Endpoint('getOpenApi')
  openApi(): Record<string, unknown> {
    return openApiDocument(VERSION);
  }
}
