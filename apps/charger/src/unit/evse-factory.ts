import {
  type Authorizer,
  createEvse,
  type Evse,
  type EvseConfig,
  type Ledger,
  type OpenTransaction,
} from '@kerbside/charging';
import { openBoardLink, openModbusMeter, sha256, systemRandom } from '@kerbside/host';
import { amps, type Clock, InternalError, type Logger, seconds, volts } from '@kerbside/kernel';
import type { EvseUnit } from '../evses/evse-unit.ts';
import type { EvseInstallation } from '../wiring/installation.ts';
import { evseJournal, withoutKind } from '../wiring/journal.ts';
import { createMatching } from '../wiring/matching.ts';
import { openFrameLink } from './frame-link.ts';
import { patientMatching } from './patient-matching.ts';
import { createHighLevelComm, type V2gVas } from './v2g.ts';

export interface EvseParts {
  readonly installation: EvseInstallation;
  readonly vas: V2gVas;
  /** Frames over the modem's socket alone and V2G over ::1: where no EV interface is to be had. */
  readonly loopback: boolean;
  readonly ledger: Ledger;
  readonly authorizer: Authorizer;
  readonly clock: Clock;
  readonly log: Logger;
  readonly recovered: OpenTransaction | undefined;
  v2gAnswered(message: string, tookMs: number): void;
  slacEnded(outcome: string): void;
  /** The EV interface can't be used, and why; undefined when it can. */
  slacTrouble(reason: string | undefined): void;
}

/** First port of SDP over loopback; one EVSE each. */
const LOOPBACK_SDP_PORT = 15_118;

export function evseConfigOf(installation: EvseInstallation, loopback: boolean): EvseConfig {
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
    fastFallback: installation.fastTimeout,
  };
}

/** Makes one EVSE with all that belongs to it: the only place that binds its ports. */
export function makeEvse(parts: EvseParts): EvseUnit {
  const { installation, clock, log, ledger, loopback } = parts;
  const config = evseConfigOf(installation, loopback);
  const board = openBoardLink({ address: installation.board, evse: config.evse, clock, log });
  const meter = openModbusMeter({ ...installation.meter, conductors: config.phases, clock, log });
  let evse: Evse | undefined;
  const journal = evseJournal(ledger, clock, config.evse, () => evse?.snapshot().session?.id);

  const matching = config.highLevelComm
    ? patientMatching({
        clock,
        trouble: (reason) => parts.slacTrouble(reason),
        open: () =>
          createMatching({
            ports: {
              link: openFrameLink(installation, clock),
              clock,
              random: systemRandom,
              sha256,
              log: log.with({ evse: config.evse }),
            },
            config: installation.fastTimeout ? { slacInitTimeout: seconds(10) } : {},
            journal(report) {
              if (report.kind === 'matched' || report.kind === 'failed')
                parts.slacEnded(report.kind);
              journal.note('slac', `slac.${report.kind}`, withoutKind(report));
            },
          }),
      })
    : undefined;
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
    snapshot: () => made.snapshot(),
    onSnapshot: (listener) => made.onSnapshot(listener),
    command: (command) => made.command(command),
    emergencyOpen: () => board.board.openContactor(),
    async close(reason) {
      await made.stop(reason);
      matching?.stop();
      meter.close();
      board.close();
    },
  };
}
