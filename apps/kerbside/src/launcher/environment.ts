/**
 * What the launcher tells its children, all of it by environment variables: this is the contract
 * between the launcher and the four programs. A program reads them once, in its own `config.ts`.
 *
 * All other variables of the caller are passed on, such as `KERBSIDE_OWNER`. Besides, a child is given:
 * - standard input: a pipe that ends when the launcher is gone (`exitWithParent` of `@kerbside/host`);
 * - SIGTERM to stop; four seconds later the end of its standard input, then SIGKILL;
 * - standard output: one JSON line `{"event":"ready", ...}` as soon as it serves, which the launcher
 *   waits for. `charger` adds `"claimed": boolean` and, while that is false, `"claimCode"`, which is
 *   shown and never logged. All other lines, and standard error, are logged.
 * - a restart when it ends by itself, after 0.5 s, later ones with a growing pause; except with the
 *   exit code `WILL_NOT_START`, which stops the bench and shows the last lines of its log.
 */
export interface ChildEnvironment {
  /** `1`: end when standard input ends. Set for every child. */
  readonly KERBSIDE_EXIT_WITH_PARENT: '1';
  /** `1`: this is the bench (rig instead of hardware, plain http, `bench/...` routes). */
  readonly KERBSIDE_BENCH: '1';
  /** Directory of the program's own data, created; charger: its store, csms: its own. */
  readonly KERBSIDE_DATA: string;
  /** Listening descriptors passed from 3 on, as systemd does; see `listenTarget` of `@kerbside/host`. */
  readonly LISTEN_FDS?: string;
  /** Names of the passed descriptors: charger `web`; csms `web:ocpp`. */
  readonly LISTEN_FDNAMES?: string;
  /** charger: `host:port` to listen on where no descriptor is passed (only without the launcher). */
  readonly KERBSIDE_LISTEN?: string;
  /** csms: `host:port` to listen on where no descriptor is passed (only without the launcher). */
  readonly KERBSIDE_CSMS_LISTEN?: string;
  /**
   * `namespaces`: the EV interfaces are veth pairs between two namespaces of the launcher;
   * `caller`: real interfaces of the machine, VAS never touches them unless told, by `KERBSIDE_UPLINK` or the API;
   * `sockets`: no namespaces to be had, frames over Unix sockets and V2G over loopback.
   */
  readonly KERBSIDE_NETWORK_MODE: NetworkMode;
  /**
   * EVSE ids and their EV interfaces: `1=ev0,2=ev1`. charger: in its namespace; vehicle: the other
   * end of the same cable, in its own, of the same name. Mode `sockets`: `lo` for each.
   */
  readonly KERBSIDE_EVSES: string;
  /**
   * Directory of the Unix sockets that the rig serves: `board-N.sock` (board protocol, charger),
   * `modem-N.sock` (modem, charger), `pilot-N.sock` (pilot, vehicle) per EVSE N, `bench.sock`
   * (faults and state, charger). In mode `sockets` also `frames-N.sock`: the EV cable, a `FrameHub`
   * of `@kerbside/host` that the vehicle joins.
   */
  readonly KERBSIDE_RIG_SOCKET: string;
  /** Modbus TCP port on 127.0.0.1 of the meter of EVSE 1; EVSE N has this plus N - 1. Rig serves, charger asks. */
  readonly KERBSIDE_METER_PORT: string;
  /** charger: address of the CSMS without the station's id, `ws://198.18.0.1:9000/ocpp`; absent: no back-end. */
  readonly KERBSIDE_CSMS_URL?: string;
  /** charger: the station's id, appended to the address; csms: the station it knows from the start. */
  readonly KERBSIDE_CP_ID: string;
  /** charger: the interface to the internet (mode `namespaces`; mode `caller` with `--uplink`; else absent). */
  readonly KERBSIDE_UPLINK?: string;
  /** charger: resolvers on the small internet, with commas between (mode `namespaces`; else absent). */
  readonly KERBSIDE_RESOLVERS?: string;
  /** charger: a web server there, for the self-test of the internet service. */
  readonly KERBSIDE_TEST_NAME?: string;
  /** charger and vehicle: `1` in mode `sockets`: SDP, TCP and TLS over ::1 instead of an EV interface. */
  readonly KERBSIDE_V2G_LOOPBACK?: '1';
  /** csms: `1`: this is the bench's; the tokens of the bench's vehicles are known. */
  readonly KERBSIDE_CSMS_BENCH?: '1';
}

export type NetworkMode = 'namespaces' | 'caller' | 'sockets';

/** Exit code of a child that says: starting me again will not help (EX_CONFIG of sysexits.h). */
export const WILL_NOT_START = 78;
