import { createSocket } from 'node:dgram';
import { volts } from '@kerbside/kernel';
import { collectingLogger } from '@kerbside/kernel/testing';
import { createSdpServer, createTcpV2gTransport, systemClock, systemRandom } from '@kerbside/host';
import { createV2gService, type V2gServiceReport } from '@kerbside/iso15118';
import { fakeEvse, type FakeEvse } from '@kerbside/iso15118/testing';

/** A UDP port on ::1 that was free a moment ago. */
const freeUdpPort = () =>
  new Promise<number>((resolve) => {
    const socket = createSocket('udp6');
    socket.bind(0, '::1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });

export interface LoopbackCharger {
  /** Where SDP is answered on ::1. */
  readonly port: number;
  readonly evse: FakeEvse;
  readonly reports: V2gServiceReport[];
  readonly errors: readonly unknown[];
  /** After `close`: at the same port, with what it kept. */
  open(): void;
  close(): void;
}

/** Our SECC on real sockets of the loopback address, before an EVSE that says yes. */
export async function loopbackCharger(kind: 'AC' | 'DC'): Promise<LoopbackCharger> {
  const port = await freeUdpPort();
  const evse = fakeEvse(kind, systemClock);
  const reports: V2gServiceReport[] = [];
  const log = collectingLogger();
  const service = createV2gService({
    config: () => ({
      evseId: 'DE*KRB*E1',
      energyTransferModes: kind === 'AC' ? ['AC_three_phase_core'] : ['DC_extended'],
      nominalVoltage: volts(230),
      services: [
        {
          id: 3,
          name: 'InternetAccess',
          category: 'Internet',
          free: true,
          parameterSets: [{ id: 3, parameters: [{ name: 'Port', value: 80 }] }],
        },
      ],
    }),
    side: evse,
    ports: { clock: systemClock, random: systemRandom, log },
    transport: createTcpV2gTransport({ host: '::1' }, systemClock),
    sdp: createSdpServer({ loopbackPort: port }, systemClock),
    report: (report) => reports.push(report),
  });
  service.open();
  return {
    port,
    evse,
    reports,
    errors: log.lines,
    open: service.open,
    close: () => service.close('test over'),
  };
}
