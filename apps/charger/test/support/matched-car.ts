import { millis, silentLogger } from '@kerbside/kernel';
import { ManualClock, SeededRandom } from '@kerbside/kernel/testing';
import { sha256 } from '@kerbside/host';
import {
  type Attempt,
  createPevSlac,
  type EvseSlacReport,
  type LastGood,
  type PevKnobs,
} from '@kerbside/slac';
import { PowerLine, SimulatedBus, SimulatedModem } from '@kerbside/slac/testing';
import { type SlacEvent, SlacWatch } from '../../src/slac/slac-watch.ts';
import { createMatching } from '../../src/wiring/matching.ts';

const EVSE_MAC = '02:00:00:00:ee:01';
export const CAR_MAC = '02:00:00:00:e0:01';

/** A watched EVSE on a simulated wire, as the factory wires it, with a clock that the test moves. */
export function watchedEvse(evse = 1) {
  const clock = new ManualClock();
  const bus = new SimulatedBus(clock);
  const line = new PowerLine();
  const own = new SimulatedModem(bus, line, { mac: '00:01:87:00:ee:01', host: EVSE_MAC });
  const kept: { attempt: Attempt; reference: LastGood | undefined }[] = [];
  const reports: EvseSlacReport[] = [];
  const events: SlacEvent[] = [];
  let ids = 0;
  const watch = new SlacWatch({
    evse,
    clock,
    id: () => `a${++ids}`,
    session: () => 'session-1',
    config: () => ({}),
    interfaceName: 'ev1',
    lastGood: undefined,
    keep: (attempt, reference) => kept.push({ attempt, reference }),
    report: (report) => reports.push(report),
  });
  watch.onEvent((event) => events.push(event));
  const matching = createMatching({
    config: {},
    ports: {
      link: bus.join(EVSE_MAC),
      clock,
      random: new SeededRandom(3),
      sha256,
      log: silentLogger,
    },
    journal: (report) => watch.observe(report),
  });
  watch.opened(matching.slac);
  let cars = 0;
  return {
    clock,
    watch,
    matching,
    kept,
    reports,
    events,
    /** Another host on the wire. */
    join: (mac: string) => bus.join(mac),
    /** The key of the network, as hex. */
    key: () => own.key,
    async plugIn(knobs: PevKnobs = {}, ms = 5000) {
      const car = ++cars;
      const mac = `02:00:00:00:e0:0${car}`;
      const modem = new SimulatedModem(bus, line, {
        mac: `00:01:87:00:e0:0${car}`,
        host: mac,
        skipProfiles: Number.MAX_SAFE_INTEGER,
      });
      const pev = createPevSlac({
        knobs,
        ports: { link: bus.join(mac), clock, random: new SeededRandom(car), log: silentLogger },
        report: () => {},
      });
      matching.enter();
      void pev.start();
      await clock.run(millis(ms));
      return {
        async unplug() {
          pev.stop();
          modem.unplug();
          matching.leave();
          await clock.run(millis(500));
        },
        modem,
      };
    },
  };
}
