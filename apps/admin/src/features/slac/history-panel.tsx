import { Button, SegmentedControl } from '@mantine/core';
import type { SlacAttemptPage, SlacAttemptSummary } from '@kerbside/contracts';
import { EmptyState, Panel, StateBadge } from '@kerbside/ui';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { attemptTone } from './tones.ts';
import { useAttempts } from './use-attempts.ts';
import { useVerdictText } from './use-verdict-text.ts';

export function Rate({ totals, medianMs }: Pick<SlacAttemptPage, 'totals' | 'medianMs'>) {
  const { t, f } = useText();
  const all = totals.matched + totals.failed + totals.ended;
  if (all === 0) return null;
  const rate = f.number((totals.matched / all) * 100);
  return (
    <div className="kb-slac-rate">
      <strong>{t('slac.history.rate', { rate })}</strong>
      <span className="kb-quiet">{t('slac.history.rateOf', { matched: totals.matched, all })}</span>
      {medianMs === undefined ? null : (
        <span className="kb-quiet">
          {t('slac.history.median', { time: f.milliseconds(medianMs) })}
        </span>
      )}
    </div>
  );
}

function Row({ attempt, shown }: { attempt: SlacAttemptSummary; shown: boolean }) {
  const { t, f } = useText();
  const { what } = useVerdictText()(attempt.verdict);
  const result = t(`slac.history.result.${attempt.result}`);
  const { meanDb } = attempt;
  return (
    <li>
      <Link
        to="/evses/$id/slac"
        params={{ id: String(attempt.evse) } as never}
        search={{ attempt: attempt.id }}
        resetScroll={false}
        className="kb-slac-attempt"
        aria-current={shown ? 'true' : undefined}
        aria-label={t('slac.history.open', { time: f.dateTime(attempt.began), result })}
      >
        <span className="kb-slac-attempt-head">
          <strong>{f.dateTime(attempt.began)}</strong>
          <StateBadge tone={attemptTone(attempt)} size="sm">
            {result}
          </StateBadge>
        </span>
        <span className="kb-slac-attempt-what">{what}</span>
        <span className="kb-quiet kb-mono">
          {[
            attempt.evMac,
            meanDb === undefined ? undefined : `${f.number(meanDb, 1)} dB`,
            f.milliseconds(attempt.lasted),
          ]
            .filter((part) => part !== undefined)
            .join(' · ')}
        </span>
      </Link>
    </li>
  );
}

/** The attempts of this outlet that are kept, of all cars or of one, with how many matched. */
export function HistoryPanel({
  evse,
  evMac,
  shown,
}: {
  evse: number;
  /** Of the attempt that is shown: the filter offers it. */
  evMac: string | undefined;
  shown: string | undefined;
}) {
  const { t } = useText();
  const [only, setOnly] = useState<string>();
  const query = useAttempts(evse, only);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const offered = only ?? evMac;
  return (
    <Panel title={t('slac.history.title')} flush>
      {offered ? (
        <SegmentedControl
          fullWidth
          size="sm"
          mx="md"
          mb="xs"
          aria-label={t('slac.history.filter')}
          value={only ?? 'all'}
          onChange={(value) => setOnly(value === 'all' ? undefined : value)}
          data={[
            { value: 'all', label: t('slac.history.filterAll') },
            { value: offered, label: t('slac.history.filterThis') },
          ]}
        />
      ) : null}
      {query.error && !query.data ? (
        <ErrorBox error={query.error} retry={() => void query.refetch()} />
      ) : !query.data ? (
        <LoadingRows rows={3} height={56} />
      ) : items.length === 0 ? (
        <EmptyState title={t(only ? 'slac.history.emptyFilter' : 'slac.history.empty')} />
      ) : (
        <>
          {query.data.pages[0] ? <Rate {...query.data.pages[0]} /> : null}
          <ul className="kb-slac-attempts">
            {items.map((attempt) => (
              <Row key={attempt.id} attempt={attempt} shown={attempt.id === shown} />
            ))}
          </ul>
        </>
      )}
      {query.hasNextPage ? (
        <Button
          variant="subtle"
          fullWidth
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('slac.history.more')}
        </Button>
      ) : null}
    </Panel>
  );
}
