import type { TimelineEntry } from '@kerbside/contracts';
import { numberOf, objectOf } from '../timeline/entry-data.ts';

export interface MeterSample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** W */
  readonly power: number;
  /** W; what the car was allowed to draw. */
  readonly offered: number | null;
  readonly soc: number | null;
}

/** The readings in a session's journal, as points of a chart. */
export function meterSamples(entries: readonly TimelineEntry[]): MeterSample[] {
  return entries.flatMap(({ type, at, data }) => {
    if (!['meter.sampled', 'transaction.started', 'transaction.stopped'].includes(type)) return [];
    const meter = objectOf(data['meter']);
    const power = numberOf(meter['power']);
    if (power === undefined) return [];
    const voltage = Array.isArray(meter['voltage']) ? meter['voltage'] : [];
    const volts = voltage.reduce<number>((sum, value) => sum + (numberOf(value) ?? 0), 0);
    const amps = numberOf(data['offered']);
    return [
      {
        at: Date.parse(at),
        power,
        offered: amps === undefined || volts === 0 ? null : amps * volts,
        soc: numberOf(data['soc']) ?? null,
      },
    ];
  });
}
