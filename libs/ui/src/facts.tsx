import { Fragment, type ReactNode } from 'react';

export interface FactRow {
  readonly label: string;
  readonly value: ReactNode;
  readonly mono?: boolean;
}

/** Names and values in two columns. */
export function Facts({ rows }: { rows: readonly FactRow[] }) {
  return (
    <dl className="kb-facts">
      {rows.map(({ label, value, mono }) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd className={mono ? 'kb-mono' : undefined}>{value ?? '—'}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
