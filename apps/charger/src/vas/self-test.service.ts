import type { VasSelfTest } from '@kerbside/contracts';
import { runVasSelfTest, type SelfTestCheck } from '@kerbside/host';
import { type Clock, PortError } from '@kerbside/kernel';
import { ProblemError } from '../http/problem.ts';
import type { VasService } from './vas.service.ts';

/** Plays a car, one at a time. */
export class VasSelfTestService {
  readonly #vas: VasService;
  readonly #clock: Clock;
  readonly #name: string;
  #running = false;

  /** `name`: of a web server on the internet. */
  constructor(vas: VasService, clock: Clock, name: string) {
    this.#vas = vas;
    this.#clock = clock;
    this.#name = name;
  }

  async run(): Promise<VasSelfTest> {
    if (this.#running)
      throw new ProblemError(409, 'self-test-running', 'A self-test is running already');
    this.#running = true;
    const began = this.#clock.monotonic();
    try {
      const checks = await this.#checks();
      return {
        passed: checks.every(({ result }) => result !== 'failed'),
        checks: checks.map((check) => ({ ...check })),
        tookMs: Math.round(this.#clock.monotonic() - began),
      };
    } finally {
      this.#running = false;
    }
  }

  async #checks(): Promise<SelfTestCheck[]> {
    try {
      return await runVasSelfTest({
        name: this.#name,
        up: (name) => this.#vas.testUp(name),
        down: () => this.#vas.testDown(),
      });
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      const result = error.code === 'vas.no-namespace' ? 'skipped' : 'failed';
      return [{ check: 'set-up', result, detail: error.message }];
    }
  }
}
