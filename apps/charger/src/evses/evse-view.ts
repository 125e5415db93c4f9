import type { EvseConfig, EvseSnapshot, MeterReading, PilotOutput } from '@kerbside/charging';
import type { Evse, Measurement } from '@kerbside/contracts';
import { maskToken } from '@kerbside/store';

const iso = (at: number) => new Date(at).toISOString();

const outputText = (output: PilotOutput): string =>
  typeof output === 'string' ? output : `${output.dutyPercent} %`;

export function toMeasurement(
  reading: MeterReading,
  more: { soc?: number | undefined; offered?: number | undefined } = {},
): Measurement {
  return {
    at: iso(reading.at),
    energy: reading.energy,
    power: reading.power,
    voltage: [...reading.voltage],
    current: [...reading.current],
    ...(more.soc === undefined ? {} : { soc: more.soc }),
    ...(more.offered === undefined ? {} : { offered: more.offered }),
  };
}

/** What the API and the stream show of an EVSE: the actor's snapshot, tokens masked. */
export function toEvse(snapshot: EvseSnapshot, config: EvseConfig): Evse {
  const { session, transaction, meter, output } = snapshot;
  return {
    id: snapshot.evse,
    connector: config.connector,
    kind: config.kind,
    ventilation: config.ventilation === true,
    state: snapshot.state,
    since: iso(snapshot.since),
    reason: snapshot.reason,
    ...(snapshot.waitingFor === undefined ? {} : { waitingFor: snapshot.waitingFor }),
    ...(snapshot.next === undefined ? {} : { next: snapshot.next }),
    pilot: { state: snapshot.pilot, output: outputText(snapshot.pilotOutput) },
    contactor: snapshot.contactor,
    lock: snapshot.lock,
    boardLink: snapshot.boardLink,
    ...(session ? { session: { ...session, began: iso(session.began) } } : {}),
    ...(transaction
      ? {
          transaction: {
            key: transaction.key,
            started: iso(transaction.started),
            meterStart: transaction.meterStart,
            energy: transaction.energy,
            token: maskToken(transaction.idToken),
          },
        }
      : {}),
    ...(meter
      ? {
          measurement: toMeasurement(meter, {
            soc: session?.soc,
            offered: snapshot.maxCurrent,
          }),
        }
      : {}),
    ...(output ? { output } : {}),
    limits: snapshot.limits.map((slot) => ({ name: slot.name, limit: slot.limit })),
    maxCurrent: snapshot.maxCurrent,
    faults: snapshot.faults.map((fault) => ({ ...fault })),
  };
}
