/** Each role may do all that the roles before it may. */
export const ROLES = ['viewer', 'operator', 'technician', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The least role that holds each permission. API tokens carry permissions themselves, as scopes. */
export const PERMISSIONS = {
  'status.read': 'viewer',
  'sessions.read': 'viewer',
  'metrics.read': 'viewer',
  'evse.operate': 'operator',
  'messages.read': 'operator',
  'bench.operate': 'operator',
  'config.read': 'technician',
  'config.write': 'technician',
  'users.manage': 'admin',
  'tokens.manage': 'admin',
  'audit.read': 'admin',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof PERMISSIONS;
export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as Permission[];

export function roleHolds(role: Role, permission: Permission): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(PERMISSIONS[permission]);
}

export const permissionsOf = (role: Role): Permission[] =>
  ALL_PERMISSIONS.filter((permission) => roleHolds(role, permission));
