import { millis, volts } from '@kerbside/kernel';
import { ManualClock, SeededRandom, collectingLogger, settle } from '@kerbside/kernel/testing';
import {
  createEvcc,
  createSecc,
  type EvccConfig,
  type EvccReport,
  type SeccConfig,
  type SeccReport,
} from '@kerbside/iso15118';
import { fakeCar, fakeEvse, memoryConnection } from '@kerbside/iso15118/testing';

export const internet = {
  id: 3,
  name: 'InternetAccess',
  category: 'Internet',
  free: true,
  parameterSets: [
    {
      id: 3,
      parameters: [
        { name: 'Protocol', value: 'http' },
        { name: 'Port', value: 80 },
      ],
    },
    {
      id: 4,
      parameters: [
        { name: 'Protocol', value: 'https' },
        { name: 'Port', value: 443 },
      ],
    },
  ],
} as const;

export const seccConfig = (kind: 'AC' | 'DC'): SeccConfig => ({
  evseId: 'DE*KRB*E1',
  energyTransferModes:
    kind === 'AC' ? ['AC_three_phase_core', 'AC_single_phase_core'] : ['DC_extended'],
  nominalVoltage: volts(230),
  services: [internet],
});

export const evccConfig = (kind: 'AC' | 'DC', more: Partial<EvccConfig> = {}): EvccConfig => ({
  evccId: Uint8Array.of(2, 0x4b, 0x53, 0, 1, 1),
  mode: kind === 'AC' ? 'AC_three_phase_core' : 'DC_extended',
  internetSets: [],
  loopInterval: millis(kind === 'AC' ? 500 : 100),
  ...more,
});

/** A charger and a car on one connection in memory, on a clock that the test moves. */
export function session(kind: 'AC' | 'DC', more: Partial<EvccConfig> = {}) {
  const clock = new ManualClock();
  const evse = fakeEvse(kind, clock);
  const car = fakeCar();
  const pipe = memoryConnection(clock);
  const log = collectingLogger();
  const seccReports: SeccReport[] = [];
  const evccReports: EvccReport[] = [];
  const closed: string[] = [];
  const secc = createSecc({
    config: seccConfig(kind),
    side: evse,
    ports: { clock, random: new SeededRandom(7), log },
    transport: pipe.charger,
    report: (report) => seccReports.push(report),
  });
  const evcc = createEvcc({
    config: evccConfig(kind, more),
    car,
    ports: { clock, log },
    transport: pipe.car,
    report: (report) => evccReports.push(report),
  });
  pipe.own(
    {
      onBytes: (bytes) => secc.onBytes(bytes),
      onClosed: (reason) => {
        closed.push(`charger: ${reason}`);
        secc.onClosed(reason);
      },
    },
    {
      onBytes: (bytes) => evcc.onBytes(bytes),
      onClosed: (reason) => {
        closed.push(`car: ${reason}`);
        evcc.onClosed(reason);
      },
    },
  );
  return {
    clock,
    evse,
    car,
    pipe,
    log,
    secc,
    evcc,
    seccReports,
    evccReports,
    closed,
    /** Names of the messages as the SECC saw them, repeats left out. */
    messages: () => seccReports.flatMap((r) => (r.report === 'message' && !r.loop ? [r.name] : [])),
    states: () => seccReports.flatMap((r) => (r.report === 'state' ? [r.state] : [])),
    end: () => evccReports.find((r) => r.report === 'done' || r.report === 'failed'),
    async run(ms: number) {
      evcc.start();
      // After ten seconds only waiting is left to do.
      await clock.run(millis(Math.min(ms, 10_000)), 5);
      if (ms > 10_000) await clock.run(millis(ms - 10_000), 250);
      await settle();
    },
  };
}
