import { z } from 'zod';
import { ALL_PERMISSIONS, ROLES, type Permission } from '../roles.ts';
import { instant } from './common.ts';

export const role = z.enum(ROLES);
export const permission = z.enum(ALL_PERMISSIONS as [Permission, ...Permission[]]);
export const accountName = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}._@ -]+$/u, 'letters, digits, space and . _ @ - only');
export const password = z.string().min(12, 'at least 12 characters').max(256);

export const claimState = z
  .object({
    claimed: z.boolean(),
    bench: z.boolean(),
    unit: z.string().meta({ description: 'name of the unit, the OCPP identity' }),
    version: z.string(),
  })
  .meta({ id: 'ClaimState' });
export type ClaimState = z.infer<typeof claimState>;

export const claimRequest = z
  .object({
    code: z.string().trim().min(1).meta({ description: 'claim code of this unit' }),
    name: accountName,
    password,
  })
  .strict()
  .meta({ id: 'ClaimRequest' });
export type ClaimRequest = z.infer<typeof claimRequest>;

export const loginRequest = z
  .object({ name: z.string().min(1).max(64), password: z.string().min(1).max(256) })
  .strict()
  .meta({ id: 'LoginRequest' });
export type LoginRequest = z.infer<typeof loginRequest>;

export const me = z
  .object({ name: z.string(), role, permissions: z.array(permission), expires: instant })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

export const account = z
  .object({ name: z.string(), role, created: instant, lastLogin: instant.optional() })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof account>;

export const accountCreate = z
  .object({ name: accountName, role, password })
  .strict()
  .meta({ id: 'AccountCreate' });
export const passwordChange = z
  .object({ current: z.string().min(1).max(256), next: password })
  .strict()
  .meta({ id: 'PasswordChange' });

export const apiToken = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(permission),
    created: instant,
    expires: instant.optional(),
    lastUsed: instant.optional(),
  })
  .meta({ id: 'ApiToken' });
export type ApiToken = z.infer<typeof apiToken>;

export const apiTokenCreate = z
  .object({
    name: z.string().trim().min(1).max(64),
    scopes: z.array(permission).min(1),
    expires: instant.optional(),
  })
  .strict()
  .meta({ id: 'ApiTokenCreate' });
export const apiTokenCreated = apiToken
  .extend({ token: z.string().meta({ description: 'shown once' }) })
  .meta({ id: 'ApiTokenCreated' });

export const auditEntry = z
  .object({
    id: z.number().int(),
    at: instant,
    actor: z.string(),
    action: z.string(),
    object: z.string(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntry>;
