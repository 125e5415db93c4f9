import type { Permission, Role } from '@kerbside/contracts';
import type { Clock, Logger } from '@kerbside/kernel';
import { ProblemError } from '../http/problem.ts';
import { AttemptLimiter } from './attempt-limiter.ts';
import { hashPassword, verifyNothing, verifyPassword, weakness } from './password.ts';
import { PasswordTurns } from './password-turns.ts';
import type {
  AccessChange,
  AccessStore,
  AccountRecord,
  AuditRecord,
  LoginRecord,
  TokenRecord,
} from './ports.ts';
import { actorOf, holds, type Principal } from './principal.ts';
import { hashSecret, matchesHash, newClaimCode, newSecret, normalizeClaimCode } from './secrets.ts';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;
const SEEN_STEP_MS = 60_000;
const MAX_LOGINS = 200;

const weak = (field: string, reason: string) =>
  new ProblemError(400, 'weak-password', 'The password is too easy to guess', {
    detail: `The password ${reason}.`,
    errors: [{ pointer: `/${field}`, message: reason }],
  });

/** Accounts, logins, API tokens and the claim of the unit. Memory is the live state, the store its record. */
export class AccessService {
  readonly #store: AccessStore;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #limiter: AttemptLimiter;
  readonly #turns = new PasswordTurns();
  readonly #accounts = new Map<string, AccountRecord>();
  readonly #tokens = new Map<string, TokenRecord>();
  readonly #logins = new Map<string, LoginRecord>();
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
    for (const token of records.tokens) this.#tokens.set(token.id, token);
    for (const login of records.logins) this.#logins.set(login.hash, login);
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
    const login = this.#newLogin(account);
    await this.#store.save([
      { change: 'account.put', account },
      { change: 'login.put', login: login.record },
      this.#audit(name, 'unit.claimed', name, {}),
    ]);
    this.#accounts.set(name, account);
    this.#logins.set(login.record.hash, login.record);
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
      this.#store.note([this.#audit(name, 'login.failed', name, { source })]);
      throw new ProblemError(401, 'wrong-credentials', 'Name or password is not right');
    }
    const login = this.#newLogin(account);
    const seen = { ...account, lastLogin: this.#clock.now() };
    this.#accounts.set(name, seen);
    this.#logins.set(login.record.hash, login.record);
    await this.#store.save([
      { change: 'account.put', account: seen },
      { change: 'login.put', login: login.record },
      this.#audit(name, 'login', name, { source }),
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

  #newLogin(account: AccountRecord): Login {
    const cookie = newSecret();
    const now = this.#clock.now();
    const record = { hash: hashSecret(cookie), account: account.name, created: now, lastSeen: now };
    if (this.#logins.size >= MAX_LOGINS) this.#dropOldestLogin();
    return { cookie, record, principal: this.#principalOf(record, account) };
  }

  #dropOldestLogin(): void {
    const oldest = [...this.#logins.values()].sort((a, b) => a.lastSeen - b.lastSeen)[0];
    if (oldest) this.#forget(oldest.hash);
  }

  #principalOf(record: LoginRecord, account: AccountRecord): Principal & { by: 'login' } {
    const expires = Math.min(record.lastSeen + IDLE_MS, record.created + ABSOLUTE_MS);
    return { by: 'login', name: account.name, role: account.role, loginHash: record.hash, expires };
  }

  /** Who holds this cookie; undefined when it is unknown or has run out. */
  byCookie(cookie: string): (Principal & { by: 'login' }) | undefined {
    const hash = hashSecret(cookie);
    const record = this.#logins.get(hash);
    if (!record) return undefined;
    const account = this.#accounts.get(record.account);
    const now = this.#clock.now();
    const over = now > record.lastSeen + IDLE_MS || now > record.created + ABSOLUTE_MS;
    if (!account || over) {
      this.#forget(hash);
      return undefined;
    }
    if (now - record.lastSeen < SEEN_STEP_MS) return this.#principalOf(record, account);
    const seen = { ...record, lastSeen: now };
    this.#logins.set(hash, seen);
    this.#store.note([{ change: 'login.put', login: seen }]);
    return this.#principalOf(seen, account);
  }

  /** Who holds this API token, `kbt_<id>_<secret>`. */
  byToken(token: string): Principal | undefined {
    const match = /^kbt_([A-Za-z0-9-]{1,64})_([A-Za-z0-9_-]{16,64})$/.exec(token);
    const record = match && this.#tokens.get(match[1] as string);
    if (!record || !matchesHash(match[2] as string, record.secretHash)) return undefined;
    const now = this.#clock.now();
    if (record.expires !== undefined && now > record.expires) return undefined;
    if (now - (record.lastUsed ?? 0) > SEEN_STEP_MS) {
      const used = { ...record, lastUsed: now };
      this.#tokens.set(record.id, used);
      this.#store.note([{ change: 'token.put', token: used }]);
    }
    return { by: 'token', name: record.name, tokenId: record.id, scopes: record.scopes };
  }

  async logout(principal: Principal): Promise<void> {
    if (principal.by !== 'login') return;
    this.#forget(principal.loginHash);
    await this.#store.save([{ change: 'login.delete', hash: principal.loginHash }]);
  }

  #forget(hash: string): void {
    this.#logins.delete(hash);
    this.#store.note([{ change: 'login.delete', hash }]);
    this.#ended();
  }

  /** Whether this login or token still opens anything: for streams, which outlive a request. */
  stands(principal: Principal): boolean {
    const now = this.#clock.now();
    if (principal.by === 'token') {
      const token = this.#tokens.get(principal.tokenId);
      return token !== undefined && (token.expires === undefined || now <= token.expires);
    }
    const login = this.#logins.get(principal.loginHash);
    return login !== undefined && now <= login.created + ABSOLUTE_MS;
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
        this.#audit(account.name, 'password.changed', account.name, {}),
      ]);
    } catch (error) {
      this.#accounts.set(account.name, latest);
      throw error;
    }
    this.#endLogins(account.name, principal.loginHash);
  }

  #endLogins(account: string, except?: string): void {
    for (const login of this.#logins.values())
      if (login.account === account && login.hash !== except) this.#forget(login.hash);
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
        this.#audit(actorOf(by), 'account.created', name, { role }),
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
        this.#audit(actorOf(by), 'account.deleted', name, {}),
      ]);
    } catch (error) {
      this.#accounts.set(name, account);
      throw error;
    }
    this.#endLogins(name);
  }

  tokens(): readonly TokenRecord[] {
    return [...this.#tokens.values()];
  }

  /** Makes an API token; `local` is whoever may open the control socket, and may give every scope. */
  async createToken(
    by: Principal | 'local',
    name: string,
    scopes: readonly Permission[],
    expires?: number,
  ): Promise<{ readonly record: TokenRecord; readonly token: string }> {
    const beyond = by === 'local' ? undefined : scopes.find((scope) => !holds(by, scope));
    if (beyond)
      throw new ProblemError(403, 'forbidden', 'Not permitted', {
        detail: `Nobody passes on what he does not hold: ${beyond}.`,
      });
    const secret = newSecret();
    const id = newSecret().replaceAll('_', '-').slice(0, 12);
    const record: TokenRecord = {
      id,
      name,
      secretHash: hashSecret(secret),
      scopes,
      created: this.#clock.now(),
      ...(expires === undefined ? {} : { expires }),
    };
    await this.#store.save([
      { change: 'token.put', token: record },
      this.#audit(by === 'local' ? by : actorOf(by), 'token.created', name, { scopes }),
    ]);
    this.#tokens.set(id, record);
    return { record, token: `kbt_${id}_${secret}` };
  }

  async deleteToken(by: Principal, id: string): Promise<void> {
    const record = this.#tokens.get(id);
    if (!record) throw new ProblemError(404, 'not-found', 'There is no such token');
    await this.#store.save([
      { change: 'token.delete', id },
      this.#audit(actorOf(by), 'token.deleted', record.name, {}),
    ]);
    this.#tokens.delete(id);
    this.#ended();
  }

  /** Notes an action of a person or program for the audit list. */
  audit(by: Principal, action: string, object: string, detail: AuditRecord['detail']): void {
    this.#store.note([this.#audit(actorOf(by), action, object, detail)]);
  }

  #audit(
    actor: string,
    action: string,
    object: string,
    detail: AuditRecord['detail'],
  ): AccessChange {
    const entry = { at: this.#clock.now(), actor, action, object, detail };
    return { change: 'audit', entry };
  }
}

export interface Login {
  /** The secret for the browser; only its hash is kept. */
  readonly cookie: string;
  readonly record: LoginRecord;
  readonly principal: Principal & { by: 'login' };
}
