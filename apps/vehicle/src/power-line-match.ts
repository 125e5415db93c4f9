import type { Clock, Logger, Random } from '@kerbside/kernel';
import {
  createPevSlac,
  type FrameLink,
  type Misbehaviour,
  misbehaviours,
  type PevMatched,
  type PevSlac,
} from '@kerbside/slac';
import type { Bay } from './config.ts';
import { openBayLink } from './frame-link.ts';
import type { StayPlan } from './stay-plan.ts';

export interface MatchOptions {
  readonly plan: Pick<StayPlan, 'validate' | 'misbehaviour'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Puts the pilot into B or C, for CM_VALIDATE. */
  pilot(state: 'B' | 'C'): void;
}

/** The car's SLAC at one bay, and the network that it is in; it outlasts a pause of the V2G session. */
export class PowerLineMatch {
  readonly #link: FrameLink;
  readonly #slac: PevSlac;

  constructor(link: FrameLink, options: MatchOptions) {
    const { plan, clock, random, log, pilot } = options;
    const { knobs = {}, config = {} }: Partial<Misbehaviour> =
      plan.misbehaviour === undefined ? {} : misbehaviours[plan.misbehaviour];
    this.#link = link;
    this.#slac = createPevSlac({
      knobs,
      config: { validate: plan.validate, ...config },
      pilot,
      ports: { link, clock, random, log },
    });
  }

  /** undefined where there is no way for SLAC's frames. */
  static async open(bay: Bay, options: MatchOptions): Promise<PowerLineMatch | undefined> {
    const link = await openBayLink(bay, options.clock);
    return link && new PowerLineMatch(link, options);
  }

  /** Matches; after a pause it awaits the link of before, and matches anew where that does not come. */
  async join(): Promise<PevMatched> {
    const before = await this.#slac.rejoin();
    const again = before.kind === 'failed' && before.cause.code === 'link-not-resumed';
    const result = again ? await this.#slac.start() : before;
    if (result.kind === 'failed') throw new Error(`no match: ${result.cause.what}`);
    return result;
  }

  close(): void {
    this.#slac.stop();
    this.#link.close();
  }
}
