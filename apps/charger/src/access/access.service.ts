import type { Role } from '@kerbside/contracts';
import type { Clock, Logger } from '@kerbside/kernel';
import { ProblemError } from '../http/problem.ts';
import { AttemptLimiter } from './attempt-limiter.ts';
import { hashPassword, verifyNothing, verifyPassword, weakness } from './password.ts';
import { PasswordTurns } from './password-turns.ts';
import { ApiTokens } from './api-tokens.ts';
import { AuditLog } from './audit-log.ts';
import { type Login, Logins } from './logins.ts';
import type { AccessStore, AccountRecord, AuditRecord } from './ports.ts';
import type { Principal } from './principal.ts';
import { hashSecret, matchesHash, newClaimCode, normalizeClaimCode } from './secrets.ts';

const weak = (field: string, reason: string) =>
  new ProblemError(400, 'weak-password', 'The password is too easy to guess', {
    detail: `The password ${reason}.`,
    errors: [{ pointer: `/${field}`, message: reason }],
  });

/** The claim of the unit, its accounts and their passwords. Memory is the live state, the store its record. */
export class AccessService {
  readonly #store: AccessStore;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #limiter: AttemptLimiter;
  readonly #turns = new PasswordTurns();
  readonly #accounts = new Map<string, AccountRecord>();
  readonly #audit: AuditLog;
  readonly logins: Logins;
  readonly tokens: ApiTokens;
  #claimCodeHash: string | undefined;
  #claiming = false;
  #ended: () => void = () => {};
  #claimed: () => void = () => {};

