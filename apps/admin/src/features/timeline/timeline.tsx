import { Button, Switch } from '@mantine/core';
import type { TimelineEntry, TimelineSource } from '@kerbside/contracts';
import { EmptyState, Panel } from '@kerbside/ui';
import { IconArrowDown, IconListDetails } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { EntryDetails } from './entry-details.tsx';
import { type Row, rowsOf } from './rows.ts';
import { SourceFilter } from './source-filter.tsx';
import { TimelineRow } from './timeline-row.tsx';
import { useFollow } from './use-follow.ts';

/** Lines drawn at once; earlier ones on demand. */
const WINDOW = 300;

function countBySource(entries: readonly TimelineEntry[]): Map<TimelineSource, number> {
  const counts = new Map<TimelineSource, number>();
  for (const { source } of entries) counts.set(source, (counts.get(source) ?? 0) + 1);
  return counts;
}

/** Everything that happened, of every source, on one clock. `live` follows the newest entry. */
export function Timeline({
  entries,
  live,
  notice,
  footer,
  empty,
}: {
  entries: readonly TimelineEntry[];
  live: boolean;
  notice?: ReactNode;
  footer?: ReactNode;
  empty?: ReactNode;
}) {
  const { t, f } = useText();
  const [hidden, setHidden] = useState<ReadonlySet<TimelineSource>>(new Set());
  const [opened, setOpened] = useState<number>();
  const [shown, setShown] = useState(WINDOW);
  const present = useMemo(() => countBySource(entries), [entries]);
  const rows = useMemo(
    () => rowsOf(hidden.size === 0 ? entries : entries.filter(({ source }) => !hidden.has(source))),
    [entries, hidden],
  );
  const { list, following, setFollowing, fresh, onScroll } = useFollow(live, rows.length);
  const openRow = useMemo(() => (row: Row) => setOpened(row.key), []);
  const toggle = (source: TimelineSource) => {
    const next = new Set(hidden);
    if (!next.delete(source)) next.add(source);
    setHidden(next);
  };
  const visible = live ? rows.slice(-shown) : rows.slice(0, shown);
  const at = opened === undefined ? -1 : rows.findIndex((row) => row.key === opened);
  const earlier =
    rows.length > visible.length ? (
      <Button variant="subtle" fullWidth onClick={() => setShown(shown + WINDOW)}>
        {t('timeline.loadMore')}
      </Button>
    ) : null;

  return (
    <Panel
      title={t('timeline.title')}
      flush
      aside={
        live ? (
          <Switch
            label={t('timeline.follow')}
            labelPosition="left"
            checked={following}
            onChange={(event) => setFollowing(event.currentTarget.checked)}
          />
        ) : undefined
      }
    >
      {entries.length === 0 ? (
        (empty ?? (
          <EmptyState icon={<IconListDetails size={36} aria-hidden />} title={t('timeline.empty')}>
            {t('timeline.emptyText')}
          </EmptyState>
        ))
      ) : (
        <>
          <SourceFilter present={present} hidden={hidden} toggle={toggle} />
          {notice}
          {rows.length === 0 ? (
            <EmptyState
              title={t('timeline.emptyFilter')}
              action={
                <Button variant="default" onClick={() => setHidden(new Set())}>
                  {t('timeline.clearFilter')}
                </Button>
              }
            />
          ) : (
            <div className={live ? 'kb-tl-scroll' : undefined} ref={list} onScroll={onScroll}>
              {live ? earlier : null}
              <ol className="kb-tl" aria-label={t('timeline.title')}>
                {visible.map((row) => (
                  <TimelineRow key={row.key} row={row} t={t} f={f} open={openRow} />
                ))}
              </ol>
              {live ? null : earlier}
            </div>
          )}
          {fresh > 0 ? (
            <div className="kb-tl-fresh">
              <Button
                size="sm"
                radius="xl"
                leftSection={<IconArrowDown size={16} aria-hidden />}
                onClick={() => setFollowing(true)}
              >
                {t('timeline.newEntries', { count: fresh })}
              </Button>
            </div>
          ) : null}
          {footer}
        </>
      )}
      <EntryDetails row={rows[at]} previous={rows[at - 1]} close={() => setOpened(undefined)} />
    </Panel>
  );
}
