import { Button, Card, Table } from '@mantine/core';
import type { AuditEntry } from '@kerbside/contracts';
import { EmptyState } from '@kerbside/ui';
import { IconClipboardList } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';

interface AuditPageOf {
  readonly items: readonly AuditEntry[];
  readonly next?: string | undefined;
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { f, term } = useText();
  const detail = Object.entries(entry.detail)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');
  return (
    <Table.Tr>
      <Table.Td className="kb-nowrap">
        <time dateTime={entry.at}>{f.dateTime(entry.at)}</time>
      </Table.Td>
      <Table.Td>{entry.actor}</Table.Td>
      <Table.Td>{term('system.action', entry.action)}</Table.Td>
      <Table.Td>
        {entry.object}
        {detail ? <span className="kb-quiet kb-block">{detail}</span> : null}
      </Table.Td>
    </Table.Tr>
  );
}

/** Who changed what, newest first. */
export function AuditPage() {
  const { t } = useText();
  const audit = useInfiniteQuery<
    AuditPageOf,
    ApiError,
    { pages: AuditPageOf[] },
    readonly unknown[],
    string | undefined
  >({
    queryKey: ['listAudit'],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        'listAudit',
        { query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      ),
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  if (audit.error && !audit.data)
    return <ErrorBox error={audit.error} retry={() => void audit.refetch()} />;
  if (!audit.data) return <LoadingRows rows={5} height={44} />;
  const entries = audit.data.pages.flatMap((page) => page.items);
  return (
    <>
      <Card p={0}>
        {entries.length === 0 ? (
          <EmptyState
            icon={<IconClipboardList size={36} aria-hidden />}
            title={t('system.auditEmpty')}
          />
        ) : (
          <Table.ScrollContainer
            minWidth={520}
            scrollAreaProps={{
              viewportProps: { tabIndex: 0, 'aria-label': t('system.audit'), role: 'region' },
            }}
          >
            <Table verticalSpacing="sm" horizontalSpacing="md" fz={15}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('system.auditAt')}</Table.Th>
                  <Table.Th>{t('system.auditActor')}</Table.Th>
                  <Table.Th>{t('system.auditAction')}</Table.Th>
                  <Table.Th>{t('system.auditObject')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {entries.map((entry) => (
                  <Entry key={entry.id} entry={entry} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Card>
      {audit.hasNextPage ? (
        <Button
          variant="default"
          loading={audit.isFetchingNextPage}
          onClick={() => void audit.fetchNextPage()}
        >
          {t('system.auditMore')}
        </Button>
      ) : null}
    </>
  );
}
