import type { PlanStep } from './plan-step.ts';

/** Lifetimes are short: a car that comes to another charger soon forgets this prefix. */
const PREFIX_LIFETIME = 600;
const LEASE = 600;

/** Router advertisements on the EV interface: prefix for SLAAC and resolvers. RFC 4861, RFC 8106 */
export function radvdStep(options: {
  readonly evse: number;
  readonly interface: string;
  /** A /64. */
  readonly prefix: string;
  readonly resolvers: readonly string[];
}): PlanStep {
  const { evse, resolvers } = options;
  return {
    do: 'daemon',
    daemon: 'radvd',
    name: `kerbside-evse${evse}-radvd`,
    config: [
      `interface ${options.interface} {`,
      '  AdvSendAdvert on;',
      '  MinRtrAdvInterval 3;',
      '  MaxRtrAdvInterval 10;',
      `  AdvDefaultLifetime ${PREFIX_LIFETIME};`,
      `  prefix ${options.prefix} {`,
      '    AdvOnLink on;',
      '    AdvAutonomous on;',
      `    AdvValidLifetime ${PREFIX_LIFETIME};`,
      `    AdvPreferredLifetime ${PREFIX_LIFETIME};`,
      '  };',
      ...(resolvers.length === 0
        ? []
        : [`  RDNSS ${resolvers.slice(0, 3).join(' ')} {`, '    AdvRDNSSLifetime 600;', '  };']),
      '};',
      '',
    ].join('\n'),
  };
}

/** DHCP on the EV interface. The paths of its files are the adapter's: `{lease_file}` and `{pidfile}`. */
export function udhcpdStep(options: {
  readonly evse: number;
  readonly interface: string;
  readonly start: string;
  readonly end: string;
  readonly router: string;
  readonly mask: string;
  readonly resolvers: readonly string[];
}): PlanStep {
  const { evse, router, resolvers } = options;
  return {
    do: 'daemon',
    daemon: 'udhcpd',
    name: `kerbside-evse${evse}-udhcpd`,
    config: [
      `interface ${options.interface}`,
      `start ${options.start}`,
      `end ${options.end}`,
      'max_leases 5',
      'auto_time 5',
      'lease_file {lease_file}',
      'pidfile {pidfile}',
      `option subnet ${options.mask}`,
      `option router ${router}`,
      ...(resolvers.length === 0 ? [] : [`option dns ${resolvers.slice(0, 3).join(' ')}`]),
      `option lease ${LEASE}`,
      '',
    ].join('\n'),
  };
}
