/** Names of what a launcher makes; each carries its pid, so that a later one finds what is left. */
export interface BenchNames {
  readonly vehicle: string;
  readonly charger: string;
  readonly uplink: string;
  /** Interface in the caller's namespace, at most 15 characters. */
  readonly service: string;
}

export function namesFor(pid: number): BenchNames {
  const prefix = `kb${pid}`;
  return {
    vehicle: `${prefix}-veh`,
    charger: `${prefix}-chg`,
    uplink: `${prefix}-upl`,
    service: `${prefix}-svc`,
  };
}

/** The launcher that made a namespace or an interface of this name, or undefined for another's. */
export function launcherOf(name: string): number | undefined {
  const match = /^kb([1-9]\d{0,6})-(?:veh|chg|upl|svc)$/.exec(name);
  return match ? Number(match[1]) : undefined;
}

/** Interfaces inside the namespaces: they need no pid, and are made there from the first moment. */
export const INSIDE = { uplink: 'uplink0', service: 'csms0', gateway: 'charger0' } as const;

/** The interface of the EVSE, in the charger's namespace and in the vehicle's. */
export const evInterface = (evse: number): string => `ev${evse - 1}`;
