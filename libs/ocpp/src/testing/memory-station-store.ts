import type { CachedCard, StationStore } from '../ports.ts';

/** What a station keeps, in memory: it outlives the stations that a test kills. */
export class MemoryStationStore implements StationStore {
  readonly settings = new Map<string, string>();
  readonly cards = new Map<string, CachedCard>();
  failing = false;

  async load() {
    this.#check();
    return { settings: Object.fromEntries(this.settings), cards: [...this.cards.values()] };
  }
  async putSetting(key: string, value: string): Promise<void> {
    this.#check();
    this.settings.set(key, value);
  }
  async putCard(card: CachedCard): Promise<void> {
    this.#check();
    this.cards.set(card.idToken, card);
  }
  async removeCard(idToken: string): Promise<void> {
    this.#check();
    this.cards.delete(idToken);
  }
  async clearCards(): Promise<void> {
    this.#check();
    this.cards.clear();
  }

  #check(): void {
    if (this.failing) throw new Error('disk full');
  }
}
