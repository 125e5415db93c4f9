import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import type { Tone } from './tone.ts';

export interface SpectrumZone {
  readonly from: number;
  /** The upper edge of the chart if absent. */
  readonly to?: number;
  readonly tone: Tone;
  readonly label: string;
}
export interface SpectrumChartProps {
  /** One value for each group, the first is group 1. */
  readonly mean: readonly number[];
  readonly lowest: readonly number[];
  readonly highest: readonly number[];
  /** Drawn dashed behind, for comparison. */
  readonly ghost?: readonly number[];
  readonly zones: readonly SpectrumZone[];
  readonly names: { readonly mean: string; readonly spread: string; readonly ghost: string };
  readonly groupName: string;
  readonly format: (value: number) => string;
  /** Says in words what the picture shows. */
  readonly label: string;
  readonly height?: number;
}

const cssColor = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim() || '#888';
const FONT = '12px "Inter Variable", sans-serif';
/** Always shown so far up, so that two charts can be compared at a glance. */
const LEAST_TOP = 60;

const topOf = ({ highest, mean, ghost = [] }: SpectrumChartProps): number =>
  Math.max(LEAST_TOP, ...highest, ...mean, ...ghost) + 2;

function dataOf({ mean, lowest, highest, ghost = [] }: SpectrumChartProps): uPlot.AlignedData {
  const groups = mean.map((_, index) => index + 1);
  const filled = (values: readonly number[]) => groups.map((_, index) => values[index] ?? null);
  return [groups, filled(highest), filled(lowest), filled(ghost), filled(mean)];
}

function drawZones(chart: uPlot, zones: readonly SpectrumZone[], top: number): void {
  const { ctx, bbox } = chart;
  ctx.save();
  for (const { from, to = top, tone } of zones) {
    const upper = chart.valToPos(Math.min(to, top), 'y', true);
    const lower = chart.valToPos(from, 'y', true);
    ctx.globalAlpha = 0.55;
    ctx.fillStyle = cssColor(`--kb-${tone}-bg`);
    ctx.fillRect(bbox.left, upper, bbox.width, lower - upper);
  }
  ctx.restore();
}

/** Their names, over the lines and on a ground of their own, so that they can be read wherever a line runs. */
function nameZones(chart: uPlot, zones: readonly SpectrumZone[], top: number): void {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = `${11 * ratio}px "Inter Variable", sans-serif`;
  ctx.textBaseline = 'top';
  ctx.textAlign = 'left';
  for (const { to = top, tone, label } of zones) {
    const x = bbox.left + 6 * ratio;
    const y = chart.valToPos(Math.min(to, top), 'y', true) + 4 * ratio;
    ctx.globalAlpha = 0.85;
    ctx.fillStyle = cssColor(`--kb-${tone}-bg`);
    const width = ctx.measureText(label).width;
    ctx.fillRect(x - 3 * ratio, y - 2 * ratio, width + 6 * ratio, 15 * ratio);
    ctx.globalAlpha = 1;
    ctx.fillStyle = cssColor(`--kb-${tone}`);
    ctx.fillText(label, x, y);
  }
  ctx.restore();
}

function options(
  props: SpectrumChartProps,
  width: number,
  pointAt: (index: number | null | undefined) => void,
): uPlot.Options {
  const top = topOf(props);
  const line = (color: string, more: Partial<uPlot.Series> = {}): uPlot.Series => ({
    stroke: () => cssColor(color),
    width: 2,
    points: { show: false },
    ...more,
  });
  const edge = line('--kb-chart-soc', { width: 1, alpha: 0.5 });
  const axis = { font: FONT, stroke: () => cssColor('--kb-chart-text') };
  return {
    width,
    height: props.height ?? 280,
    padding: [10, 8, 0, 0],
    cursor: { drag: { x: false, y: false }, y: false },
    legend: { show: false },
    scales: { x: { time: false, range: () => [0.5, 58.5] }, y: { range: () => [0, top] } },
    hooks: {
      setCursor: [(chart) => pointAt(chart.cursor.idx)],
      drawClear: [(chart) => drawZones(chart, props.zones, top)],
      draw: [(chart) => nameZones(chart, props.zones, top)],
    },
    bands: [{ series: [1, 2], fill: () => `${cssColor('--kb-chart-soc')}33` }],
    series: [
      {},
      edge,
      edge,
      line('--kb-chart-offered', { dash: [5, 5], width: 1.75 }),
      line('--kb-chart-present', { width: 2.5 }),
    ],
    axes: [
      {
        ...axis,
        grid: { show: false },
        ticks: { stroke: () => cssColor('--kb-chart-grid'), size: 4 },
        splits: () => (width < 480 ? [1, 15, 29, 43, 58] : [1, 8, 15, 22, 29, 36, 43, 50, 58]),
        values: (_, ticks) => ticks.map(String),
        label: props.groupName,
        labelFont: FONT,
        labelSize: 20,
        size: 26,
      },
      {
        ...axis,
        size: 50,
        grid: { stroke: () => cssColor('--kb-chart-grid'), width: 1 },
        ticks: { show: false },
        values: (_, ticks) => ticks.map(props.format),
      },
    ],
  };
}

/** Mean of each group over the band from lowest to highest, on canvas. `label` is its text alternative. */
export function SpectrumChart(props: SpectrumChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [pointed, setPointed] = useState<number | null>();
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const shape = JSON.stringify([props.mean, props.lowest, props.highest, props.ghost, props.names]);

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
    const redraw = new MutationObserver(() => chart.redraw());
    redraw.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      redraw.disconnect();
      chart.destroy();
    };
  }, [width, shape]);

  return (
    <div>
      <figure
        ref={host}
        className="kb-chart"
        aria-label={props.label}
        style={{ minHeight: props.height ?? 280 }}
      />
      <SpectrumLegend {...props} at={pointed ?? undefined} />
    </div>
  );
}

/** Names of what is drawn, with the values of the group at the cursor. */
function SpectrumLegend({
  mean,
  lowest,
  highest,
  ghost,
  names,
  groupName,
  format,
  at,
}: SpectrumChartProps & { at: number | undefined }) {
  const value = (values: readonly number[] | undefined) => {
    const one = at === undefined ? undefined : values?.[at];
    return one === undefined ? null : <strong>{format(one)}</strong>;
  };
  const mark = (style: string) => (
    <span className="kb-legend-mark" style={{ borderTop: style }} aria-hidden />
  );
  return (
    <ul className="kb-legend">
      <li>
        {mark('3px solid var(--kb-chart-present)')}
        {names.mean} {value(mean)}
      </li>
      <li>
        <span className="kb-legend-band" aria-hidden />
        {names.spread} {value(lowest)} {at === undefined ? null : '–'} {value(highest)}
      </li>
      {ghost ? (
        <li>
          {mark('3px dashed var(--kb-chart-offered)')}
          {names.ghost} {value(ghost)}
        </li>
      ) : null}
      {at === undefined ? null : (
        <li className="kb-legend-time">
          {groupName} {at + 1}
        </li>
      )}
    </ul>
  );
}
