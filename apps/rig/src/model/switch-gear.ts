/** A contactor: it moves some time after the order, and may stick or weld. */
export class Contactor {
  static readonly CLOSE_MS = 40;
  static readonly OPEN_MS = 20;
  #position: 'closed' | 'open' = 'open';
  #ordered: 'closed' | 'open' = 'open';
  #moves = 0;
  #failedToOpen = false;
  stuckOpen = false;
  welded = false;

  order(to: 'closed' | 'open'): void {
    if (to === this.#ordered && to === this.#position) return;
    if (to !== this.#ordered || this.#moves <= 0)
      this.#moves = to === 'closed' ? Contactor.CLOSE_MS : Contactor.OPEN_MS;
    this.#ordered = to;
  }

  step(dtMs: number): void {
    if (this.#failedToOpen && !this.welded) {
      this.#failedToOpen = false;
      this.#position = 'open';
    }
    if (this.#ordered === this.#position || this.#failedToOpen) return;
    this.#moves -= dtMs;
    if (this.#moves > 0) return;
    if (this.#ordered === 'closed') this.#position = this.stuckOpen ? 'open' : 'closed';
    else if (this.welded) this.#failedToOpen = true;
    else this.#position = 'open';
  }

  get conducts(): boolean {
    return this.#position === 'closed';
  }

  get ordered(): 'closed' | 'open' {
    return this.#ordered;
  }

  get state(): 'closed' | 'open' | 'welded' {
    return this.#failedToOpen ? 'welded' : this.#position;
  }
}

/** The motor that locks the plug. */
export class LockMotor {
  static readonly MOVE_MS = 150;
  #locked = false;
  #ordered = false;
  #moves = 0;
  broken = false;
  #failed = false;

  order(locked: boolean): void {
    this.#ordered = locked;
    this.#moves = LockMotor.MOVE_MS;
  }

  step(dtMs: number): void {
    if (this.#moves <= 0) return;
    this.#moves -= dtMs;
    if (this.#moves > 0) return;
    this.#failed = this.broken && this.#locked !== this.#ordered;
    if (!this.#failed) this.#locked = this.#ordered;
  }

  get state(): 'locked' | 'unlocked' | 'failed' {
    if (this.#failed) return 'failed';
    return this.#locked ? 'locked' : 'unlocked';
  }
}
