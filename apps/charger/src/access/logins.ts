import type { Clock } from '@kerbside/kernel';
import type { AccessStore, AccountRecord, LoginRecord } from './ports.ts';
import type { Principal } from './principal.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { ABSOLUTE_MS, IDLE_MS, SEEN_STEP_MS } from './timings.ts';

const MAX_LOGINS = 200;

export interface Login {
  /** The secret for the browser; only its hash is kept. */
  readonly cookie: string;
  readonly record: LoginRecord;
  readonly principal: LoginPrincipal;
}
export type LoginPrincipal = Principal & { by: 'login' };

export interface LoginsOptions {
  readonly store: AccessStore;
  readonly clock: Clock;
  account(name: string): AccountRecord | undefined;
  /** A login has ended, and with it what it had opened. */
  ended(): void;
}

/** Browsers that are logged in. Memory is the live state, the store its record. */
export class Logins {
  readonly #options: LoginsOptions;
  readonly #logins = new Map<string, LoginRecord>();

  constructor(records: readonly LoginRecord[], options: LoginsOptions) {
    this.#options = options;
    for (const login of records) this.#logins.set(login.hash, login);
  }

  /** A new login, not in force before it is added. */
  make(account: AccountRecord): Login {
    const cookie = newSecret();
    const now = this.#options.clock.now();
    const record = { hash: hashSecret(cookie), account: account.name, created: now, lastSeen: now };
    return { cookie, record, principal: principalOf(record, account) };
  }

  /** Puts a login in force; the oldest one makes way where there are too many. */
  add({ record }: Login): void {
    if (this.#logins.size >= MAX_LOGINS) {
      const oldest = [...this.#logins.values()].toSorted((a, b) => a.lastSeen - b.lastSeen)[0];
      if (oldest) this.#forget(oldest.hash);
    }
    this.#logins.set(record.hash, record);
  }

  /** Who holds this cookie; undefined when it is unknown or has run out. */
  holder(cookie: string): LoginPrincipal | undefined {
    const hash = hashSecret(cookie);
    const record = this.#logins.get(hash);
    if (!record) return undefined;
    const { store, clock } = this.#options;
    const account = this.#options.account(record.account);
    const now = clock.now();
    const over = now > record.lastSeen + IDLE_MS || now > record.created + ABSOLUTE_MS;
    if (!account || over) {
      this.#forget(hash);
      return undefined;
    }
    if (now - record.lastSeen < SEEN_STEP_MS) return principalOf(record, account);
    const seen = { ...record, lastSeen: now };
    this.#logins.set(hash, seen);
    store.note([{ change: 'login.put', login: seen }]);
    return principalOf(seen, account);
  }

  /** Whether the login is there and within its longest time; a stream that it opened is no idling. */
  stands(hash: string): boolean {
    const login = this.#logins.get(hash);
    return login !== undefined && this.#options.clock.now() <= login.created + ABSOLUTE_MS;
  }

  async end(hash: string): Promise<void> {
    this.#forget(hash);
    await this.#options.store.save([{ change: 'login.delete', hash }]);
  }

  endAllOf(account: string, except?: string): void {
    for (const login of this.#logins.values())
      if (login.account === account && login.hash !== except) this.#forget(login.hash);
  }

  #forget(hash: string): void {
    this.#logins.delete(hash);
    this.#options.store.note([{ change: 'login.delete', hash }]);
    this.#options.ended();
  }
}

function principalOf(record: LoginRecord, account: AccountRecord): LoginPrincipal {
  const expires = Math.min(record.lastSeen + IDLE_MS, record.created + ABSOLUTE_MS);
  return { by: 'login', name: account.name, role: account.role, loginHash: record.hash, expires };
}
