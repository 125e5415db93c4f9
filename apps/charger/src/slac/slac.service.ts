import type { SlacAttempt, SlacAttemptPage, SlacLive } from '@kerbside/contracts';
import { type Attempt, pcapOf } from '@kerbside/slac';
import { notFound } from '../http/problem.ts';
import type { LiveHub } from '../live/live-hub.ts';
import type { SlacHistory } from './slac-history.ts';
import { toSlacAttempt, toSlacLive } from './slac-view.ts';
import type { SlacWatch } from './slac-watch.ts';

export interface SlacSources {
  ids(): readonly number[];
  /** Undefined for an EVSE that charges by pilot alone. */
  watch(evse: number): SlacWatch | undefined;
}

/** SLAC for the API and the stream: now, and the attempts that are kept. */
export class SlacService {
  readonly #sources: SlacSources;
  readonly #history: Pick<SlacHistory, 'list' | 'attempt'>;
  readonly #hub: LiveHub;
  readonly #started: number;

  constructor(
    sources: SlacSources,
    history: Pick<SlacHistory, 'list' | 'attempt'>,
    hub: LiveHub,
    started: number,
  ) {
    this.#sources = sources;
    this.#history = history;
    this.#hub = hub;
    this.#started = started;
    const known = (id: number | undefined): id is number =>
      id !== undefined && sources.ids().includes(id);
    hub.provide('slac', (id) => (known(id) ? this.live(id) : undefined));
    hub.provide('slacAttempt', (id) => (known(id) ? this.#current(id) : undefined));
  }

  /** Tells the browsers of what changes from now on. */
  watch(watch: SlacWatch): void {
    const { evse } = watch;
    watch.onChange(() => {
      if (this.#hub.hasSubscribers('slac', evse)) this.#hub.publish('slac', watch.live(), evse);
      if (this.#hub.hasSubscribers('slacAttempt', evse))
        this.#hub.publish('slacAttempt', this.#current(evse), evse);
    });
  }

  #current(evse: number): { attempt?: SlacAttempt } {
    const attempt = this.#sources.watch(evse)?.attemptView();
    return attempt ? { attempt } : {};
  }

  live(evse: number): SlacLive {
    this.#mustKnow(evse);
    const watch = this.#sources.watch(evse);
    if (watch) return watch.live();
    const none = { interfaceName: undefined, trouble: undefined, waiting: undefined };
    return toSlacLive(undefined, { evse, started: this.#started, attempt: undefined, ...none });
  }

  async list(
    evse: number,
    query: { limit: number; cursor?: string | undefined; evMac?: string | undefined },
  ): Promise<SlacAttemptPage> {
    this.#mustKnow(evse);
    return this.#history.list({ evse, ...query });
  }

  async attempt(evse: number, id: string): Promise<SlacAttempt> {
    return toSlacAttempt(await this.#find(evse, id), evse);
  }

  async pcap(evse: number, id: string): Promise<{ bytes: Uint8Array; name: string }> {
    const attempt = await this.#find(evse, id);
    const time = new Date(attempt.began).toISOString().replaceAll(/[:.]/g, '-');
    return { bytes: pcapOf(attempt), name: `slac-evse${evse}-${time}.pcap` };
  }

  async #find(evse: number, id: string): Promise<Attempt> {
    this.#mustKnow(evse);
    const current = this.#sources.watch(evse)?.attempt;
    // the one that runs, or is not on disk yet
    const attempt = current?.id === id ? current : await this.#history.attempt(evse, id);
    if (!attempt) throw notFound(`attempt ${id} of EVSE ${evse}`);
    return attempt;
  }

  #mustKnow(evse: number): void {
    if (!this.#sources.ids().includes(evse)) throw notFound(`EVSE ${evse}`);
  }
}
