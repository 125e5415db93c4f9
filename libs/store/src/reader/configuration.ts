import type { AuthorizationStatus } from '@kerbside/charging';
import type { PrismaClient } from '../generated/client.ts';
import type { Reader } from './reader.ts';
import { json, page, plain } from './rows.ts';

type ConfigurationVerbs = Pick<
  Reader,
  'settings' | 'accounts' | 'tokens' | 'audit' | 'authorization' | 'pausedV2gSessions'
>;

export function configurationVerbs(db: PrismaClient): ConfigurationVerbs {
  return {
    async settings() {
      const rows = await db.setting.findMany({ orderBy: { key: 'asc' } });
      return rows.map((row) => plain(row));
    },
    async accounts() {
      const rows = await db.account.findMany({
        omit: { passwordHash: true },
        orderBy: { name: 'asc' },
      });
      return rows.map((row) => plain(row));
    },
    async tokens() {
      const rows = await db.apiToken.findMany({
        omit: { secretHash: true },
        orderBy: [{ created: 'asc' }, { id: 'asc' }],
      });
      return rows.map((row) => ({
        ...plain(row),
        scopes: JSON.parse(row.scopes) as string[],
      }));
    },
    async audit({ limit, cursor }) {
      const before = cursor !== undefined && /^\d{1,10}$/.test(cursor) ? Number(cursor) : undefined;
      const rows = await db.auditEntry.findMany({
        where: before === undefined ? {} : { id: { lt: before } },
        orderBy: { id: 'desc' },
        take: limit + 1,
      });
      return page(
        rows,
        limit,
        (row) => ({ ...plain(row), detail: json(row.detail) }),
        (row) => String(row.id),
      );
    },
    async authorization(idToken) {
      const row = await db.authorizationCache.findUnique({ where: { idToken } });
      if (!row) return undefined;
      const { status, ...rest } = plain(row);
      return { ...rest, status: status as AuthorizationStatus };
    },
    async pausedV2gSessions() {
      const rows = await db.pausedV2gSession.findMany({ orderBy: { evse: 'asc' } });
      return rows.map((row) => plain(row));
    },
  };
}
