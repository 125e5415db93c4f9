import { z } from 'zod';
import type { Permission } from '../roles.ts';
import * as access from './access.ts';
import * as bench from './bench.ts';
import { evseId } from './common.ts';
import * as evses from './evse.ts';
import * as installation from './installation.ts';
import * as sessions from './session.ts';
import * as slac from './slac.ts';
import * as system from './system.ts';
import * as vas from './vas.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Route {
  readonly method: Method;
  /** Below /api/v1, with parameters as {name}. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** `public` needs no account; `self` any logged-in account. */
  readonly permission: Permission | 'public' | 'self';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** `none` answers 204, `pcap` a capture file. */
  readonly response: z.ZodType | 'none' | 'text' | 'pcap';
  /** Only on the bench: 404 elsewhere. */
  readonly bench?: true;
}

const route = <const R extends Route>(value: R): R => value;
/** A page; `next` of the page before is its cursor, and anything else is an error, not the first or an empty page. */
const page = (limit: number, cursor = /^\d{1,15}$/) =>
  z.object({
    limit: z.coerce.number().int().min(1).max(500).default(limit),
    cursor: z.string().max(200).regex(cursor, 'not the `next` of a page').optional(),
  });
const evse = z.object({ id: evseId });
const attempt = z.object({ id: evseId, attempt: z.string().min(1).max(64) });

