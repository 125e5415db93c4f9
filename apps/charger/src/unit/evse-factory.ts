import {
  type Authorizer,
  createEvse,
  type Evse,
  type EvseConfig,
  type Ledger,
  type RecoveredTransaction,
} from '@kerbside/charging';
import { openBoardLink, openModbusMeter, sha256, systemRandom } from '@kerbside/host';
import {
  amps,
  type Clock,
  InternalError,
  type Logger,
  seconds,
  toHex,
  volts,
} from '@kerbside/kernel';
import type { Attempt, EvseSlacReport, LastGood } from '@kerbside/slac';
import type { EvseUnit } from '../evses/evse-unit.ts';
import { pilotConfigOf, slacConfigOf, type SlacLayers } from '../installation/slac-settings.ts';
import type { EvseInstallation } from '../wiring/installation.ts';
import { evseJournal, withoutKind } from '../wiring/journal.ts';
import type { KeptAttempt } from '../slac/slac-history.ts';
import { slacJournal } from '../slac/slac-journal.ts';
import { SlacWatch } from '../slac/slac-watch.ts';
import { createMatching } from '../wiring/matching.ts';
import { openFrameLink } from './frame-link.ts';
import { patientMatching } from './patient-matching.ts';
import type { V2gListening } from './v2g-health.ts';
import { createHighLevelComm, type V2gVas } from './v2g.ts';

export interface EvseParts {
  readonly installation: EvseInstallation;
  readonly slac: SlacLayers;
  readonly vas: V2gVas;
  /** Frames over the modem's socket alone and V2G over ::1: where no EV interface is to be had. */
  readonly loopback: boolean;
  readonly ledger: Ledger;
  readonly authorizer: Authorizer;
  readonly clock: Clock;
  readonly log: Logger;
  readonly recovered: RecoveredTransaction | undefined;
  v2gAnswered(message: string, tookMs: number): void;
  v2gListening(state: V2gListening): void;
  /** The last good attenuation of this EVSE, from before the start. */
  readonly lastGood: LastGood | undefined;
  slacKept(attempt: KeptAttempt): void;
  slacReported(report: EvseSlacReport): void;
  /** The EV interface can't be used, and why; undefined when it can. */
  slacTrouble(reason: string | undefined): void;
}

/** What the time line says of an attempt; all of it is kept apart. */
const factsOf = ({ id, result, cause, verdict, lasted, processes: [process] }: Attempt) => ({
  attempt: id,
  result,
  ...(cause === undefined ? {} : { cause }),
  verdict: verdict.code,
  what: verdict.what,
  next: verdict.next,
  facts: verdict.facts,
  lastedMs: lasted,
  ...(process?.attenuation ? { meanDb: process.attenuation.meanDb } : {}),
});

/** First port of SDP over loopback; one EVSE each. */
const LOOPBACK_SDP_PORT = 15_118;

export function evseConfigOf(
  installation: EvseInstallation,
  loopback: boolean,
  slac: SlacLayers,
): EvseConfig {
  return {
    evse: installation.id,
    connector: installation.connector ?? installation.id,
    kind: installation.kind,
    phases: installation.phases,
    nominalVoltage: volts(installation.nominalVoltage),
    fuse: amps(installation.fuse),
    highLevelComm: installation.interface !== undefined || loopback,
    meterId: installation.meterId ?? `METER-${installation.id}`,
    sampleInterval: seconds(installation.sampleInterval),
    connectionTimeout: seconds(installation.connectionTimeout),
    ...pilotConfigOf(slac),
    ventilation: installation.ventilation,
    closingsPerMinute: installation.closingsPerMinute,
  };
}

/** Makes one EVSE with all that belongs to it: the only place that binds its ports. */
export function makeEvse(parts: EvseParts): EvseUnit {
  const { installation, clock, log, ledger, loopback } = parts;
  const config = evseConfigOf(installation, loopback, parts.slac);
  let layers = parts.slac;
  let evse: Evse | undefined;
  const journal = evseJournal(ledger, clock, config.evse, () => evse?.snapshot().session?.id);
  const board = openBoardLink({
    address: installation.board,
    evse: config.evse,
    clock,
    log,
    badLine: (report) => journal.note('system', `board.${report.kind}`, withoutKind(report)),
  });
  const meter = openModbusMeter({ ...installation.meter, conductors: config.phases, clock, log });

  let knownEdges = false;
  const slacConfig = () => slacConfigOf(layers, knownEdges);
  const slac = config.highLevelComm
    ? new SlacWatch({
        evse: config.evse,
        clock,
        id: () => toHex(systemRandom.bytes(8)),
        session: () => evse?.snapshot().session?.id,
        config: slacConfig,
        interfaceName: installation.interface,
        lastGood: parts.lastGood,
        keep: (attempt, reference) =>
          parts.slacKept({
            evse: config.evse,
            attempt,
            ...(reference === undefined ? {} : { reference }),
          }),
        report: parts.slacReported,
      })
    : undefined;
  slac?.onEvent((event) => {
    if (event.event === 'finished') journal.note('slac', 'slac.attempt', factsOf(event.attempt));
  });
  const noteSlac = slacJournal(clock, journal);
  const matching = slac
    ? patientMatching({
        clock,
        trouble(reason) {
          slac.closed(reason);
          parts.slacTrouble(reason);
        },
        open() {
          const opened = createMatching({
            ports: {
              link: openFrameLink(installation, clock),
              clock,
              random: systemRandom,
              sha256,
              log: log.with({ evse: config.evse }),
            },
            config: slacConfig(),
            journal(report) {
              noteSlac(report);
              slac.observe(report);
            },
          });
          slac.opened(opened.slac);
          return opened;
        },
      })
    : undefined;
  // what the board can do is known once its link is up
  board.board.onEvent(({ event }) => {
    const edges = board.board.tellsPilotEdges ?? false;
    if (event !== 'link' || edges === knownEdges) return;
    knownEdges = edges;
    if (slacConfigOf(layers, edges).validate === 'full') matching?.renew();
  });
  const hlc = config.highLevelComm
    ? createHighLevelComm({
        installation,
        vas: parts.vas,
        loopbackPort: loopback ? LOOPBACK_SDP_PORT + config.evse - 1 : undefined,
        side() {
          if (!evse) throw new InternalError('V2G before its EVSE');
          return evse.evseSide;
        },
        ports: { clock, random: systemRandom, log: log.with({ evse: config.evse }) },
        journal,
        answered: parts.v2gAnswered,
        listening: parts.v2gListening,
      })
    : undefined;

  evse = createEvse(
    config,
    {
      board: board.board,
      meter,
      ...(installation.kind === 'AC' ? {} : { supply: board.supply, insulation: board.insulation }),
      ...(matching ? { matching } : {}),
      ...(hlc ? { hlc } : {}),
      authorizer: parts.authorizer,
      ledger,
      clock,
      random: systemRandom,
      log,
    },
    parts.recovered,
  );
  const made = evse;
  return {
    config,
    ...(slac ? { slac } : {}),
    snapshot: () => made.snapshot(),
    onSnapshot: (listener) => made.onSnapshot(listener),
    command: (command) => made.command(command),
    configure(next) {
      layers = next;
      void made.command({ command: 'configure', ...pilotConfigOf(next) });
      matching?.renew();
    },
    emergencyOpen: () => board.board.openContactor(),
    async close(reason) {
      await made.stop(reason);
      matching?.stop();
      slac?.stop();
      meter.close();
      board.close();
    },
  };
}
