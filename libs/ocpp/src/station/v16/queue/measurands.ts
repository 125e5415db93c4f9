import type { Measurand, SampledValue } from '../../../messages/v16/meter-values.ts';
import type { StationMeterReading } from '../../../ports.ts';

/** The measurands that can be offered, in the order in which they are reported. */
export const SUPPORTED_MEASURANDS = [
  'Energy.Active.Import.Register',
  'Power.Active.Import',
  'Current.Import',
  'Current.Offered',
  'Voltage',
  'SoC',
] as const satisfies readonly Measurand[];
export type SupportedMeasurand = (typeof SUPPORTED_MEASURANDS)[number];

export interface Sample {
  readonly meter: StationMeterReading;
  readonly soc?: number;
  readonly offered?: number;
  readonly context: NonNullable<SampledValue['context']>;
}

const text = (value: number, decimals: number): string => String(Number(value.toFixed(decimals)));

const wholeWattHours = (energy: number): string => String(Math.round(energy));

function perPhase(
  values: readonly number[],
  measurand: Measurand,
  unit: 'A' | 'V',
): readonly SampledValue[] {
  // One entry is a DC output or a single-phase meter: no phase is named.
  if (values.length === 1) return [{ value: text(values[0] as number, 1), measurand, unit }];
  const suffix = measurand === 'Voltage' ? '-N' : '';
  return values.slice(0, 3).map((value, index) => ({
    value: text(value, 1),
    measurand,
    phase: `L${(index + 1) as 1 | 2 | 3}${suffix}` as NonNullable<SampledValue['phase']>,
    unit,
  }));
}

const of: Readonly<Record<SupportedMeasurand, (sample: Sample) => readonly SampledValue[]>> = {
  'Energy.Active.Import.Register': ({ meter }) => [
    {
      value: wholeWattHours(meter.energy),
      measurand: 'Energy.Active.Import.Register',
      unit: 'Wh',
    },
  ],
  'Power.Active.Import': ({ meter }) => [
    { value: text(meter.power, 0), measurand: 'Power.Active.Import', unit: 'W' },
  ],
  'Current.Import': ({ meter }) => perPhase(meter.current, 'Current.Import', 'A'),
  'Current.Offered': ({ offered }) =>
    offered === undefined
      ? []
      : [{ value: text(offered, 1), measurand: 'Current.Offered', unit: 'A' }],
  Voltage: ({ meter }) => perPhase(meter.voltage, 'Voltage', 'V'),
  SoC: ({ soc }) =>
    soc === undefined
      ? []
      : [{ value: text(soc, 0), measurand: 'SoC', unit: 'Percent', location: 'EV' }],
};

/** The sampled values of one reading for the configured measurands; values are always text. */
export function sampledValues(
  sample: Sample,
  measurands: readonly SupportedMeasurand[],
): readonly SampledValue[] {
  return measurands
    .flatMap((measurand) => of[measurand](sample))
    .filter(({ value }) => Number.isFinite(Number(value)))
    .map((value) => ({ ...value, context: sample.context }));
}
