import { Group, Skeleton, Stack, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useText } from '../i18n/use-text.ts';

/** Frame of each page: heading, what stands beside it, content. Names the browser's tab. */
export function Page({
  title,
  before,
  aside,
  children,
  width = 1320,
}: {
  title: string;
  before?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  width?: number;
}) {
  useEffect(() => {
    document.title = `${title} · Kerbside`;
  }, [title]);
  return (
    <div className="kb-page" style={{ maxWidth: width }}>
      <header className="kb-page-head">
        {before}
        <Group justify="space-between" gap="sm">
          <Title order={1}>{title}</Title>
          {aside}
        </Group>
      </header>
      <Stack gap="md">{children}</Stack>
    </div>
  );
}

/** Grey shapes where the content will be. */
export function LoadingRows({ rows = 3, height = 56 }: { rows?: number; height?: number }) {
  const { t } = useText();
  return (
    <output className="kb-loading" aria-label={t('app.loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height} radius="md" />
      ))}
    </output>
  );
}
