import { EmptyState } from '@kerbside/ui';
import { IconHistory } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useApi } from '../../api/query.ts';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { useTopic } from '../../stream/stream-context.tsx';
import { mergeSessions } from '../sessions/merge-sessions.ts';
import { SessionRow } from '../sessions/session-row.tsx';

const SHOWN = 5;

/** The newest sessions, kept current by the stream. */
export function LastSessions() {
  const { t } = useText();
  const page = useApi('listSessions', { query: { limit: SHOWN } }, { staleTime: 0 });
  const live = useTopic('sessions').value?.items;
  const sessions = useMemo(
    () => mergeSessions(page.data?.items ?? [], live ?? []).slice(0, SHOWN),
    [page.data, live],
  );
  if (page.error && !page.data)
    return (
      <div className="kb-panel-body">
        <ErrorBox error={page.error} retry={() => void page.refetch()} />
      </div>
    );
  if (!page.data)
    return (
      <div className="kb-panel-body">
        <LoadingRows rows={4} height={48} />
      </div>
    );
  if (sessions.length === 0)
    return (
      <EmptyState icon={<IconHistory size={36} aria-hidden />} title={t('sessions.emptyTitle')}>
        {t('sessions.emptyText')}
      </EmptyState>
    );
  return (
    <ul className="kb-rows">
      {sessions.map((session) => (
        <SessionRow key={session.id} session={session} />
      ))}
    </ul>
  );
}
