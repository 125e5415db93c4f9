import type { TimelineEntry } from '@kerbside/contracts';
import { type ChartLine, EmptyState, LineChart, Panel } from '@kerbside/ui';
import { useMemo } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { meterSamples } from './meter-samples.ts';

/** Power over the whole session from its meter samples. */
export function SessionChart({ entries }: { entries: readonly TimelineEntry[] }) {
  const { t, f } = useText();
  const samples = useMemo(() => meterSamples(entries), [entries]);
  const offered = samples.some((sample) => sample.offered !== null);
  const soc = samples.some((sample) => sample.soc !== null);
  const lines = useMemo<ChartLine[]>(() => {
    const format = (watts: number) => `${f.number(watts / 1000, 1)} kW`;
    return [
      { label: t('evse.chartPresent'), color: '--kb-chart-present', fill: true, format },
      ...(offered
        ? [
            {
              label: t('evse.chartOffered'),
              color: '--kb-chart-offered',
              dashed: true,
              step: true,
              format,
            },
          ]
        : []),
      ...(soc
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
  }, [t, f, offered, soc]);
  const peak = f.power(samples.reduce((most, { power }) => Math.max(most, power), 0));
  return (
    <Panel title={t('sessions.chart')}>
      {samples.length < 2 ? (
        <EmptyState title={t('sessions.chartEmpty')} />
      ) : (
        <LineChart
          label={t('sessions.chartLabel', {
            count: samples.length,
            peak: `${peak.value} ${peak.unit}`,
          })}
          times={samples.map(({ at }) => at / 1000)}
          values={[
            samples.map(({ power }) => power),
            ...(offered ? [samples.map((sample) => sample.offered)] : []),
            ...(soc ? [samples.map((sample) => sample.soc)] : []),
          ]}
          lines={lines}
          leastTop={2000}
          formatTime={(seconds) => f.clock(seconds * 1000)}
        />
      )}
    </Panel>
  );
}
