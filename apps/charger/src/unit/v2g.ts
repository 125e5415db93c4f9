import type { EvseSide, HighLevelComm } from '@kerbside/charging';
import { createSdpServer, createTcpV2gTransport } from '@kerbside/host';
import {
  createV2gService,
  type OfferedService,
  type SeccConfig,
  type SeccPorts,
  type SelectedVas,
  type V2gServiceReport,
} from '@kerbside/iso15118';
import { ReportLimit, toHex, volts } from '@kerbside/kernel';
import type { EvseJournal } from '../wiring/journal.ts';
import type { EvseInstallation } from '../wiring/installation.ts';
import { LoopCounter } from './loop-counter.ts';
import type { V2gListening } from './v2g-health.ts';

/** The value-added services of one EVSE, as its V2G sessions know them. */
export interface V2gVas {
  offered(): readonly OfferedService[];
  selected(
    services: readonly SelectedVas[],
    offered: readonly OfferedService[],
    port: number | undefined,
  ): void;
  /** The V2G session is over, however it ended. */
  ended(reason: string): void;
}

export interface V2gOptions {
  readonly installation: EvseInstallation;
  readonly vas: V2gVas;
  /** SDP and V2G over ::1, where no EV interface is to be had; the port of SDP. */
  readonly loopbackPort: number | undefined;
  /** The EVSE actor is made after its V2G service. */
  side(): EvseSide;
  readonly ports: SeccPorts;
  readonly journal: EvseJournal;
  /** Milliseconds from a request to its response, for the metrics. */
  answered(message: string, tookMs: number): void;
  /** What it does for the next car, at each change. */
  listening(state: V2gListening): void;
}

const AC_MODES = {
  1: ['AC_single_phase_core'],
  3: ['AC_three_phase_core', 'AC_single_phase_core'],
} as const;

export function seccConfigOf(
  installation: EvseInstallation,
  services: readonly OfferedService[],
): SeccConfig {
  const { kind, phases, id } = installation;
  return {
    evseId: installation.evseId ?? `ZZ*KRB*E${id}`,
    energyTransferModes: [
      ...(kind === 'DC' ? [] : AC_MODES[phases]),
      ...(kind === 'AC' ? [] : (['DC_extended'] as const)),
    ],
    nominalVoltage: volts(installation.nominalVoltage),
    services,
  };
}

/** Entries a second; setting up a session makes some 60, a stranger on the wire any number. */
const MOST_PER_SECOND = 150;

/** ISO 15118 on one EVSE: discovery and sessions on its EV interface, told to the journal. */
export function createHighLevelComm(options: V2gOptions): HighLevelComm {
  const { installation, journal, loopbackPort } = options;
  const limit = new ReportLimit(options.ports.clock, MOST_PER_SECOND, (entries) =>
    journal.note('v2g', 'v2g.suppressed', { entries }),
  );
  const note: EvseJournal['note'] = (source, type, data) => {
    if (limit.passes()) journal.note(source, type, data);
  };
  const loops = new LoopCounter((name, count, raw) =>
    note('v2g', 'v2g.message', { direction: 'in', name, repeated: count, raw: toHex(raw) }),
  );

  // What the car of the running session was offered, and the port that it talks to.
  let offered: readonly OfferedService[] = [];
  let port: number | undefined;
  let on = '';
  function noteListening(entry: V2gServiceReport): void {
    if (entry.report === 'listening') on = `[${entry.address}]:${entry.port}`;
    if (entry.report === 'not-listening') options.listening({ at: 'opening' });
    else if (entry.report === 'failure') options.listening({ at: 'failed', why: entry.reason });
    // a request that came in shows that a failure of SDP is over
    else if (entry.report === 'listening' || (entry.report === 'sdp' && entry.answered))
      options.listening({ at: 'listening', on });
  }

  function report(entry: V2gServiceReport): void {
    noteListening(entry);
    switch (entry.report) {
      case 'message': {
        const { direction, name, responseCode, tookMs, loop, raw } = entry;
        if (tookMs !== undefined) options.answered(name, tookMs);
        if (loop)
          return direction === 'in' ? loops.count(name, raw, options.ports.clock) : undefined;
        loops.flush();
        return note('v2g', 'v2g.message', {
          direction,
          name,
          ...(responseCode === undefined ? {} : { responseCode }),
          ...(tookMs === undefined ? {} : { tookMs: Math.round(tookMs * 100) / 100 }),
          raw: toHex(raw),
        });
      }
      case 'malformed': {
        const { report: _, raw, ...rest } = entry;
        return note('v2g', 'v2g.malformed', { ...rest, raw: toHex(raw) });
      }
      case 'vas.selected':
        journal.note('vas', 'vas.selected', { services: entry.services });
        return options.vas.selected(entry.services, offered, port);
      case 'sdp':
        return note('v2g', 'sdp.request', {
          from: entry.from,
          wanted: entry.wanted,
          ...(entry.answered ? { answered: entry.answered } : {}),
        });
      default: {
        if (entry.report === 'listening') ({ port } = entry);
        if (entry.report === 'ended') {
          loops.flush();
          options.vas.ended(entry.reason);
        }
        const { report: kind, ...data } = entry;
        return note('v2g', `v2g.${kind}`, data);
      }
    }
  }

  const name = installation.interface;
  const place = name === undefined ? { host: '::1' } : { interface: name };
  const { clock } = options.ports;
  options.listening({ at: 'waiting' });
  const service = createV2gService({
    config() {
      offered = options.vas.offered();
      return seccConfigOf(installation, offered);
    },
    side: {
      view: () => options.side().view(),
      request: (request) => options.side().request(request),
      powerOn: () => options.side().powerOn(),
    },
    ports: options.ports,
    transport: createTcpV2gTransport(place, clock),
    sdp: createSdpServer(
      name === undefined ? { loopbackPort: loopbackPort ?? 15_118 } : { interface: name },
      clock,
    ),
    report,
  });
  return {
    open() {
      options.listening({ at: 'opening' });
      service.open();
    },
    close(reason) {
      service.close(reason);
      options.listening({ at: 'waiting' });
    },
  };
}
