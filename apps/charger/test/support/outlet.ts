import { createHash } from 'node:crypto';
import type { HighLevelComm } from '@kerbside/charging';
import { evseBench } from '@kerbside/charging/testing';
import { silentLogger } from '@kerbside/kernel';
import { ManualClock, SeededRandom } from '@kerbside/kernel/testing';
import { createPevSlac, type EvseSlacReport, type PevSlacConfig } from '@kerbside/slac';
import {
  PowerLine,
  SimulatedBus,
  SimulatedModem,
  type SimulatedModemOptions,
} from '@kerbside/slac/testing';
import {
  pilotConfigOf,
  slacConfigOf,
  type SlacLayers,
} from '../../src/installation/slac-settings.ts';
import { createMatching } from '../../src/wiring/matching.ts';

export const sha256 = (data: Uint8Array) =>
  new Uint8Array(createHash('sha256').update(data).digest());
const NO_SETTINGS: SlacLayers = {
  installation: undefined,
  store: undefined,
  slacInitTimeout: undefined,
};

/** An EVSE with the real SLAC on a wire of its own. */
export function outlet(
  options: {
    readonly clock?: ManualClock;
    readonly number?: number;
    readonly settings?: SlacLayers['installation'];
    readonly modem?: Partial<SimulatedModemOptions>;
    readonly withoutModem?: boolean;
    readonly pilotEdges?: boolean;
    readonly highLevelComm?: HighLevelComm;
  } = {},
) {
  const clock = options.clock ?? new ManualClock();
  const layers = { ...NO_SETTINGS, installation: options.settings };
  const number = options.number ?? 1;
  const mac = `02:00:00:00:ee:0${number}`;
  const bus = new SimulatedBus(clock);
  const line = new PowerLine();
  const host = bus.join(mac.replaceAll(':', ''));
  if (!options.withoutModem)
    new SimulatedModem(bus, line, {
      mac: `00:01:87:00:ee:0${number}`,
      host: mac,
      ...options.modem,
    });
  const reports: EvseSlacReport[] = [];
  const ports = { clock, random: new SeededRandom(number), sha256, log: silentLogger };
  const matching = createMatching({
    config: slacConfigOf(layers, options.pilotEdges ?? false),
    ports: { ...ports, link: host },
    journal: (report) => void reports.push(report),
  });
  const bench = evseBench({
    clock,
    config: { evse: number, kind: 'AC', highLevelComm: true, ...pilotConfigOf(layers) },
    matching: () => matching,
    ...(options.highLevelComm ? { highLevelComm: options.highLevelComm } : {}),
  });
  if (options.pilotEdges) Object.assign(bench.board, { tellsPilotEdges: true });
  const car = (config: Partial<PevSlacConfig> = {}) =>
    createPevSlac({
      config,
      ports: { ...ports, link: bus.join('02000000ca01'), random: new SeededRandom(7) },
      pilot: (state) => bench.board.pilot(state),
      report: () => {},
    });
  const plugged = (): void => bench.board.pilot('B');
  return { clock, bus, line, bench, matching, reports, car, plugged };
}
