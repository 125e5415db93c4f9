import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import uPlot from 'uplot';

export interface ChartLine {
  readonly label: string;
  /** Name of a CSS variable, such as --kb-chart-present. */
  readonly color: string;
  readonly dashed?: boolean;
  readonly fill?: boolean;
  readonly step?: boolean;
  readonly format: (value: number) => string;
  readonly axis?: 'left' | 'right';
}

export interface LineChartProps {
  /** Seconds since 1970. */
  readonly times: readonly number[];
  /** One row per line, null where nothing was reported. */
  readonly values: readonly (readonly (number | null)[])[];
  readonly lines: readonly ChartLine[];
  /** Left and right edge, seconds since 1970; the data's own if absent. */
  readonly range?: readonly [number, number];
  readonly formatTime: (seconds: number) => string;
  readonly height?: number;
  /** The left axis reaches at least so high. */
  readonly leastTop?: number;
  /** Says in words what the picture shows. */
  readonly label: string;
}

const cssColor = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim() || '#888';

function series(line: ChartLine): uPlot.Series {
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  return {
    label: line.label,
    scale: line.axis === 'right' ? 'right' : 'y',
    stroke: () => cssColor(line.color),
    width: 2,
    points: { show: false },
    spanGaps: true,
    value: (_, value) => (value === null ? '—' : line.format(value)),
    ...(line.dashed ? { dash: [6, 5] } : {}),
    ...(line.fill ? { fill: () => `${cssColor(line.color)}26` } : {}),
    ...(line.step && stepped ? { paths: stepped } : {}),
  };
}

function axis(scale: string, format: (value: number) => string, right: boolean): uPlot.Axis {
  return {
    scale,
    side: right ? 1 : 3,
    size: 58,
    font: '12px "Inter Variable", sans-serif',
    stroke: () => cssColor('--kb-chart-text'),
    grid: { show: !right, stroke: () => cssColor('--kb-chart-grid'), width: 1 },
    ticks: { show: false },
    values: (_, ticks) => ticks.map(format),
  };
}

function options(
  props: LineChartProps,
  width: number,
  pointAt: (index: number | null | undefined) => void,
): uPlot.Options {
  const right = props.lines.find((line) => line.axis === 'right');
  const left = props.lines.find((line) => line.axis !== 'right');
  return {
    width,
    height: props.height ?? 220,
    padding: [12, right ? 0 : 12, 0, 0],
    cursor: { drag: { x: false, y: false } },
    legend: { show: false },
    hooks: { setCursor: [(chart) => pointAt(chart.cursor.idx)] },
    scales: {
      x: { time: true },
      y: { range: (_, __, max) => [0, Math.max(props.leastTop ?? 1, max * 1.15)] },
      ...(right ? { right: { range: () => [0, 100] as [number, number] } } : {}),
    },
    series: [
      { value: (_, value) => (value === null ? '—' : props.formatTime(value)) },
      ...props.lines.map(series),
    ],
    axes: [
      {
        font: '12px "Inter Variable", sans-serif',
        stroke: () => cssColor('--kb-chart-text'),
        grid: { show: false },
        ticks: { stroke: () => cssColor('--kb-chart-grid'), size: 4 },
        space: 70,
        size: 34,
        values: (_, ticks) => ticks.map(props.formatTime),
      },
      axis('y', left?.format ?? String, false),
      ...(right ? [axis('right', right.format, true)] : []),
    ],
  };
}

/** A time chart on canvas. `label` is its text alternative; the numbers beside it are text anyway. */
export function LineChart(props: LineChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const [width, setWidth] = useState(0);
  const [pointed, setPointed] = useState<number | null>();
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const shape = props.lines.map((line) => `${line.label}|${line.color}`).join('\n');

  useEffect(() => {
    const element = host.current;
    if (!element || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.floor(entry?.contentRect.width ?? 0)),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (!host.current || width === 0) return undefined;
    const chart = new uPlot(
      options(latest.current, width, setPointed),
      dataOf(latest.current),
      host.current,
    );
    plot.current = chart;
    const redraw = new MutationObserver(() => chart.redraw());
    redraw.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      redraw.disconnect();
      chart.destroy();
      plot.current = undefined;
    };
  }, [width, shape]);

  const [from, to] = props.range ?? [];
  useEffect(() => {
    const chart = plot.current;
    if (!chart) return;
    chart.batch(() => {
      chart.setData(dataOf(props), from === undefined);
      if (from !== undefined && to !== undefined) chart.setScale('x', { min: from, max: to });
    });
  }, [props, from, to, width, shape]);

  return (
    <div>
      <figure
        ref={host}
        className="kb-chart"

        aria-label={props.label}
        style={{ minHeight: props.height ?? 220 }}
      />
      <Legend {...props} at={pointed ?? props.times.length - 1} />
    </div>
  );
}

/** Names and values of the lines, at the cursor or now. */
function Legend({ lines, values, times, formatTime, at }: LineChartProps & { at: number }) {
  const time = times[at];
  return (
    <ul className="kb-legend">
      {lines.map((line, index) => {
        const value = values[index]?.[at];
        return (
          <li key={line.label}>
            <span
              className="kb-legend-mark"
              style={{ borderTop: `3px ${line.dashed ? 'dashed' : 'solid'} var(${line.color})` }}
              aria-hidden
            />
            {line.label}{' '}
            <strong>{value === null || value === undefined ? '—' : line.format(value)}</strong>
          </li>
        );
      })}
      {time === undefined ? null : <li className="kb-legend-time">{formatTime(time)}</li>}
    </ul>
  );
}

const dataOf = ({ times, values }: LineChartProps): uPlot.AlignedData =>
  [times, ...values] as unknown as uPlot.AlignedData;
