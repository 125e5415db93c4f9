import { amps, type Duration, minutes, seconds, silentLogger, volts } from '@kerbside/kernel';
import { ManualClock, SeededRandom, settle } from '@kerbside/kernel/testing';
import { createEvse, type Evse } from '../evse/create-evse.ts';
import type { EvseConfig, HighLevelComm, Matching, RecoveredTransaction } from '../ports.ts';
import { type MemoryAuthorizer, memoryAuthorizer } from './memory-authorizer.ts';
import { type MemoryBoard, memoryBoard } from './memory-board.ts';
import {
  type MemoryHighLevelComm,
  memoryHighLevelComm,
  type MemoryMatching,
  memoryMatching,
} from './memory-comm.ts';
import {
  type MemoryInsulation,
  memoryInsulation,
  type MemorySupply,
  memorySupply,
} from './memory-dc.ts';
import { type MemoryLedger, memoryLedger } from './memory-ledger.ts';
import { type MemoryMeter, memoryMeter } from './memory-meter.ts';

export interface EvseBenchOptions {
  readonly config?: Partial<EvseConfig>;
  readonly recovered?: RecoveredTransaction;
  /** The board's link stands from the start. */
  readonly linked?: boolean;
  readonly seed?: number;
  /** The meter does not answer from the start. */
  readonly meterSilent?: boolean;
  /** Takes the place of the matching in memory. */
  readonly matching?: (clock: ManualClock) => Matching;
  /** Takes the place of the V2G service in memory. */
  readonly highLevelComm?: HighLevelComm;
  readonly clock?: ManualClock;
  /** Ports that are not there. */
  readonly without?: readonly ('matching' | 'hlc' | 'insulation')[];
}

export interface EvseBench {
  readonly clock: ManualClock;
  readonly board: MemoryBoard;
  readonly meter: MemoryMeter;
  readonly supply: MemorySupply;
  readonly insulation: MemoryInsulation;
  readonly matching: MemoryMatching;
  readonly hlc: MemoryHighLevelComm;
  readonly authorizer: MemoryAuthorizer;
  readonly ledger: MemoryLedger;
  readonly evse: Evse;
  run(by: Duration): Promise<void>;
  /** What the pilot's output was, and for how many milliseconds; the last one so far. */
  outputs(): readonly (readonly [output: string, ms: number])[];
}

/** One EVSE on ports in memory and a clock that moves when told. Token `TAG` is accepted. */
export function evseBench(options: EvseBenchOptions = {}): EvseBench {
  const without = new Set(options.without);
  const clock = options.clock ?? new ManualClock();
  const board = memoryBoard({ clock });
  const meter = memoryMeter({ clock, flows: () => board.contactor !== 'open' });
  meter.silent = options.meterSilent ?? false;
  const ledger = memoryLedger({ clock });
  const authorizer = memoryAuthorizer({ clock, accepts: ['TAG', 'TAG2'] });
  const supply = memorySupply();
  const insulation = memoryInsulation({ clock });
  const matching = memoryMatching();
  const hlc = memoryHighLevelComm();
  const config: EvseConfig = {
    evse: 1,
    connector: 1,
    kind: 'AC',
    phases: 3,
    nominalVoltage: volts(230),
    fuse: amps(32),
    highLevelComm: false,
    meterId: 'meter-1',
    sampleInterval: seconds(10),
    connectionTimeout: minutes(2),
    ...options.config,
  };
  const evse = createEvse(
    config,
    {
      board,
      meter,
      supply,
      ...(without.has('insulation') ? {} : { insulation }),
      ...(without.has('matching') ? {} : { matching: options.matching?.(clock) ?? matching }),
      ...(without.has('hlc') ? {} : { hlc: options.highLevelComm ?? hlc }),
      authorizer,
      ledger,
      clock,
      random: new SeededRandom(options.seed ?? 1),
      log: silentLogger,
    },
    options.recovered,
  );
  const changes: { output: string; at: number }[] = [];
  const { setPilot } = board;
  board.setPilot = (output) => {
    setPilot(output);
    const shown = typeof output === 'string' ? output : `${output.dutyPercent}`;
    changes.push({ output: shown, at: clock.monotonic() });
  };
  if (options.linked ?? true) board.link(true);
  return {
    clock,
    board,
    meter,
    supply,
    insulation,
    matching,
    hlc,
    authorizer,
    ledger,
    evse,
    run: async (by) => {
      await settle();
      await clock.run(by, 10);
    },
    outputs: () =>
      changes.map(({ output, at }, index) => [
        output,
        (changes[index + 1]?.at ?? clock.monotonic()) - at,
      ]),
  };
}
