import type { Permission, Role } from '@kerbside/contracts';

/** All times are wall time, milliseconds since 1970. */
export interface AccountRecord {
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly created: number;
  readonly lastLogin?: number;
}
export interface TokenRecord {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the secret, hex. */
  readonly secretHash: string;
  readonly scopes: readonly Permission[];
  readonly created: number;
  readonly expires?: number;
  readonly lastUsed?: number;
}
export interface LoginRecord {
  /** SHA-256 of the cookie, hex. */
  readonly hash: string;
  readonly account: string;
  readonly created: number;
  readonly lastSeen: number;
}
export interface AuditRecord {
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly object: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export type AccessChange =
  | { readonly change: 'account.put'; readonly account: AccountRecord }
  | { readonly change: 'account.delete'; readonly name: string }
  | { readonly change: 'token.put'; readonly token: TokenRecord }
  | { readonly change: 'token.delete'; readonly id: string }
  | { readonly change: 'login.put'; readonly login: LoginRecord }
  | { readonly change: 'login.delete'; readonly hash: string }
  | { readonly change: 'claim-code.put'; readonly hash: string }
  | { readonly change: 'audit'; readonly entry: AuditRecord };

export interface AccessRecords {
  readonly accounts: readonly AccountRecord[];
  readonly tokens: readonly TokenRecord[];
  readonly logins: readonly LoginRecord[];
  readonly claimCodeHash: string | undefined;
}

/** Accounts, tokens and logins on disk. */
export interface AccessStore {
  load(): AccessRecords;
  /** Resolves when all changes are on disk, in one transaction. */
  save(changes: readonly AccessChange[]): Promise<void>;
  /** For what may be lost in a power cut: last-seen times. */
  note(changes: readonly AccessChange[]): void;
}
