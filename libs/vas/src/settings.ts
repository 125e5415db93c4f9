/** How the internet service of this unit is set. */
export interface InternetSettings {
  readonly enabled: boolean;
  /** Service name in ServiceDiscoveryRes. */
  readonly name: string;
  /** FreeService in ServiceDiscoveryRes. */
  readonly free: boolean;
  /** The interface to the internet; undefined: the one of the default route. */
  readonly uplink: string | undefined;
  readonly http: boolean;
  readonly https: boolean;
  /** Give cars IPv4 too, by DHCP. */
  readonly ipv4: boolean;
  /** Addresses of the resolvers that cars may ask; empty: the uplink's. */
  readonly resolvers: readonly string[];
  /** Networks and names that cars may reach; empty: all public addresses. */
  readonly allow: readonly string[];
  /** Let cars reach private addresses beyond the uplink. */
  readonly privateNetworks: boolean;
  /** First 48 bits of the unit's own unique local addresses, such as `fd12:3456:789a::/48`. RFC 4193 */
  readonly ula: string;
  /** A prefix that is routed to this unit: cars get a /64 of it and no NAT66. */
  readonly delegatedPrefix: string | undefined;
  /** Kilobits per second, each way. */
  readonly rate: number | undefined;
  /** Bytes of one session, both ways together. */
  readonly quota: number | undefined;
}

export const DEFAULT_INTERNET_SETTINGS: Omit<InternetSettings, 'ula'> = {
  enabled: true,
  name: 'InternetAccess',
  free: true,
  uplink: undefined,
  http: true,
  https: true,
  ipv4: true,
  resolvers: [],
  allow: [],
  privateNetworks: false,
  delegatedPrefix: undefined,
  rate: undefined,
  quota: undefined,
};
