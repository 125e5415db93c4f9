import { Card, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { Logo } from '@kerbside/ui';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, type Language, LANGUAGES } from '../../i18n/i18n.ts';
import { useText } from '../../i18n/use-text.ts';

/** The page before the app: mark, name of the unit, one card, language. */
export function EntryFrame({
  unit,
  version,
  title,
  children,
}: {
  unit: string;
  version: string;
  title: string;
  children: ReactNode;
}) {
  const { t } = useText();
  const { i18n } = useTranslation();
  useEffect(() => {
    document.title = `${title} · Kerbside`;
  }, [title]);
  return (
    <main className="kb-entry">
      <div className="kb-entry-column">
        <header className="kb-entry-head">
          <Logo size={44} />
          <div>
            <Text fw={700} size="lg" lh={1.2}>
              {t('app.name')}
            </Text>
            <Text c="dimmed" size="sm">
              {unit}
            </Text>
          </div>
        </header>
        <Card p="lg" radius="lg">
          <Stack gap="md">
            <Title order={1}>{title}</Title>
            {children}
          </Stack>
        </Card>
        <footer className="kb-entry-foot">
          <SegmentedControl
            aria-label={t('app.language')}
            size="md"
            value={i18n.language}
            onChange={(value) => void chooseLanguage(value as Language)}
            data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          />
          <Text c="dimmed" size="sm">
            {version}
          </Text>
        </footer>
      </div>
    </main>
  );
}
