import type { AccessChange, AccessRecords, AccessStore } from '../access/ports.ts';
import { ALL_PERMISSIONS, type Permission, type Role, ROLES } from '@kerbside/contracts';
import type { Operation, Store } from '@kerbside/store';

const CLAIM_CODE = 'unit.claim-code-hash';

function operationOf(change: AccessChange, now: number): Operation {
  switch (change.change) {
    case 'account.put':
      return { op: 'account.put', ...change.account };
    case 'account.delete':
      return { op: 'account.delete', name: change.name };
    case 'token.put':
      return { op: 'token.put', ...change.token };
    case 'token.delete':
      return { op: 'token.delete', id: change.id };
    case 'login.put':
      return { op: 'login.put', ...change.login };
    case 'login.delete':
      return { op: 'login.delete', hash: change.hash };
    case 'claim-code.put': {
      const value = JSON.stringify(change.hash);
      const origin = { source: 'unit', changedAt: now, changedBy: 'unit' };
      return { op: 'setting.put', key: CLAIM_CODE, value, ...origin };
    }
    case 'audit':
      return { op: 'audit.add', ...change.entry, detail: JSON.stringify(change.entry.detail) };
  }
}

/** A role that this version does not know gets the least rights. */
const roleOf = (name: string): Role => ROLES.find((role) => role === name) ?? 'viewer';
const isPermission = (scope: string): scope is Permission =>
  (ALL_PERMISSIONS as string[]).includes(scope);

/** Accounts, tokens and logins in the unit's database. */
export function accessStore(store: Store, now: () => number): AccessStore {
  return {
    load(): AccessRecords {
      const { accounts, tokens, logins, settings } = store.start;
      const code = settings.find((setting) => setting.key === CLAIM_CODE)?.value;
      return {
        accounts: accounts.map(({ lastLogin, ...account }) => ({
          ...account,
          role: roleOf(account.role),
          ...(lastLogin === undefined ? {} : { lastLogin }),
        })),
        tokens: tokens.map(({ expires, lastUsed, ...token }) => ({
          ...token,
          scopes: token.scopes.filter(isPermission),
          ...(expires === undefined ? {} : { expires }),
          ...(lastUsed === undefined ? {} : { lastUsed }),
        })),
        logins,
        claimCodeHash: code === undefined ? undefined : (JSON.parse(code) as string),
      };
    },
    async save(changes) {
      await store.commit(changes.map((change) => operationOf(change, now())));
    },
    note: (changes) => store.note(changes.map((change) => operationOf(change, now()))),
  };
}
