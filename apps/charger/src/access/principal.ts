import { type Permission, type Role, roleHolds } from '@kerbside/contracts';

/** Who asks: a person by login, or a program by API token. */
export type Principal =
  | {
      readonly by: 'login';
      readonly name: string;
      readonly role: Role;
      readonly loginHash: string;
      readonly expires: number;
    }
  | {
      readonly by: 'token';
      readonly name: string;
      readonly tokenId: string;
      readonly scopes: readonly Permission[];
    };

export function holds(principal: Principal, permission: Permission): boolean {
  return principal.by === 'login'
    ? roleHolds(principal.role, permission)
    : principal.scopes.includes(permission);
}

export const actorOf = (principal: Principal): string =>
  principal.by === 'login' ? principal.name : `token:${principal.name}`;
