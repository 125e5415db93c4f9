import type { OcppStatus } from '@kerbside/contracts';
import { Facts, Panel, StateBadge } from '@kerbside/ui';
import { useApi } from '../../api/query.ts';
import { CopyButton } from '../../app/copy-button.tsx';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows, Page } from '../../app/page.tsx';
import { phaseTone } from '../../app/tones.ts';
import { sentence, useText } from '../../i18n/use-text.ts';
import { useNow, useTopic } from '../../stream/stream-context.tsx';
import { AttemptsPanel } from './attempts-panel.tsx';
import { GivenUpPanel } from './given-up-panel.tsx';

function Connection({ ocpp }: { ocpp: OcppStatus }) {
  const { t, f, term } = useText();
  const now = useNow();
  const retry = ocpp.nextRetry === undefined ? undefined : Date.parse(ocpp.nextRetry) - now;
  return (
    <Panel
      title={t('ocpp.connection')}
      aside={<CopyButton label={t('ocpp.copyDetails')} text={JSON.stringify(ocpp, undefined, 2)} />}
    >
      <div className="kb-live-state">
        <output aria-live="polite">
          <StateBadge tone={phaseTone(ocpp.phase)} size="lg">
            {t(`ocpp.phase.${ocpp.phase}`)}
          </StateBadge>
        </output>
        <span className="kb-quiet">
          {t('app.since', { time: f.dateTime(ocpp.since) })} (
          {f.duration(now - Date.parse(ocpp.since))})
        </span>
      </div>
      <p>{t(`ocpp.phaseText.${ocpp.phase}`)}</p>
      <Facts
        rows={[
          ...(ocpp.reason
            ? [{ label: t('ocpp.reason'), value: sentence(term('ocpp.outcome', ocpp.reason)) }]
            : []),
          ...(retry === undefined
            ? []
            : [
                {
                  label: t('ocpp.nextRetry'),
                  value: t('ocpp.in', { duration: f.duration(retry) }),
                },
              ]),
          { label: t('ocpp.url'), value: ocpp.url ?? t('ocpp.phase.off'), mono: true },
          { label: t('ocpp.identity'), value: ocpp.identity, mono: true },
          { label: t('ocpp.version'), value: `OCPP ${ocpp.version}J` },
          ...(ocpp.heartbeatInterval === undefined
            ? []
            : [
                {
                  label: t('ocpp.heartbeat'),
                  value: t('ocpp.seconds', { value: f.number(ocpp.heartbeatInterval) }),
                },
              ]),
        ]}
      />
    </Panel>
  );
}

function Queue({ queue }: { queue: OcppStatus['queue'] }) {
  const { t, f } = useText();
  const now = useNow();
  return (
    <Panel title={t('ocpp.queue')}>
      {queue.length === 0 ? (
        <StateBadge tone="ok">{t('ocpp.queueEmpty')}</StateBadge>
      ) : (
        <>
          <StateBadge tone="warn">{t('ocpp.queueLength', { count: queue.length })}</StateBadge>
          {queue.oldest ? (
            <p>{t('ocpp.oldest', { duration: f.duration(now - Date.parse(queue.oldest)) })}</p>
          ) : null}
        </>
      )}
      <p className="kb-quiet kb-spaced">{t('ocpp.queueText')}</p>
    </Panel>
  );
}

/** The link to the back-end: state and why, the queue, the attempts. */
export function OcppPage() {
  const { t } = useText();
  const query = useApi('getOcppStatus', {});
  const ocpp = useTopic('ocpp').value ?? query.data;
  return (
    <Page title={t('ocpp.title')}>
      {ocpp ? (
        <>
          <Connection ocpp={ocpp} />
          {ocpp.givenUp.count > 0 ? <GivenUpPanel givenUp={ocpp.givenUp} /> : null}
          <div className="kb-columns">
            <AttemptsPanel attempts={ocpp.attempts} />
            <Queue queue={ocpp.queue} />
          </div>
        </>
      ) : query.error ? (
        <ErrorBox error={query.error} retry={() => void query.refetch()} />
      ) : (
        <LoadingRows rows={3} height={140} />
      )}
    </Page>
  );
}
