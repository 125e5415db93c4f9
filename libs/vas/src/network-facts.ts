export const VAS_TOOLS = [
  'ip',
  'ip6tables-restore',
  'ip6tables-save',
  'iptables-restore',
  'iptables-save',
  'radvd',
  'udhcpd',
  'conntrack',
  'nft',
] as const;
export type VasTool = (typeof VAS_TOOLS)[number];
export type VasTools = Readonly<Record<VasTool, boolean>>;

/** The Debian package that each tool is in. */
export const PACKAGE_OF: Readonly<Record<VasTool, string>> = {
  ip: 'iproute2',
  'ip6tables-restore': 'iptables',
  'ip6tables-save': 'iptables',
  'iptables-restore': 'iptables',
  'iptables-save': 'iptables',
  radvd: 'radvd',
  udhcpd: 'udhcpd',
  conntrack: 'conntrack',
  nft: 'nftables',
};

/** A table of the packet filter, with its base chains. */
export interface FilterTable {
  readonly family: 'ip' | 'ip6';
  readonly table: string;
  readonly chains: readonly string[];
}

/** What a plan depends on besides the settings, read just before. */
export interface NetworkFacts {
  readonly tools: VasTools;
  readonly interfaces: readonly {
    readonly name: string;
    /** The kernel's number: another one when it is made again. */
    readonly index: number;
    readonly up: boolean;
    /** Addresses with their prefix length. */
    readonly addresses: readonly string[];
  }[];
  readonly defaultRoutes: readonly {
    readonly family: 4 | 6;
    readonly interface: string;
    /** Of a router advertisement: it goes when forwarding is turned on, unless accept_ra is 2. */
    readonly advertised: boolean;
  }[];
  /** Destinations of all IPv4 routes, CIDR notation. */
  readonly routes4: readonly string[];
  /** `net.*` settings that VAS may touch, by key. */
  readonly sysctls: Readonly<Record<string, string>>;
  /** Why none of them can be written, in the system's words; undefined: they can. */
  readonly unwritable: string | undefined;
  /** undefined where `nft` can't tell. */
  readonly tables: readonly FilterTable[] | undefined;
  /** Resolvers of this machine that another may ask too. */
  readonly resolvers: readonly string[];
  /** Addresses of the names in the allow-list. */
  readonly resolved: Readonly<Record<string, readonly string[]>>;
}
