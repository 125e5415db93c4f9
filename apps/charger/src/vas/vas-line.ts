import type { SessionId } from '@kerbside/charging';
import type { VasEvse } from '@kerbside/contracts';
import { NO_USAGE, type Usage } from '@kerbside/vas';

/** What is known of one EVSE's internet besides the state of its network. */
export interface Line {
  readonly evse: number;
  readonly interface: string | undefined;
  /** Of the selection: the session may be over when its network is taken down. */
  session: SessionId | undefined;
  /** Wall time at which it was up. */
  upSince: number | undefined;
  ports: readonly number[];
  usage: Usage;
  /** Bytes of connections before this one in the same session, both ways. */
  spent: number;
  v2gPort: number | undefined;
  leases: VasEvse['leases'];
  neighbours: VasEvse['neighbours'];
  rules: string[];
  /** A release waits for the last count. */
  ending: boolean;
}

/** Nobody is online. */
export const newLine = (evse: number, name: string | undefined): Line => ({
  evse,
  interface: name,
  session: undefined,
  upSince: undefined,
  ports: [],
  usage: NO_USAGE,
  spent: 0,
  v2gPort: undefined,
  leases: [],
  neighbours: [],
  rules: [],
  ending: false,
});
