import type { VasStatus } from '@kerbside/contracts';
import { Facts, Notice, Panel, StateBadge } from '@kerbside/ui';
import { useApi } from '../../api/query.ts';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows, Page } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { useTopic } from '../../stream/stream-context.tsx';
import { LinePanel } from './line-panel.tsx';
import { SelfTestPanel } from './self-test-panel.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import './vas.css';

function Uplink({ vas }: { vas: VasStatus }) {
  const { t } = useText();
  const { uplink, missing } = vas;
  const packages = [...new Set(missing.map((one) => one.package))];
  const way = (there: boolean) => (
    <StateBadge tone={there ? 'ok' : 'warn'}>{t(there ? 'vas.route' : 'vas.noRoute')}</StateBadge>
  );
  return (
    <Panel title={t('vas.uplink')}>
      {packages.length > 0 ? (
        <Notice
          tone="warn"
          title={t('vas.missing', { tools: missing.map(({ tool }) => tool).join(', ') })}
        >
          {t('vas.install')} <code>apt-get install {packages.join(' ')}</code>
        </Notice>
      ) : null}
      <div className="kb-spaced" />
      <Facts
        rows={[
          { label: t('vas.interface'), value: uplink.interface ?? t('app.none'), mono: true },
          { label: 'IPv6', value: way(uplink.ipv6) },
          { label: 'IPv4', value: way(uplink.ipv4) },
          {
            label: t('vas.resolvers'),
            value: uplink.resolvers.join(', ') || t('app.none'),
            mono: true,
          },
        ]}
      />
    </Panel>
  );
}

/** Internet for vehicles: each EVSE’s state, the uplink, settings and the self-test. */
export function VasPage() {
  const { t } = useText();
  const query = useApi('getVas', {});
  const vas = useTopic('vas').value ?? query.data;
  return (
    <Page title={t('vas.title')}>
      {vas ? (
        <>
          {vas.evses.map((line) => (
            <LinePanel key={line.evse} line={line} />
          ))}
          <div className="kb-columns">
            <Uplink vas={vas} />
            <SelfTestPanel />
          </div>
          <SettingsPanel />
        </>
      ) : query.error ? (
        <ErrorBox error={query.error} retry={() => void query.refetch()} />
      ) : (
        <LoadingRows rows={3} height={140} />
      )}
    </Page>
  );
}
