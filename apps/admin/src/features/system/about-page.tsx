import { Anchor, SimpleGrid } from '@mantine/core';
import { Facts, Panel } from '@kerbside/ui';
import { useApi } from '../../api/query.ts';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { useTopic } from '../../stream/stream-context.tsx';

export function AboutPage() {
  const { t, f } = useText();
  const claim = useApi('getClaim', {}, { staleTime: Infinity });
  const query = useApi('getHealth', {});
  const health = useTopic('health').value ?? query.data;
  if (query.error && !health)
    return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  if (!health) return <LoadingRows rows={2} height={160} />;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <Panel title={t('system.about')}>
        <Facts
          rows={[
            { label: t('system.unit'), value: claim.data?.unit, mono: true },
            { label: t('system.versionLabel'), value: `Kerbside ${health.version}` },
            { label: t('system.startedLabel'), value: f.dateTime(health.started) },
            {
              label: t('system.modeLabel'),
              value: t(health.bench ? 'bench.title' : 'system.appliance'),
            },
            { label: t('system.networkMode'), value: t(`health.mode.${health.networkMode}`) },
          ]}
        />
      </Panel>
      <Panel title={t('system.licence')}>
        <p className="kb-first">Kerbside, Apache License 2.0</p>
        <p className="kb-quiet">{t('system.fontLicence')}</p>
        <p>
          <Anchor href="/api/v1/openapi.json">{t('system.api')}</Anchor>
        </p>
      </Panel>
    </SimpleGrid>
  );
}
