import type { Permission } from '@kerbside/contracts';
import type { Clock } from '@kerbside/kernel';
import { ProblemError } from '../http/problem.ts';
import type { AuditLog } from './audit-log.ts';
import type { AccessStore, TokenRecord } from './ports.ts';
import { holds, type Principal } from './principal.ts';
import { hashSecret, matchesHash, newSecret } from './secrets.ts';
import { SEEN_STEP_MS } from './timings.ts';

export interface ApiTokensOptions {
  readonly store: AccessStore;
  readonly clock: Clock;
  readonly audit: AuditLog;
  /** A token has ended, and with it what it had opened. */
  ended(): void;
}

/** Tokens of programs, `kbt_<id>_<secret>`. Memory is the live state, the store its record. */
export class ApiTokens {
  readonly #options: ApiTokensOptions;
  readonly #tokens = new Map<string, TokenRecord>();

  constructor(records: readonly TokenRecord[], options: ApiTokensOptions) {
    this.#options = options;
    for (const token of records) this.#tokens.set(token.id, token);
  }

  list(): readonly TokenRecord[] {
    return [...this.#tokens.values()];
  }

  /** Who holds this token; undefined when it is unknown or has run out. */
  holder(token: string): Principal | undefined {
    const match = /^kbt_([A-Za-z0-9-]{1,64})_([A-Za-z0-9_-]{16,64})$/.exec(token);
    const record = match && this.#tokens.get(match[1] as string);
    if (!record || !matchesHash(match[2] as string, record.secretHash)) return undefined;
    if (!this.stands(record.id)) return undefined;
    const now = this.#options.clock.now();
    if (now - (record.lastUsed ?? 0) > SEEN_STEP_MS) {
      const used = { ...record, lastUsed: now };
      this.#tokens.set(record.id, used);
      this.#options.store.note([{ change: 'token.put', token: used }]);
    }
    return { by: 'token', name: record.name, tokenId: record.id, scopes: record.scopes };
  }

  /** Whether the token is there and has not run out. */
  stands(id: string): boolean {
    const token = this.#tokens.get(id);
    if (!token) return false;
    return token.expires === undefined || this.#options.clock.now() <= token.expires;
  }

  /** Makes a token; `local` is whoever may open the control socket, and may give every scope. */
  async create(
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
    const { store, clock, audit } = this.#options;
    const secret = newSecret();
    const id = newSecret().replaceAll('_', '-').slice(0, 12);
    const record: TokenRecord = {
      id,
      name,
      secretHash: hashSecret(secret),
      scopes,
      created: clock.now(),
      ...(expires === undefined ? {} : { expires }),
    };
    await store.save([
      { change: 'token.put', token: record },
      audit.entry(by, 'token.created', name, { scopes }),
    ]);
    this.#tokens.set(id, record);
    return { record, token: `kbt_${id}_${secret}` };
  }

  async delete(by: Principal, id: string): Promise<void> {
    const { store, audit, ended } = this.#options;
    const record = this.#tokens.get(id);
    if (!record) throw new ProblemError(404, 'not-found', 'There is no such token');
    await store.save([
      { change: 'token.delete', id },
      audit.entry(by, 'token.deleted', record.name, {}),
    ]);
    this.#tokens.delete(id);
    ended();
  }
}
