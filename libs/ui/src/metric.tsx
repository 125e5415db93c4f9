import type { ReactNode } from 'react';

/** One number with its label; dimmed with its age when it is stale. */
export function Metric({
  label,
  value,
  unit,
  stale,
  size = 'md',
  hint,
}: {
  label: string;
  /** Undefined is "not reported", which is not zero. */
  value: string | undefined;
  unit?: string;
  /** Text that says how old the value is. */
  stale?: string | undefined;
  size?: 'md' | 'lg';
  hint?: ReactNode;
}) {
  return (
    <div className={`kb-metric kb-metric-${size}`} data-stale={stale ? true : undefined}>
      <dt>{label}</dt>
      <dd>
        <span className="kb-metric-value">{value ?? '—'}</span>
        {value !== undefined && unit ? <span className="kb-metric-unit"> {unit}</span> : null}
        {stale ? <span className="kb-metric-age">{stale}</span> : null}
        {hint ? <span className="kb-metric-hint">{hint}</span> : null}
      </dd>
    </div>
  );
}
