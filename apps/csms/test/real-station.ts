import { createOcppSocketFactory, systemClock, systemRandom } from '@kerbside/host';
import { silentLogger } from '@kerbside/kernel';
import { createStation, type Station, type StationCommand } from '@kerbside/ocpp';
import { MemoryQueueStore, MemoryStationStore } from '@kerbside/ocpp/testing';

/** A charge point over a real socket, with its disk in memory. */
export function realStation(port: number, identity = 'CP-1') {
  const queue = new MemoryQueueStore();
  const commands: { evse: number; command: StationCommand }[] = [];
  const station: Station = createStation({
    settings: {
      url: `ws://127.0.0.1:${port}/ocpp`,
      identity,
      boot: { chargePointVendor: 'Kerbside', chargePointModel: 'Bench', firmwareVersion: '1.0' },
      connectors: [{ connector: 1, evse: 1 }],
      backoff: { minimum: 0.05, repeats: 2, randomRange: 0.05 },
      defaults: { TransactionMessageRetryInterval: '1', MessageTimeout: '5' },
    },
    ports: {
      socketFactory: createOcppSocketFactory({ url: `ws://127.0.0.1:${port}/ocpp`, identity }),
      queue,
      store: new MemoryStationStore(),
      clock: systemClock,
      random: systemRandom,
      log: silentLogger,
      commands: {
        command: (evse, command) => {
          commands.push({ evse, command });
          return { accepted: true };
        },
        reset: async () => {},
      },
    },
    report: () => {},
  });
  return { station, queue, commands };
}

/** The facts of one session of `samples` meter values, a second apart. */
export function sessionFacts(
  transaction: string,
  begin: number,
  samples: number,
  idToken = 'KERB-OWNER',
) {
  const meter = (index: number) => ({
    at: begin + index * 1000,
    energy: 1000 + index * 10,
    power: 11_000,
    voltage: [230, 230, 230],
    current: [16, 16, 16],
  });
  const connector = 1;
  return [
    {
      at: begin,
      type: 'transaction.started',
      data: { transaction, connector, idToken, meter: meter(0) },
    },
    ...Array.from({ length: samples }, (_, index) => ({
      at: begin + (index + 1) * 1000,
      type: 'meter.sampled',
      data: { transaction, connector, meter: meter(index + 1), context: 'Sample.Periodic' },
    })),
    {
      at: begin + (samples + 1) * 1000,
      type: 'transaction.stopped',
      data: {
        transaction,
        connector,
        meterStart: 1000,
        meter: meter(samples + 1),
        reason: 'EVDisconnected',
      },
    },
  ] as const;
}

/** Waits until `ready` is true, looking every 10 ms. */
export async function until(what: string, ready: () => unknown, patience = 10_000): Promise<void> {
  const end = performance.now() + patience;
  while (!(await ready())) {
    if (performance.now() > end) throw new Error(`not within ${patience} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
