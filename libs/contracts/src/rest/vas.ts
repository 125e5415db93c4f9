import { z } from 'zod';
import { instant } from './common.ts';

const interfaceName = z.string().regex(/^[A-Za-z0-9_.-]{1,15}$/, 'a name of an interface');
/** No IPv4 address in an IPv6 one: every tool is to read the same. */
const plainIpv6 = z.ipv6().refine((text) => !text.includes('.'), 'without an IPv4 part');
const address = z.union([z.ipv4(), plainIpv6]);
const hostname = z
  .string()
  .max(253)
  .regex(
    /^(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/i,
    'a network, an address or a name such as maps.example',
  );

/** How the internet service is set; the EV interfaces are the installation's. */
export const vasSettings = z
  .object({
    enabled: z.boolean(),
    name: z
      .string()
      .regex(/^[\x20-\x7e]{1,32}$/, '1 to 32 printable characters')
      .meta({
        description: 'ServiceName in ServiceDiscoveryRes',
      }),
    free: z.boolean().meta({ description: 'FreeService in ServiceDiscoveryRes' }),
    uplink: interfaceName
      .nullable()
      .meta({ description: 'interface to the internet; null: the one of the default route' }),
    http: z.boolean().meta({ description: 'parameter set 3, port 80' }),
    https: z.boolean().meta({ description: 'parameter set 4, port 443' }),
    ipv4: z.boolean().meta({ description: 'IPv4 by DHCP, beside IPv6' }),
    resolvers: z.array(address).max(6).meta({ description: 'empty: those of the uplink' }),
    allow: z
      .array(z.union([address, z.cidrv4(), z.cidrv6(), hostname]))
      .max(64)
      .meta({ description: 'destinations; empty: all public addresses' }),
    privateNetworks: z
      .boolean()
      .meta({ description: 'let vehicles reach private addresses beyond the uplink' }),
    delegatedPrefix: z
      .cidrv6()
      .nullable()
      .meta({ description: 'a prefix routed to this unit: no NAT for IPv6' }),
    rate: z
      .number()
      .int()
      .min(64)
      .max(1_000_000)
      .nullable()
      .meta({ description: 'kbit/s, each way' }),
    quota: z
      .number()
      .int()
      .min(1_000_000)
      .nullable()
      .meta({ description: 'bytes of one session, both ways' }),
  })
  .strict()
  .meta({ id: 'VasSettings' });
export type VasSettings = z.infer<typeof vasSettings>;

export const VAS_STATES = [
  'off',
  'announced',
  'selected',
  'applying',
  'up',
  'removing',
  'failed',
] as const;
export type VasState = (typeof VAS_STATES)[number];

export const vasNote = z
  .object({ code: z.string().meta({ description: 'stable key' }), text: z.string() })
  .meta({ id: 'VasNote' });
export type VasNote = z.infer<typeof vasNote>;

export const vasPlan = z
  .object({
    interface: z.string(),
    uplink: z.string(),
    ports: z.array(z.number().int()),
    ipv6: z.object({ address: z.string(), prefix: z.string(), nat: z.boolean() }),
    ipv4: z.object({ address: z.string(), network: z.string() }).optional(),
    resolvers: z.array(z.string()),
    notes: z.array(vasNote),
    steps: z.array(
      z.object({
        what: z.string(),
        inverse: z.string(),
        shared: z.boolean().meta({ description: 'done once for all EVSEs, undone by the last' }),
        lines: z.array(z.string()).meta({ description: 'rules, or the configuration of a daemon' }),
      }),
    ),
  })
  .meta({ id: 'VasPlan' });
export type VasPlanView = z.infer<typeof vasPlan>;

export const vasUsage = z
  .object({
    bytesUp: z.number(),
    packetsUp: z.number(),
    bytesDown: z.number(),
    packetsDown: z.number(),
    refused: z.number().meta({ description: 'packets from the vehicle that were dropped' }),
  })
  .meta({ id: 'VasUsage' });
export type VasUsage = z.infer<typeof vasUsage>;

export const vasEvse = z
  .object({
    evse: z.number().int(),
    interface: z.string().optional(),
    state: z.enum(VAS_STATES),
    since: instant,
    reason: vasNote.optional(),
    session: z.string().optional(),
    plan: vasPlan.optional(),
    usage: vasUsage.optional(),
    leases: z.array(
      z.object({ address: z.string(), mac: z.string(), hostname: z.string().optional() }),
    ),
    neighbours: z.array(z.object({ address: z.string(), mac: z.string().optional() })),
    rules: z.array(z.string()).meta({ description: 'as they stand in the packet filter now' }),
  })
  .meta({ id: 'VasEvse' });
export type VasEvse = z.infer<typeof vasEvse>;

export const vasStatus = z
  .object({
    uplink: z.object({
      interface: z.string().optional(),
      ipv4: z.boolean().meta({ description: 'it has a default route' }),
      ipv6: z.boolean(),
      resolvers: z.array(z.string()),
    }),
    missing: z.array(z.object({ tool: z.string(), package: z.string() })).meta({
      description: 'tools that are not installed, and the Debian packages that hold them',
    }),
    evses: z.array(vasEvse),
  })
  .meta({ id: 'VasStatus' });
export type VasStatus = z.infer<typeof vasStatus>;

export const vasPlanRequest = z
  .object({
    evse: z.number().int().min(1).max(64),
    ports: z
      .array(z.union([z.literal(80), z.literal(443)]))
      .min(1)
      .max(2)
      .default([80, 443]),
  })
  .strict()
  .meta({ id: 'VasPlanRequest' });

export const vasPlanAnswer = z
  .union([z.object({ plan: vasPlan }), z.object({ problem: vasNote })])
  .meta({ id: 'VasPlanAnswer' });
export type VasPlanAnswer = z.infer<typeof vasPlanAnswer>;

export const vasCheck = z.object({
  check: z.string().meta({ description: 'stable key' }),
  result: z.enum(['passed', 'failed', 'skipped']),
  detail: z.string(),
});
export const vasSelfTest = z
  .object({ passed: z.boolean(), checks: z.array(vasCheck), tookMs: z.number() })
  .meta({ id: 'VasSelfTest' });
export type VasSelfTest = z.infer<typeof vasSelfTest>;
