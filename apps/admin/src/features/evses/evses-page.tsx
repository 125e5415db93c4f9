import { Page } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { EvseCards } from './evse-cards.tsx';

export function EvsesPage() {
  const { t } = useText();
  return (
    <Page title={t('evse.title')}>
      <EvseCards />
    </Page>
  );
}
