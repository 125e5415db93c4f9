import { join } from 'node:path';
import type { NetworkNamespace, PassedListener } from '@kerbside/host';
import type { ChildEnvironment, NetworkMode } from './environment.ts';
import { INTERNET } from '../internet/addresses.ts';
import { evInterface, INSIDE } from './names.ts';
import type { BenchNetwork } from './network.ts';
import type { ChildName } from './programs.ts';
import type { StartOptions } from './start-options.ts';

/** One program to run: where, with which environment, and which listeners it is passed. */
export interface ChildPlan {
  readonly name: ChildName;
  readonly namespace?: NetworkNamespace;
  readonly env: Partial<ChildEnvironment>;
  readonly listeners: readonly PassedListener[];
}

export interface BenchFacts {
  readonly options: StartOptions;
  readonly mode: NetworkMode;
  /** Present in mode `namespaces`. */
  readonly network?: BenchNetwork;
  readonly sockets: string;
  readonly meterPort: number;
  readonly web: PassedListener;
  /** Present where the bench has its own CSMS. */
  readonly csms?: { readonly web: PassedListener; readonly ocpp: PassedListener };
  /** Address of the CSMS as the charger reaches it; absent: none. */
  readonly csmsUrl?: string;
}

/** The programs of the bench in the order in which they are started; they are ended in reverse. */
export function childPlans(facts: BenchFacts): ChildPlan[] {
  const { options, network } = facts;
  const inCharger = network ? { namespace: network.charger } : {};
  const inVehicle = network ? { namespace: network.vehicle } : {};
  const plans: ChildPlan[] = [];
  if (facts.csms) {
    plans.push({
      name: 'csms',
      env: {
        ...common(facts, 'csms'),
        KERBSIDE_CSMS_BENCH: '1',
        LISTEN_FDS: '2',
        LISTEN_FDNAMES: 'web:ocpp',
      },
      listeners: [facts.csms.web, facts.csms.ocpp],
    });
  }
  if (network)
    plans.push({
      name: 'internet',
      namespace: network.uplink,
      env: common(facts, 'internet'),
      listeners: [],
    });
  plans.push({ name: 'rig', ...inCharger, env: common(facts, 'rig'), listeners: [] });
  plans.push({
    name: 'charger',
    ...inCharger,
    env: {
      ...common(facts, 'charger'),
      LISTEN_FDS: '1',
      LISTEN_FDNAMES: 'web',
      ...(facts.csmsUrl === undefined ? {} : { KERBSIDE_CSMS_URL: facts.csmsUrl }),
      ...(network
        ? {
            KERBSIDE_UPLINK: INSIDE.uplink,
            KERBSIDE_RESOLVERS: Object.values(INTERNET.resolver).join(','),
            KERBSIDE_TEST_NAME: INTERNET.name,
          }
        : {}),
      ...(facts.mode === 'caller' && options.uplink !== undefined
        ? { KERBSIDE_UPLINK: options.uplink }
        : {}),
    },
    listeners: [facts.web],
  });
  if (options.vehicle) {
    plans.push({ name: 'vehicle', ...inVehicle, env: common(facts, 'vehicle'), listeners: [] });
  }
  return plans;
}

function common(facts: BenchFacts, name: ChildName): Partial<ChildEnvironment> {
  const { options, mode } = facts;
  return {
    KERBSIDE_EXIT_WITH_PARENT: '1',
    KERBSIDE_BENCH: '1',
    // The charger's data is the installation's own; the others' are beside it.
    KERBSIDE_DATA: name === 'charger' ? options.data : join(options.data, name),
    KERBSIDE_NETWORK_MODE: mode,
    KERBSIDE_EVSES: options.evses
      .map(({ id, interface: given }) => {
        const made = mode === 'sockets' ? 'lo' : evInterface(id);
        return `${id}=${given ?? made}`;
      })
      .join(','),
    KERBSIDE_RIG_SOCKET: facts.sockets,
    KERBSIDE_METER_PORT: String(facts.meterPort),
    KERBSIDE_CP_ID: options.id,
    ...(mode === 'sockets' ? { KERBSIDE_V2G_LOOPBACK: '1' } : {}),
  };
}
