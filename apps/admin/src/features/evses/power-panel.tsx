import type { Evse, Measurement } from '@kerbside/contracts';
import { type ChartLine, EmptyState, LineChart, Panel } from '@kerbside/ui';
import { useMemo } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { MEASUREMENT_WINDOW_MS } from '../../stream/reducers.ts';
import { useTopic } from '../../stream/stream-context.tsx';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Offered current times the voltages present: the power that the car may draw. */
export function offeredPower(point: Measurement): number | null {
  return point.offered === undefined ? null : point.offered * sum(point.voltage);
}

export function PowerPanel({ evse }: { evse: Evse }) {
  const { t, f } = useText();
  const points = useTopic('measurements', evse.id).value?.points ?? [];
  const hasSoc = points.some((point) => point.soc !== undefined);
  const lines = useMemo<ChartLine[]>(() => {
    const kilowatts = (watts: number) => `${f.number(watts / 1000, 1)} kW`;
    return [
      { label: t('evse.chartPresent'), color: '--kb-chart-present', fill: true, format: kilowatts },
      {
        label: t('evse.chartOffered'),
        color: '--kb-chart-offered',
        dashed: true,
        step: true,
        format: kilowatts,
      },
      ...(hasSoc
        ? [
            {
              label: t('evse.chartSoc'),
              color: '--kb-chart-soc',
              axis: 'right' as const,
              format: (value: number) => `${f.number(value)} %`,
            },
          ]
        : []),
    ];
  }, [t, f, hasSoc]);
  const newest = points.at(-1);
  const to = newest ? Date.parse(newest.at) / 1000 : 0;
  const power = f.power(newest?.power ?? 0);
  return (
    <Panel title={t('evse.chart')} className="kb-live-chart">
      {points.length === 0 ? (
        <EmptyState title={t('evse.chartEmpty')} />
      ) : (
        <LineChart
          label={t('evse.chartLabel', { id: evse.id, now: `${power.value} ${power.unit}` })}
          times={points.map((point) => Date.parse(point.at) / 1000)}
          values={[
            points.map((point) => point.power),
            points.map(offeredPower),
            ...(hasSoc ? [points.map((point) => point.soc ?? null)] : []),
          ]}
          lines={lines}
          leastTop={2000}
          range={[to - MEASUREMENT_WINDOW_MS / 1000, to]}
          formatTime={(seconds) => f.clock(seconds * 1000)}
        />
      )}
    </Panel>
  );
}