  constructor(store: AccessStore, clock: Clock, log: Logger) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.#limiter = new AttemptLimiter(() => clock.monotonic());
    const records = store.load();
    for (const account of records.accounts) this.#accounts.set(account.name, account);
    const ended = () => this.#ended();
    const audit = new AuditLog(store, clock);
    this.#audit = audit;
    this.logins = new Logins(records.logins, {
      store,
      clock,
      account: (name) => this.#accounts.get(name),
      ended,
    });
    this.tokens = new ApiTokens(records.tokens, { store, clock, audit, ended });
    this.#claimCodeHash = records.claimCodeHash;
  }

  /** Called when logins or tokens have ended, so that their open streams end too. */
  onAccessEnded(listener: () => void): void {
    this.#ended = listener;
  }

  /** Called when the unit gets its owner. */
  onClaimed(listener: () => void): void {
    this.#claimed = listener;
  }

  get claimed(): boolean {
    return this.#accounts.size > 0;
  }

  /** Makes a fresh claim code for an unclaimed unit; it is returned once and kept as a hash. */
  async renewClaimCode(): Promise<string | undefined> {
    if (this.claimed) return undefined;
    const code = newClaimCode();
    const hash = hashSecret(normalizeClaimCode(code));
    await this.#store.save([{ change: 'claim-code.put', hash }]);
    this.#claimCodeHash = hash;
    return code;
  }

  async claim(code: string, name: string, password: string, source: string): Promise<Login> {
    if (this.claimed || this.#claiming)
      throw new ProblemError(409, 'already-claimed', 'The unit has an owner already');
    this.#slowDown(`claim:${source}`);
    if (!this.#claimCodeHash || !matchesHash(normalizeClaimCode(code), this.#claimCodeHash)) {
      this.#limiter.failed(`claim:${source}`);
      this.#log.warn('access.claim-refused', { source });
      throw new ProblemError(403, 'wrong-claim-code', 'The claim code is not right', {
        errors: [{ pointer: '/code', message: 'not the code of this unit' }],
      });
    }
    this.#claiming = true;
    try {
      return await this.#makeOwner(name, password);
    } finally {
      this.#claiming = false;
    }
  }

  /** Claims the unit without a code: for the environment of an unattended start only. */
  async claimUnattended(name: string, password: string): Promise<boolean> {
    if (this.claimed) return false;
    await this.#makeOwner(name, password);
    return true;
  }

  async #makeOwner(name: string, password: string): Promise<Login> {
    const account = await this.#newAccount(name, 'admin', password);
    const login = this.logins.make(account);
    await this.#store.save([
      { change: 'account.put', account },
      { change: 'login.put', login: login.record },
      this.#audit.entry(name, 'unit.claimed', name, {}),
    ]);
    this.#accounts.set(name, account);
    this.logins.add(login);
    this.#log.info('access.claimed', { owner: name });
    this.#claimed();
    return login;
  }

  async login(name: string, password: string, source: string): Promise<Login> {
    const keys = [`login:${name}:${source}`, `source:${source}`];
    const account = await this.#turns.take(async () => {
      // asked when it is this try's turn: a hundred at once are slowed down like one after the other
      for (const key of keys) this.#slowDown(key);
      const right = await this.#checked(name, password);
      for (const key of keys)
        if (right) this.#limiter.succeeded(key);
        else this.#limiter.failed(key);
      return right;
    });
    if (!account) {
      this.#log.warn('access.login-failed', { source });
      this.#audit.note(name, 'login.failed', name, { source });
      throw new ProblemError(401, 'wrong-credentials', 'Name or password is not right');
    }
    const login = this.logins.make(account);
    const seen = { ...account, lastLogin: this.#clock.now() };
    this.#accounts.set(name, seen);
    this.logins.add(login);
    await this.#store.save([
      { change: 'account.put', account: seen },
      { change: 'login.put', login: login.record },
      this.#audit.entry(name, 'login', name, { source }),
    ]);
    return login;
  }

  /** The account as it stands once its password was found right. */
  async #checked(name: string, password: string): Promise<AccountRecord | undefined> {
    const before = this.#accounts.get(name);
    const right = before
      ? await verifyPassword(before.passwordHash, password)
      : await verifyNothing(password);
    const account = this.#accounts.get(name);
    // it may be gone, or have another password, since
    return right && account?.passwordHash === before?.passwordHash ? account : undefined;
  }

  #slowDown(key: string): void {
    const wait = this.#limiter.waitSeconds(key);
    if (wait > 0)
      throw new ProblemError(429, 'too-many-attempts', 'Too many attempts', {
        detail: `Try again in ${Math.ceil(wait)} s.`,
        retryAfter: wait,
      });
  }

  /** Whether this login or token still opens anything: for streams, which outlive a request. */
  stands(principal: Principal): boolean {
    return principal.by === 'token'
      ? this.tokens.stands(principal.tokenId)
      : this.logins.stands(principal.loginHash);
  }

  async changePassword(principal: Principal, current: string, next: string): Promise<void> {
    const account = principal.by === 'login' ? this.#accounts.get(principal.name) : undefined;
    if (principal.by !== 'login' || !account)
      throw new ProblemError(403, 'forbidden', 'An API token has no password');
    const key = `password:${account.name}`;
    const right = await this.#turns.take(async () => {
      this.#slowDown(key);
      const checked = await this.#checked(account.name, current);
      if (!checked) this.#limiter.failed(key);
      return checked;
    });
    if (!right)
      throw new ProblemError(403, 'wrong-password', 'The current password is not right', {
        errors: [{ pointer: '/current', message: 'not the current password' }],
      });
    const reason = weakness(next, account.name);
    if (reason) throw weak('next', reason);
    const passwordHash = await this.#turns.take(() => hashPassword(next));
    const latest = this.#accounts.get(account.name);
    if (!latest) throw new ProblemError(404, 'not-found', 'There is no such account');
    const changed = { ...latest, passwordHash };
    // at once, so that no login under way writes the account with the former password after this
    this.#accounts.set(account.name, changed);
    try {
      await this.#store.save([
        { change: 'account.put', account: changed },
        this.#audit.entry(account.name, 'password.changed', account.name, {}),
      ]);
    } catch (error) {
      this.#accounts.set(account.name, latest);
      throw error;
    }
    this.logins.endAllOf(account.name, principal.loginHash);
  }

  accounts(): readonly AccountRecord[] {
    return [...this.#accounts.values()];
  }

  async #newAccount(name: string, role: Role, password: string): Promise<AccountRecord> {
    const reason = weakness(password, name);
    if (reason) throw weak('password', reason);
    const created = this.#clock.now();
    const passwordHash = await this.#turns.take(() => hashPassword(password));
    return { name, role, passwordHash, created };
  }

  async createAccount(
    by: Principal,
    name: string,
    role: Role,
    password: string,
  ): Promise<AccountRecord> {
    const taken = () => {
      if (this.#accounts.has(name))
        throw new ProblemError(409, 'account-exists', 'There is an account of this name already', {
          errors: [{ pointer: '/name', message: 'taken' }],
        });
    };
    taken();
    const account = await this.#newAccount(name, role, password);
    taken();
    this.#accounts.set(name, account);
    try {
      await this.#store.save([
        { change: 'account.put', account },
        this.#audit.entry(by, 'account.created', name, { role }),
      ]);
    } catch (error) {
      this.#accounts.delete(name);
      throw error;
    }
    return account;
  }

  async deleteAccount(by: Principal, name: string): Promise<void> {
    const account = this.#accounts.get(name);
    if (!account) throw new ProblemError(404, 'not-found', 'There is no such account');
    const admins = [...this.#accounts.values()].filter((other) => other.role === 'admin');
    if (account.role === 'admin' && admins.length === 1)
      throw new ProblemError(409, 'last-admin', 'The last admin can not be removed');
    // at once, so that two who remove each other do not leave the unit without an admin
    this.#accounts.delete(name);
    try {
      await this.#store.save([
        { change: 'account.delete', name },
        this.#audit.entry(by, 'account.deleted', name, {}),
      ]);
    } catch (error) {
      this.#accounts.set(name, account);
      throw error;
    }
    this.logins.endAllOf(name);
  }

  /** Notes an action of a person or program for the audit list. */
  audit(by: Principal, action: string, object: string, detail: AuditRecord['detail']): void {
    this.#audit.note(by, action, object, detail);
  }
}