/** Every route of the REST API: what validates, who may, what comes back. Base path: /api/v1 */
export const routes = {
  getHealth: route({
    method: 'GET',
    path: '/health',
    summary: 'Health of the unit, part by part',
    tag: 'system',
    permission: 'public',
    response: system.health,
  }),
  getMetrics: route({
    method: 'GET',
    path: '/metrics',
    summary: 'Metrics in the Prometheus text format',
    tag: 'system',
    permission: 'metrics.read',
    response: 'text',
  }),
  getOpenApi: route({
    method: 'GET',
    path: '/openapi.json',
    summary: 'This API as an OpenAPI 3.1 document',
    tag: 'system',
    permission: 'public',
    response: z.record(z.string(), z.unknown()),
  }),
  getClaim: route({
    method: 'GET',
    path: '/claim',
    summary: 'Whether the unit has an owner yet',
    tag: 'access',
    permission: 'public',
    response: access.claimState,
  }),
  claim: route({
    method: 'POST',
    path: '/claim',
    summary: 'Claim the unit: sets the owner and logs in',
    tag: 'access',
    permission: 'public',
    body: access.claimRequest,
    response: access.me,
  }),
  login: route({
    method: 'POST',
    path: '/login',
    summary: 'Log in; sets the session cookie',
    tag: 'access',
    permission: 'public',
    body: access.loginRequest,
    response: access.me,
  }),
  logout: route({
    method: 'POST',
    path: '/logout',
    summary: 'End this login',
    tag: 'access',
    permission: 'self',
    response: 'none',
  }),
  getMe: route({
    method: 'GET',
    path: '/me',
    summary: 'Who is logged in, and what they may',
    tag: 'access',
    permission: 'self',
    response: access.me,
  }),
  changePassword: route({
    method: 'PUT',
    path: '/me/password',
    summary: 'Change the own password; ends all other logins',
    tag: 'access',
    permission: 'self',
    body: access.passwordChange,
    response: 'none',
  }),
  listAccounts: route({
    method: 'GET',
    path: '/accounts',
    summary: 'All accounts',
    tag: 'access',
    permission: 'users.manage',
    response: z.array(access.account),
  }),
  createAccount: route({
    method: 'POST',
    path: '/accounts',
    summary: 'Add an account',
    tag: 'access',
    permission: 'users.manage',
    body: access.accountCreate,
    response: access.account,
  }),
  deleteAccount: route({
    method: 'DELETE',
    path: '/accounts/{name}',
    summary: 'Remove an account and its logins; the last admin stays',
    tag: 'access',
    permission: 'users.manage',
    params: z.object({ name: z.string().min(1).max(64) }),
    response: 'none',
  }),
  listTokens: route({
    method: 'GET',
    path: '/tokens',
    summary: 'All API tokens, without their secrets',
    tag: 'access',
    permission: 'tokens.manage',
    response: z.array(access.apiToken),
  }),
  createToken: route({
    method: 'POST',
    path: '/tokens',
    summary: 'Make an API token; its secret is shown once',
    tag: 'access',
    permission: 'tokens.manage',
    body: access.apiTokenCreate,
    response: access.apiTokenCreated,
  }),
  deleteToken: route({
    method: 'DELETE',
    path: '/tokens/{id}',
    summary: 'Revoke an API token',
    tag: 'access',
    permission: 'tokens.manage',
    params: z.object({ id: z.string().min(1).max(64) }),
    response: 'none',
  }),
  listAudit: route({
    method: 'GET',
    path: '/audit',
    summary: 'Who changed what, newest first',
    tag: 'access',
    permission: 'audit.read',
    query: page(100),
    response: z.object({ items: z.array(access.auditEntry), next: z.string().optional() }),
  }),
  listEvses: route({
    method: 'GET',
    path: '/evses',
    summary: 'Live state of every EVSE',
    tag: 'evses',
    permission: 'status.read',
    response: z.array(evses.evse),
  }),
  getEvse: route({
    method: 'GET',
    path: '/evses/{id}',
    summary: 'Live state of one EVSE',
    tag: 'evses',
    permission: 'status.read',
    params: evse,
    response: evses.evse,
  }),
  commandEvse: route({
    method: 'POST',
    path: '/evses/{id}/commands',
    summary: 'Start, stop, unlock, availability, limit, reset a fault, wake a paused car',
    tag: 'evses',
    permission: 'evse.operate',
    params: evse,
    body: evses.evseCommand,
    response: evses.commandAnswer,
  }),
  getConfiguration: route({
    method: 'GET',
    path: '/installation/settings',
    summary: 'Every setting with its value, where that comes from, and its range',
    tag: 'installation',
    permission: 'config.read',
    response: installation.configuration,
  }),
  putUnitSettings: route({
    method: 'PUT',
    path: '/installation/settings',
    summary: 'Replace the settings of the unit; takes effect at the next start',
    tag: 'installation',
    permission: 'config.write',
    body: installation.unitSettings,
    response: installation.configuration,
  }),
  getSlacSettings: route({
    method: 'GET',
    path: '/installation/evses/{id}/slac',
    summary: 'SLAC of one EVSE: every setting with its source and range',
    tag: 'installation',
    permission: 'config.read',
    params: evse,
    response: installation.evseConfiguration,
  }),
  putSlacSettings: route({
    method: 'PUT',
    path: '/installation/evses/{id}/slac',
    summary: 'Replace the SLAC settings of one EVSE; takes effect from its next matching on',
    tag: 'installation',
    permission: 'config.write',
    params: evse,
    body: installation.slacSettings,
    response: installation.evseConfiguration,
  }),
  importPyslac: route({
    method: 'PUT',
    path: '/installation/pyslac',
    summary: 'Take EVSE ids and interfaces over from pySLAC’s cs_configuration.json',
    tag: 'installation',
    permission: 'config.write',
    body: z.looseObject({}).meta({ description: 'the document as it is' }),
    response: installation.pyslacImported,
  }),
  getSlac: route({
    method: 'GET',
    path: '/evses/{id}/slac',
    summary: 'SLAC of one EVSE now: state, what it waits for and how long, modem',
    tag: 'slac',
    permission: 'status.read',
    params: evse,
    response: slac.slacLive,
  }),
  listSlacAttempts: route({
    method: 'GET',
    path: '/evses/{id}/slac/attempts',
    summary: 'Attempts to match a car, newest first',
    tag: 'slac',
    permission: 'sessions.read',
    params: evse,
    query: page(25, /^\d{1,15}\..+$/).extend({
      evMac: z
        .string()
        .toLowerCase()
        .regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'an address such as 02:00:00:00:e0:01')
        .optional(),
    }),
    response: slac.slacAttemptPage,
  }),
  getSlacAttempt: route({
    method: 'GET',
    path: '/evses/{id}/slac/attempts/{attempt}',
    summary: 'One attempt: frames, times, attenuation, verdict',
    tag: 'slac',
    permission: 'messages.read',
    params: attempt,
    response: slac.slacAttempt,
  }),
  getSlacPcap: route({
    method: 'GET',
    path: '/evses/{id}/slac/attempts/{attempt}/pcap',
    summary: 'The frames of one attempt as a capture file, keys zeroed',
    tag: 'slac',
    permission: 'messages.read',
    params: attempt,
    response: 'pcap',
  }),
  listSessions: route({
    method: 'GET',
    path: '/sessions',
    summary: 'Sessions, newest first',
    tag: 'sessions',
    permission: 'sessions.read',
    query: page(50, /^\d{1,15}\..+$/).extend({ evse: evseId.optional() }),
    response: sessions.sessionPage,
  }),
  getSession: route({
    method: 'GET',
    path: '/sessions/{id}',
    summary: 'One session with its transactions',
    tag: 'sessions',
    permission: 'sessions.read',
    params: z.object({ id: z.string().min(1).max(64) }),
    response: sessions.session,
  }),
  getTimeline: route({
    method: 'GET',
    path: '/sessions/{id}/timeline',
    summary: 'The journal of one session, oldest first',
    tag: 'sessions',
    permission: 'sessions.read',
    params: z.object({ id: z.string().min(1).max(64) }),
    query: page(500).extend({ source: sessions.timelineSource.optional() }),
    response: sessions.timelinePage,
  }),
  listJournal: route({
    method: 'GET',
    path: '/journal',
    summary: 'The journal of the whole unit, newest first: also what belongs to no session',
    tag: 'sessions',
    permission: 'messages.read',
    query: page(100).extend({ evse: evseId.optional() }),
    response: sessions.timelinePage,
  }),
  getOcppStatus: route({
    method: 'GET',
    path: '/ocpp/status',
    summary: 'Connection to the back-end, its attempts, the queue',
    tag: 'ocpp',
    permission: 'status.read',
    response: system.ocppStatus,
  }),
  getVas: route({
    method: 'GET',
    path: '/vas',
    summary: 'Internet for vehicles: uplink, and the state of each EVSE',
    tag: 'vas',
    permission: 'status.read',
    response: vas.vasStatus,
  }),
  planVas: route({
    method: 'POST',
    path: '/vas/plan',
    summary: 'What would be changed on this machine for a vehicle; changes nothing',
    tag: 'vas',
    permission: 'config.read',
    body: vas.vasPlanRequest,
    response: vas.vasPlanAnswer,
  }),
  getVasSettings: route({
    method: 'GET',
    path: '/vas/settings',
    summary: 'Settings of the internet service',
    tag: 'vas',
    permission: 'config.read',
    response: vas.vasSettings,
  }),
  putVasSettings: route({
    method: 'PUT',
    path: '/vas/settings',
    summary: 'Change the settings; vehicles that are online are connected anew',
    tag: 'vas',
    permission: 'config.write',
    body: vas.vasSettings,
    response: vas.vasSettings,
  }),
  testVas: route({
    method: 'POST',
    path: '/vas/self-test',
    summary: 'A throw-away namespace plays the vehicle and tells what it reaches',
    tag: 'vas',
    permission: 'config.write',
    response: vas.vasSelfTest,
  }),
  getBench: route({
    method: 'GET',
    path: '/bench',
    summary: 'State of the rig and its vehicles',
    tag: 'bench',
    permission: 'status.read',
    response: bench.benchState,
    bench: true,
  }),
  benchPilot: route({
    method: 'POST',
    path: '/bench/evses/{id}/pilot',
    summary: 'Set the control pilot as a vehicle would',
    tag: 'bench',
    permission: 'bench.operate',
    params: evse,
    body: bench.benchPilot,
    response: 'none',
    bench: true,
  }),
  benchToken: route({
    method: 'POST',
    path: '/bench/evses/{id}/token',
    summary: 'Present a token at the reader',
    tag: 'bench',
    permission: 'bench.operate',
    params: evse,
    body: bench.benchToken,
    response: 'none',
    bench: true,
  }),
  benchVehicle: route({
    method: 'POST',
    path: '/bench/evses/{id}/vehicle',
    summary: 'Plug in, unplug, stop, pause or wake the simulated vehicle',
    tag: 'bench',
    permission: 'bench.operate',
    params: evse,
    body: bench.benchVehicle,
    response: 'none',
    bench: true,
  }),
  benchFault: route({
    method: 'POST',
    path: '/bench/evses/{id}/faults',
    summary: 'Inject or clear a fault of the hardware',
    tag: 'bench',
    permission: 'bench.operate',
    params: evse,
    body: bench.benchFaultRequest,
    response: 'none',
    bench: true,
  }),
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
type Input<T> = T extends z.ZodType ? z.input<T> : never;
/** What a client passes to a route. */
export type RouteRequest<N extends RouteName> = (Routes[N] extends { params: infer P }
  ? { params: Input<P> }
  : { params?: undefined }) &
  (Routes[N] extends { query: infer Q } ? { query?: Input<Q> } : { query?: undefined }) &
  (Routes[N] extends { body: infer B } ? { body: Input<B> } : { body?: undefined });
/** What a client gets from a route. */
export type RouteResponse<N extends RouteName> = Routes[N]['response'] extends infer R
  ? R extends z.ZodType
    ? z.output<R>
    : R extends 'text'
      ? string
      : R extends 'pcap'
        ? ArrayBuffer
        : undefined
  : never;
