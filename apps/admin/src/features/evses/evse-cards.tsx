import { Card, SimpleGrid } from '@mantine/core';
import { EmptyState } from '@kerbside/ui';
import { IconPlugConnected } from '@tabler/icons-react';
import { useApi } from '../../api/query.ts';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { EvseCard } from './evse-card.tsx';

/** All EVSEs as cards, each live. */
export function EvseCards() {
  const { t } = useText();
  const evses = useApi('listEvses', {});
  if (evses.error && !evses.data)
    return <ErrorBox error={evses.error} retry={() => void evses.refetch()} />;
  if (!evses.data) return <LoadingRows rows={2} height={132} />;
  if (evses.data.length === 0)
    return (
      <Card>
        <EmptyState icon={<IconPlugConnected size={36} aria-hidden />} title={t('evse.emptyTitle')}>
          {t('evse.emptyText')}
        </EmptyState>
      </Card>
    );
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      {evses.data.map((evse) => (
        <EvseCard key={evse.id} initial={evse} />
      ))}
    </SimpleGrid>
  );
}
