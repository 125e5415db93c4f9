import type { Formatters } from '@kerbside/ui';
import { memo } from 'react';
import type { Text } from '../../i18n/use-text.ts';
import { describeRow } from './describe.ts';
import type { Row } from './rows.ts';

/** One line; a tap opens what is behind it. */
export const TimelineRow = memo(function TimelineRow({
  row,
  t,
  f,
  open,
}: {
  row: Row;
  t: Text;
  f: Formatters;
  open: (row: Row) => void;
}) {
  const { title, facts, result, took, tone } = describeRow(row, t, f);
  return (
    <li>
      <button type="button" className="kb-tl-row" data-tone={tone} onClick={() => open(row)}>
        <time className="kb-tl-time" dateTime={row.first.at}>
          {f.time(row.first.at)}
          {row.first.sinceBoot === undefined ? null : (
            <span
              title={t('timeline.untrustedTime', { time: f.milliseconds(row.first.sinceBoot) })}
            >
              {' ?'}
            </span>
          )}
        </time>
        <span className="kb-tl-source" data-source={row.source}>
          {t(`timeline.sources.${row.source}`)}
        </span>
        <span className="kb-tl-text">
          <span className="kb-tl-title">{title}</span>
          {row.count > 1 ? <span className="kb-tl-count">× {f.number(row.count)}</span> : null}
          {facts ? <span className="kb-tl-facts">{facts}</span> : null}
        </span>
        <span className="kb-tl-result">
          {result ? <span className="kb-tl-code">{result}</span> : null}
          {took ? <span className="kb-tl-took">{took}</span> : null}
        </span>
      </button>
    </li>
  );
});
